/** How far the states of a quantised encoder are from those of the numbers it was made of. */
import { type ImageInterface, openAnyBundle, toFloat32 } from '@x-llm/checkpoint';
import type { Section } from '@x-llm/models';
import { Graph, type ParameterSource, Parameters, type Shape, type StoredTensor } from '@x-llm/onnx';
import { Runtime, Tensor } from '@x-llm/ort';
import { type Encoder, encoders, makePart } from '../architectures/index.ts';
import { EncoderSessions } from '../interfaces/encoder-sessions.ts';
import { buildEncoderSections } from '../interfaces/pictures.ts';
import { createRandom } from '../sampling/random.ts';
import { parametersIn, weightTypes } from '../weights.ts';
import type { Files } from './encoders.ts';
import type { CheckpointTensor } from './tensors.ts';

export interface Fidelity {
  /** √(Σ(state − exact)² / Σ exact²) over all states of a picture. */
  readonly relative: number;
  readonly cosine: number;
}

export interface FidelityOptions {
  readonly interface: Pick<ImageInterface, 'encoder'>;
  /** The encoder's tensors as they were; mapped, or read again. */
  readonly before: readonly CheckpointTensor[];
  /** The quantised ones. */
  readonly after: ParameterSource;
  /** Told of the blocks through which the picture was sent, before each. */
  readonly onCompared?: OnCompared | undefined;
}

export type OnCompared = (doneBlocks: number, totalBlocks: number) => void;

/**
 * Sends a drawn picture through both encoders, a block at a time: no more of the numbers are in memory.
 *
 * @example const { relative } = await encoderFidelity({ interface: image, before: tensors, after: parametersIn(file) });
 */
export async function encoderFidelity(options: FidelityOptions): Promise<Fidelity> {
  const encoder = makePart(encoders, options.interface.encoder, 'interfaces.image.encoder');
  using runtime = Runtime.load({ allowSpinning: false });
  const [, size = 1] = encoder.inputShape;
  using picture = Tensor.from('float32', drawnPicture(size), [1, ...encoder.inputShape]);
  const before = new Map(options.before.map((tensor) => [tensor.name, tensor]));
  let [exact, states] = [picture as Tensor, picture as Tensor];
  for (let from = 0; from < encoder.blocks; from++) {
    options.onCompared?.(from, encoder.blocks);
    const section = { from, to: from + 1 };
    const numbers = await numbersOf(encoder, section, exact.shape, before);
    const next = async (input: Tensor, source: ParameterSource, prepacking: boolean): Promise<Tensor> => {
      const graphs = buildEncoderSections(encoder, source, [section], input.shape);
      using sessions = await EncoderSessions.load(runtime, graphs, { prepacking });
      const output = await sessions.run(input);
      if (input !== picture) input[Symbol.dispose]();
      return output;
    };
    // What runs once is not worth packing, but ONNX Runtime's products of few bits are slow without.
    [exact, states] = [await next(exact, numbers, false), await next(states, options.after, true)];
  }
  options.onCompared?.(encoder.blocks, encoder.blocks);
  using reference = exact;
  using quantised = states;
  return compareStates(quantised.as('float32').data, reference.as('float32').data);
}

/**
 * Of the encoder of pictures that a bundle has, beside the `files` that it was made of; undefined where it has none.
 */
export async function fidelityIn(
  dir: string,
  files: Files,
  onCompared?: OnCompared,
): Promise<Fidelity | undefined> {
  using bundle = await openAnyBundle(dir, { verify: false }); // written a moment ago
  const { image } = bundle.manifest.interfaces;
  const before = image && files[image.encoder.weights]?.tensors;
  if (!before) return undefined;
  const after = parametersIn(bundle.weights(image.encoder.weights));
  return encoderFidelity({ interface: image, before, after, onCompared });
}

/** What a section asks for: where it lies in the checkpoint, or read as float32. */
async function numbersOf(
  encoder: Encoder,
  section: Section,
  inputShape: Shape,
  tensors: ReadonlyMap<string, CheckpointTensor>,
): Promise<ParameterSource> {
  const names = new Set<string>();
  const graph = new Graph('names');
  const ask: ParameterSource = (name) => {
    names.add(name);
    return 'input';
  };
  encoder.build(new Parameters(graph, ask), graph.input('input', 'float32', inputShape), section);
  const found = new Map<string, StoredTensor>();
  for (const name of names) {
    const { dtype, shape, data, mapped } = tensors.get(name) ?? {};
    if (!dtype || !shape || !data) continue; // the graph that misses it says so
    const known = weightTypes.find((type) => type === dtype);
    if (known && mapped) {
      found.set(name, { dtype: known, shape, data: mapped });
      continue;
    }
    const numbers = toFloat32(dtype, typeof data === 'function' ? await data() : data);
    if (numbers) found.set(name, { dtype: 'float32', shape, data: numbers });
  }
  return (name) => found.get(name);
}

/** Waves of six lengths in each channel, between about −2 and 2 as normalised pixels are: float32 [3, size, size]. */
function drawnPicture(size: number): Float32Array<ArrayBuffer> {
  const random = createRandom(1);
  const values = new Float32Array(3 * size * size);
  for (let channel = 0; channel < 3; channel++) {
    for (let wave = 1; wave <= 6; wave++) {
      const [across, down, phase] = [random(), random(), random()].map((one) => 2 * Math.PI * one);
      const step = 2 ** wave / size;
      for (let at = 0; at < size * size; at++) {
        const [x, y] = [at % size, Math.floor(at / size)];
        const index = channel * size * size + at;
        values[index] =
          (values[index] ?? 0) +
          0.6 * Math.sin(step * (x * Math.sin(across ?? 0) + y * Math.cos(down ?? 0)) + (phase ?? 0));
      }
    }
  }
  return values;
}

/** How far `states` are from as many `exact` ones. */
export function compareStates(states: Float32Array, exact: Float32Array): Fidelity {
  let [error, product, ofStates, ofExact] = [0, 0, 0, 0];
  for (const [at, value] of exact.entries()) {
    const state = states[at] ?? Number.NaN;
    error += (state - value) ** 2;
    product += state * value;
    ofStates += state ** 2;
    ofExact += value ** 2;
  }
  return { relative: Math.sqrt(error / ofExact), cosine: product / Math.sqrt(ofStates * ofExact) };
}
