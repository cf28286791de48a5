/** What one call costs beside the work itself: µs per run of a model that does next to nothing. */
import { type Feeds, Runtime, Tensor } from '../src/index.ts';
import { model } from '../src/testing.ts';

const runs = 2000;
const runtime = Runtime.load();

async function measure(inputCount: number): Promise<void> {
  const names = Array.from({ length: inputCount }, (_, index) => `layers.${index}.weight`);
  const inputs = Object.fromEntries(names.map((name) => [name, ['float32', [4]] as const]));
  const last = names.at(-1) ?? '';
  using session = await runtime.createSession(
    model(inputs, { y: ['float32', [4]] }, [['Neg', [last], ['y']]]),
  );
  const feeds: Feeds = Object.fromEntries(names.map((name) => [name, Tensor.zeros('float32', [4])]));
  const inPlace = { outputs: { y: Tensor.zeros('float32', [4]) } };

  const timings: Record<string, () => Promise<void> | void> = {
    'runSync, in place': () => void session.runSync(feeds, inPlace),
    'runSync, allocated': () => session.runSync(feeds, { outputs: ['y'] }).y[Symbol.dispose](),
    'run, in place': async () => void (await session.run(feeds, inPlace)),
  };
  for (const [name, call] of Object.entries(timings)) {
    let microseconds = Number.POSITIVE_INFINITY;
    // The best of a few rounds: the machine does other things too.
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      for (let i = 0; i < runs; i++) await call();
      microseconds = Math.min(microseconds, ((performance.now() - start) / runs) * 1000);
    }
    console.log(`${inputCount} inputs, ${name}: ${microseconds.toFixed(1)} µs`);
  }
}

await measure(2);
await measure(200);
