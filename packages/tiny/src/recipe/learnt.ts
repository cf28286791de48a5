/** What steps learnt: as their run folders hold it or, in a warm start, as the bundle that ships does. */
import { join } from 'node:path';
import { openSafetensors, type TensorSource } from '@x-llm/checkpoint';
import type { StoredTensor } from '@x-llm/onnx';
import { AdamW, hasCheckpoint, loadWeights, ParameterStore, saveRunState } from '@x-llm/train';
import { recipeSeed } from './config.ts';
import type { RecipePlace } from './runs.ts';

export type Weights = ReadonlyMap<string, StoredTensor>;
export type Named = readonly [name: string, tensor: StoredTensor];

/** Where a step finds what was learnt before it. */
export interface Learnt extends RecipePlace {
  /** All weights of a bundle outside the language model, or for `llm` those inside: a warm start. */
  readonly start?: Weights | undefined;
}

/** Whether a tensor of a bundle's interface for pictures is its frozen encoder's. */
export const isPictureEncoders = (name: string): boolean => /^(visual_encoder|ln_vision)\./.test(name);
const isSpeechEncoders = (name: string): boolean => /^(encoder|cif)\./.test(name);
const isSpeechInterfaces = (name: string): boolean =>
  /^(pre_bert_proj|speech_bert_adaptor|post_bert_proj)\./.test(name);

const isPictureInterfaces = (name: string): boolean =>
  !isPictureEncoders(name) && !isSpeechEncoders(name) && !isSpeechInterfaces(name);

/** Which weights of a bundle are those of a step. What it taught heads of its own is not there. */
const partOf = {
  stage1: isPictureInterfaces,
  words: isPictureInterfaces,
  stage2: isPictureInterfaces,
  'stage1-speech': isSpeechEncoders,
  tokens: isSpeechInterfaces,
  'stage2-speech': isSpeechInterfaces,
} as const;

/** A step whose weights others begin with. */
export type TeachingStep = keyof typeof partOf;

/** The weights of a bundle's interfaces with their encoders, as float32. @throws when a file is missing or damaged. */
export async function interfaceWeights(bundle: string): Promise<Weights> {
  const media = ['image', 'video', 'speech'].map((medium) =>
    readWeights(join(bundle, `${medium}.safetensors`)),
  );
  return new Map((await Promise.all(media)).flat());
}

/** The weights of a bundle's language model, as float32. @throws when the file is missing or damaged. */
export const llmWeights = async (bundle: string): Promise<Weights> =>
  new Map(await readWeights(join(bundle, 'llm.safetensors')));

/** All tensors of a file, as float32. @throws when it is missing or damaged. */
export async function readWeights(
  path: string,
): Promise<
  [name: string, { dtype: 'float32'; shape: readonly number[]; data: Float32Array<ArrayBuffer> }][]
> {
  using file = await openSafetensors(path);
  return [...file.tensors].map(([name, { shape }]) => [
    name,
    { dtype: 'float32', shape, data: new Float32Array(file.readFloat32(name)) },
  ]);
}

/**
 * What the step taught: its run's weights or, when it was not run and this is a warm start, the bundle's.
 *
 * @throws Error when it was not run and nothing else has its weights.
 */
export async function learntBy(step: TeachingStep, { runs, start }: Learnt): Promise<Weights> {
  if (!start || (await hasCheckpoint(runs(step)))) return loadWeights(runs(step));
  return new Map([...start].filter(([name]) => partOf[step](name)));
}

/**
 * Makes a run of weights that were learnt elsewhere for so many updates. The optimiser's moments and the average are left
 * out: what is finished needs none, and what goes on makes new ones.
 */
export async function saveLearntRun(
  directory: string,
  weights: Awaited<ReturnType<typeof readWeights>>,
  updates: number,
): Promise<void> {
  const store = new ParameterStore({ seed: recipeSeed });
  for (const [name, { shape, data }] of weights) store.set(name, shape, data);
  await saveRunState(directory, { store, optimizer: new AdamW(), average: undefined }, updates);
}

/** The values of a tensor that was trained. */
export function float32([name, { data }]: Named): Float32Array {
  if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32 in memory`);
  return data;
}

/** Half precision is plenty for weights that were trained in float32 and are used in float32 again. */
export function half(named: Named): TensorSource {
  const [name, { shape }] = named;
  return { name, dtype: 'float16', shape, data: Float16Array.from(float32(named)) };
}
