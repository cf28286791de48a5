/** The engine on the bundle that ships: how long until it can answer, until it answers, and how fast. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GenerateRequest, type LocalEngine, loadEngine } from '@x-llm/engine';
import { type Benchmark, skipped } from '../benchmark.ts';
import { summarise, timed } from '../statistics.ts';

/** Long enough to time, short enough for every question to leave room. */
const maxTokens = 64;
const question = 'What is this?';

/** Text that changes with `seed`, and a picture that does too, so that no cache answers. */
function request(engine: LocalEngine, seed: number, withPicture: boolean): GenerateRequest {
  const size = engine.model.imageSize;
  const rgb = Uint8Array.from(
    { length: 3 * size * size },
    (_, at) => (at * 31 + seed * 97 + (at >> 7)) % 256,
  );
  const images = withPicture ? [{ rgb, size }] : [];
  // Random tokens make answers of full length more likely than the model's own choice does.
  return {
    messages: [{ role: 'user', text: question, images, videos: [], speech: [] }],
    maxTokens,
    temperature: 2,
    seed,
  };
}

async function firstToken(engine: LocalEngine, asked: GenerateRequest): Promise<number> {
  const start = performance.now();
  for await (const { type } of engine.generate(asked)) {
    if (type === 'text' || type === 'end') return performance.now() - start;
  }
  throw new Error('the answer has no end');
}

/** Tokens of `count` whole answers at once, and how many a second that is. */
async function answers(
  engine: LocalEngine,
  count: number,
  seed: number,
): Promise<{ tokens: number; perSecond: number }> {
  const write = async (index: number) => {
    let tokens = 0;
    for await (const event of engine.generate(request(engine, seed + index, false))) {
      if (event.type === 'end') tokens += event.usage.completionTokens;
    }
    return tokens;
  };
  const [tokens, { wall }] = await timed(() =>
    Promise.all(Array.from({ length: count }, (_, i) => write(i))),
  );
  const total = tokens.reduce((sum, one) => sum + one, 0);
  return { tokens: total / count, perSecond: (total / wall) * 1000 };
}

/** How late timers were, 99 times of 100, while `work` ran. The timer's own millisecond is taken off. */
async function eventLoopDelay(work: () => Promise<unknown>): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return Math.max(0, histogram.percentile(99) / 1e6 - 1);
}

export const engineBenchmark: Benchmark = {
  summary: 'load, time to first token, tokens/s of 1 and 4 answers at once, event-loop delay',
  async run({ bundle, runs, threads }) {
    if (!existsSync(join(bundle, 'xllm.json')))
      return skipped(`there is no bundle at ${bundle} (XLLM_BUNDLE)`);
    const [engine, { wall: load }] = await timed(() => loadEngine(bundle, { threads }));
    try {
      const measured = {
        text: [] as number[],
        picture: [] as number[],
        one: [] as number[],
        four: [] as number[],
        tokens: [] as number[],
        busy: [] as number[],
        idle: [] as number[],
      };
      await answers(engine, 4, 0); // warms up
      for (let run = 1; run <= runs; run++) {
        const seed = 100 * run;
        measured.text.push(await firstToken(engine, request(engine, seed, false)));
        if (engine.model.imageSize > 0)
          measured.picture.push(await firstToken(engine, request(engine, seed, true)));
        measured.one.push((await answers(engine, 1, seed)).perSecond);
        const busy = await eventLoopDelay(async () => {
          const { tokens, perSecond } = await answers(engine, 4, seed);
          measured.four.push(perSecond);
          measured.tokens.push(tokens);
        });
        measured.busy.push(busy);
        measured.idle.push(await eventLoopDelay(() => sleep(300)));
      }
      return {
        settings: { threads, model: engine.model.id, maxTokens },
        measurements: {
          load: summarise('ms', [load]),
          firstToken: summarise('ms', measured.text),
          ...(measured.picture.length > 0 && { firstTokenWithPicture: summarise('ms', measured.picture) }),
          tokensPerSecond: summarise('tokens/s', measured.one),
          tokensPerSecondOf4: summarise('tokens/s', measured.four),
          tokensPerAnswer: summarise('tokens', measured.tokens),
          eventLoopDelayP99: summarise('ms', measured.busy),
          eventLoopDelayP99Idle: summarise('ms', measured.idle),
        },
        ratios: {},
      };
    } finally {
      await engine.close();
    }
  },
};
