/** Run by webgpu.test.ts in a process of its own: prints what WebGPU computed, or how it was refused, as JSON. */
import { Runtime } from './runtime.ts';
import { OrtError } from './status.ts';
import { Tensor } from './tensor.ts';
import { addModel, longModel } from './testing.ts';

const vector = (...values: number[]) => Tensor.from('float32', new Float32Array(values), [values.length]);

async function compute(runtime: Runtime) {
  const onGpu = { provider: 'webgpu' } as const;
  using session = await runtime.createSession(addModel(), onGpu);
  const feeds = { a: vector(1, 2, 3), b: vector(10, 20, 30) };
  const allocated = (await session.run(feeds, { outputs: ['sum'] })).sum;
  const sum = Tensor.zeros('float32', [3]);
  session.runSync(feeds, { outputs: { sum } });

  // Sessions share the device: a second waits for the first, and a synchronous run cannot wait.
  const first = session.run(feeds, { outputs: ['sum'] });
  const loading = runtime.createSession(longModel(64, 4), onGpu);
  let busy: unknown = 'not refused';
  try {
    session.runSync(feeds);
  } catch (error) {
    busy = error instanceof OrtError ? error.code : error;
  }
  const together = (await first).sum;
  using gpu = await loading;
  using cpu = await runtime.createSession(longModel(64, 4));
  const x = Tensor.from(
    'float32',
    Float32Array.from({ length: 64 * 64 }, (_, i) => ((i * 7) % 13) / 300),
    [64, 64],
  );
  const left = (await gpu.run({ x, w: x }, { outputs: ['y'] })).y.as('float32').data;
  const right = (await cpu.run({ x, w: x }, { outputs: ['y'] })).y.as('float32').data;
  const difference = left.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (right[i] ?? Number.NaN))),
    0,
  );
  return {
    allocated: [...allocated.data],
    inPlace: [...sum.data],
    together: [...together.data],
    busy,
    difference,
  };
}

try {
  console.log(JSON.stringify(await compute(Runtime.load())));
} catch (error) {
  if (!(error instanceof OrtError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
