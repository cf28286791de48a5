/**
 * Step 4 of the recipe: the frozen encoder runs once over many augmented scenes, and what it says is kept on disk.
 * Stages 1 and 2 read this cache: which scene stands at which place is a pure function of the seed.
 */
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { evaVit } from '@x-llm/models';
import { Graph, Parameters, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { loadWeights } from '@x-llm/train';
import {
  createBatchLoader,
  Pictures,
  type Scene,
  sceneAt,
  trainingStyleIds,
  trainingStyles,
} from '../data/index.ts';
import {
  encoderConfig,
  patchCount,
  recipeSeed,
  runsDirectory,
  sceneCount,
  sceneShare,
  sceneStrengths,
} from './config.ts';
import { pixelTensor } from './pixels.ts';

const path = `${runsDirectory}/features/scenes-${sceneCount}.f16`;
const batch = 64;
/** Values of one picture. */
const width = patchCount * encoderConfig.width;
const pictureBytes = width * Float16Array.BYTES_PER_ELEMENT;

const loaderOptions = {
  seed: recipeSeed + 2,
  batchSize: batch,
  size: encoderConfig.imageSize,
  styles: trainingStyleIds,
  kind: 'scene',
  share: sceneShare,
  strength: (step: number) => sceneStrengths[step % sceneStrengths.length] ?? 1,
} as const;

/** Encodes all scenes unless that is done. */
export async function cacheFeatures(options: {
  threads: number;
  note: (message: string) => void;
}): Promise<void> {
  const sizeBytes = sceneCount * pictureBytes;
  if ((await stat(path).catch(() => undefined))?.size === sizeBytes) return options.note(`${path} is there`);
  const weights = await loadWeights(`${runsDirectory}/encoder`);
  const graph = new Graph('encoder');
  const parameters = new Parameters(graph, (name) => weights.get(name));
  const side = encoderConfig.imageSize;
  graph.output(
    'features',
    evaVit(encoderConfig, parameters, graph.input('pixels', 'float32', [batch, 3, side, side])).output,
  );
  using runtime = Runtime.load({ intraOpThreads: options.threads, allowSpinning: false });
  using session = await runtime.createSession(toModel(graph));
  const features = Tensor.zeros('float32', [batch, patchCount, encoderConfig.width]);

  const pictures = await Pictures.load(trainingStyles, { onProgress: options.note });
  const loader = createBatchLoader(pictures, loaderOptions);
  await mkdir(`${runsDirectory}/features`, { recursive: true });
  const file = await open(`${path}.part`, 'w');
  try {
    for (let done = 0; done < sceneCount; done += batch) {
      const { pixels } = await loader.next();
      await session.run({ pixels: pixelTensor(pixels, batch, side) }, { outputs: { features } });
      await file.write(new Uint8Array(Float16Array.from(features.data).buffer));
      if (done % (batch * 50) === 0) options.note(`encoded ${done} of ${sceneCount} scenes`);
    }
  } finally {
    await Promise.all([file.close(), loader.close()]);
  }
  await rename(`${path}.part`, path);
}

export interface SceneFeatures extends AsyncDisposable {
  readonly scenes: readonly Scene[];
  /** Reads the features of the scenes at `places` into one tensor [places, P, E]. */
  gather(places: readonly number[]): Promise<Tensor>;
}

/** Opens the cache, and makes the list of its scenes anew. Pictures are read as they are asked for. */
export async function openFeatures(pictures: Pictures): Promise<SceneFeatures> {
  const sizeBytes = (await stat(path).catch(() => undefined))?.size;
  if (sizeBytes !== sceneCount * pictureBytes) {
    throw new Error(`${path} is missing or short: run \`xllm train features\` first`);
  }
  const file = await open(path);
  const scenes = Array.from({ length: sceneCount }, (_, place) =>
    sceneAt(pictures, loaderOptions.seed, place, sceneShare),
  );
  return {
    scenes,
    async gather(places) {
      const halves = new Uint8Array(places.length * pictureBytes);
      await Promise.all(
        places.map((place, row) => file.read(halves, row * pictureBytes, pictureBytes, place * pictureBytes)),
      );
      const values = Float32Array.from(new Float16Array(halves.buffer));
      return Tensor.from('float32', values, [places.length, patchCount, encoderConfig.width]);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
