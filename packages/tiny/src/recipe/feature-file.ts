/** What the frozen encoder says of many samples, kept in one file: float16 [samples, pictures, P, E]. */
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { evaVit } from '@x-llm/models';
import { Graph, Parameters, toModel } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { loadWeights } from '@x-llm/train';
import { encoderBatch, encoderConfig, patchCount } from './config.ts';
import { pixelTensor } from './pixels.ts';
import { type RecipePlace, wholeRecipe } from './runs.ts';

export interface FeatureFile {
  readonly path: string;
  readonly samples: number;
  /** Pictures of each sample: 1, or the frames of a clip. */
  readonly pictures: number;
  /** What the samples are called: "scenes". */
  readonly what: string;
  /** The step of the recipe that writes it. */
  readonly step: string;
}

/** Gives the pixels of `encoderBatch` pictures after each other, whole samples in order. */
export interface PixelSource {
  next(): Promise<{ pixels: Uint8Array }>;
  close(): Promise<void>;
}

const pictureBytes = patchCount * encoderConfig.width * Float16Array.BYTES_PER_ELEMENT;

const isWritten = async ({ path, samples, pictures }: FeatureFile): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.size === samples * pictures * pictureBytes;

export interface CacheOptions extends Partial<RecipePlace> {
  readonly threads: number;
  readonly note: (message: string) => void;
  /** Stops within a batch; what was made until then is made again. */
  readonly signal?: AbortSignal | undefined;
}

/** Encodes all samples with the encoder of the recipe's run folder, unless that is done. */
export async function writeFeatures(
  file: FeatureFile,
  options: CacheOptions,
  openSource: () => Promise<PixelSource>,
): Promise<void> {
  const { path, samples, pictures, what } = file;
  const batches = (samples * pictures) / encoderBatch;
  if (!Number.isInteger(batches))
    throw new RangeError(`${samples} ${what} do not fill batches of ${encoderBatch / pictures}`);
  if (await isWritten(file)) return options.note(`${path} is there`);
  const weights = await loadWeights((options.runs ?? wholeRecipe)('encoder'));
  const graph = new Graph('encoder');
  const parameters = new Parameters(graph, (name) => weights.get(name));
  const side = encoderConfig.imageSize;
  const input = graph.input('pixels', 'float32', [encoderBatch, 3, side, side]);
  graph.output('features', evaVit(encoderConfig, parameters, input).output);
  using runtime = Runtime.load({ intraOpThreads: options.threads, allowSpinning: false });
  using session = await runtime.createSession(toModel(graph));
  const features = Tensor.zeros('float32', [encoderBatch, patchCount, encoderConfig.width]);

  const source = await openSource();
  await mkdir(dirname(path), { recursive: true });
  const out = await open(`${path}.part`, 'w');
  try {
    for (let batch = 0; batch < batches; batch++) {
      if (options.signal?.aborted) return;
      const { pixels } = await source.next();
      await session.run({ pixels: pixelTensor(pixels, encoderBatch, side) }, { outputs: { features } });
      await out.write(new Uint8Array(Float16Array.from(features.data).buffer));
      const done = (batch * encoderBatch) / pictures;
      if (batch % 50 === 0) options.note(`encoded ${done} of ${samples} ${what}`);
    }
  } finally {
    await Promise.all([out.close(), source.close()]);
  }
  await rename(`${path}.part`, path);
}

export interface FeatureReader extends AsyncDisposable {
  /** The features of the samples at `places`: [places, pictures, P, E]. */
  gather(places: readonly number[]): Promise<Float32Array<ArrayBuffer>>;
}

/** Samples are read as they are asked for. @throws when the file is missing or short. */
export async function openFeatureFile(file: FeatureFile): Promise<FeatureReader> {
  if (!(await isWritten(file)))
    throw new Error(`${file.path} is missing or short: run \`xllm train ${file.step}\` first`);
  const sampleBytes = file.pictures * pictureBytes;
  const handle = await open(file.path);
  return {
    async gather(places) {
      const halves = new Uint8Array(places.length * sampleBytes);
      await Promise.all(
        places.map((place, row) => handle.read(halves, row * sampleBytes, sampleBytes, place * sampleBytes)),
      );
      return Float32Array.from(new Float16Array(halves.buffer));
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
