/**
 * The frozen speech encoder runs once over all recordings, as they are and changed, and what its CIF fires is kept on
 * disk: the C-Former learns from that.
 */
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { hearTokens } from '@x-llm/models';
import { Graph, Parameters, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { Rng } from '../data/index.ts';
import { openSpeech } from '../data/speech/index.ts';
import { plainSpeech, speechAugmenter } from './augment-speech.ts';
import { maxFirings, recipeSeed, speechEncoderConfig, speechTokensConfig } from './config.ts';
import type { CacheOptions } from './feature-file.ts';
import { type Learnt, learntBy, type Weights } from './learnt.ts';
import type { Runs } from './runs.ts';

const width = speechEncoderConfig.width;
const bins = speechEncoderConfig.inputWidth;
const batch = 32;

/**
 * How recordings are heard, pass after pass, and which of them; see augment-speech.ts. Changed all of them, for that is
 * how voices that nobody heard before sound; of the other two ways each in one.
 */
const passes = {
  plain: (place: number) => place % 2 === 0,
  change: () => true,
  drown: (place: number) => place % 2 === 1,
} as const;
type Pass = keyof typeof passes;
const passNames = Object.keys(passes) as Pass[];

interface FiredRecording {
  /** Which of the corpus. */
  readonly place: number;
  readonly text: string;
  readonly pass: Pass;
  /** Syllables that fired. */
  readonly count: number;
}

export interface Firings extends AsyncDisposable {
  readonly recordings: readonly FiredRecording[];
  /** What fired in the recording at `index`: [count, width]. */
  read(index: number): Promise<Float32Array>;
}

/** Hears all recordings unless that is done. */
export async function cacheFirings(options: CacheOptions & Learnt): Promise<void> {
  const { runs } = options;
  const directory = runs('firings');
  const index = `${directory}/index.json`;
  if (await readFile(index).catch(() => undefined)) return options.note(`${index} is there`);
  await using corpus = await openSpeech('training', runs('speech'));
  using runtime = Runtime.load({ intraOpThreads: options.threads, allowSpinning: false });
  using session = await runtime.createSession(toModel(hearing(await encoderWeights(options))));
  const augmenter = await speechAugmenter(corpus);
  // Recordings of like length stand together: padding costs as much as speech.
  const order = corpus.utterances
    .map(({ frames }, place) => ({ frames, place }))
    .sort((a, b) => a.frames - b.frames)
    .map(({ place }) => place);
  await mkdir(directory, { recursive: true });
  const file = await open(`${directory}/firings.f16.part`, 'w');
  const recordings: FiredRecording[] = [];
  try {
    for (const [number, pass] of passNames.entries()) {
      const places = order.filter(passes[pass]);
      for (let from = 0; from < places.length; from += batch) {
        if (options.signal?.aborted) return;
        const these = places.slice(from, from + batch);
        const features = await Promise.all(
          these.map(async (place) => {
            const raw = await corpus.read(place);
            return pass === 'plain'
              ? plainSpeech(raw)
              : augmenter[pass](raw, new Rng(recipeSeed, 63, number, place));
          }),
        );
        for (const [row, fired] of (await hear(session, features)).entries()) {
          const place = these[row] ?? 0;
          const { text = '' } = corpus.utterances[place] ?? {};
          await file.write(new Uint8Array(Float16Array.from(fired).buffer));
          recordings.push({ place, text, pass, count: fired.length / width });
        }
        if ((from / batch) % 50 === 0)
          options.note(
            `heard ${from} of ${places.length} recordings (${pass}, ${number + 1} of ${passNames.length})`,
          );
      }
    }
  } finally {
    await file.close();
  }
  await rename(`${directory}/firings.f16.part`, `${directory}/firings.f16`);
  await writeFile(index, JSON.stringify(recordings));
}

/** What stage 1 taught, without the heads. */
export async function encoderWeights(from: Learnt): Promise<Weights> {
  const learnt = await learntBy('stage1-speech', from);
  return new Map([...learnt].filter(([name]) => !/^(head|ctc)\./.test(name)));
}

function hearing(weights: Weights): Graph {
  const graph = new Graph('speech-encoder');
  const parameters = new Parameters(graph, (name) => weights.get(name));
  const features = graph.input('features', 'float32', ['B', '8*S+3', bins]);
  const { embeddings, counts } = hearTokens(
    { conformer: speechEncoderConfig, cif: speechTokensConfig },
    parameters,
    features,
    graph.input('lengths', 'int64', ['B']),
  );
  graph.output('embeddings', embeddings);
  graph.output('counts', counts);
  return graph;
}

type Session = Awaited<ReturnType<Runtime['createSession']>>;

async function hear(session: Session, all: readonly Float32Array[]): Promise<Float32Array[]> {
  const longest = Math.max(...all.map(({ length }) => length / bins));
  const frames = 8 * Math.ceil(Math.max(1, longest - 3) / 8) + 3;
  const padded = new Float32Array(all.length * frames * bins);
  for (const [row, features] of all.entries()) padded.set(features, row * frames * bins);
  const lengths = BigInt64Array.from(all, ({ length }) => BigInt(length / bins));
  using features = Tensor.from('float32', padded, [all.length, frames, bins]);
  using given = Tensor.from('int64', lengths, [all.length]);
  const outputs = await session.run({ features, lengths: given }, { outputs: ['embeddings', 'counts'] });
  using embeddings = outputs.embeddings;
  using counts = outputs.counts;
  const values = embeddings.as('float32').data;
  const room = values.length / all.length;
  return [...counts.as('int64').data].map((count, row) =>
    values.slice(row * room, row * room + Number(count) * width),
  );
}

/** Opens what was heard. */
export async function openFirings(runs: Runs): Promise<Firings> {
  const directory = runs('firings');
  const recordings = JSON.parse(
    await readFile(`${directory}/index.json`, 'utf8').catch(() => {
      throw new Error(`${directory} is missing: run \`xllm train firings\` first`);
    }),
  ) as FiredRecording[];
  const file = await open(`${directory}/firings.f16`);
  const offsets: number[] = [];
  let offset = 0;
  for (const { count } of recordings) {
    offsets.push(offset);
    offset += 2 * count * width;
  }
  return {
    recordings,
    async read(index) {
      const { count = 0 } = recordings[index] ?? {};
      const halves = new Float16Array(count * width);
      if (count > 0) await file.read(halves, 0, halves.byteLength, offsets[index] ?? 0);
      return Float32Array.from(halves);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** Which recordings the interface learns from: something fired, and not too much. */
export const usableRecordings = ({ recordings }: Pick<Firings, 'recordings'>): number[] =>
  recordings.flatMap(({ count }, index) => (count > 0 && count <= maxFirings ? [index] : []));

/** Of recordings at `indices`, the inputs of `hearFirings`: padded to `firings`. */
export async function gatherFirings(
  source: Firings,
  indices: readonly number[],
  firings: number,
): Promise<Record<'firings' | 'counts', Tensor>> {
  const values = new Float32Array(indices.length * firings * width);
  const counts = await Promise.all(
    indices.map(async (index, row) => {
      const fired = await source.read(index);
      values.set(fired, row * firings * width);
      return BigInt(fired.length / width);
    }),
  );
  return {
    firings: Tensor.from('float32', values, [indices.length, firings, width]),
    counts: Tensor.from('int64', BigInt64Array.from(counts), [indices.length]),
  };
}
