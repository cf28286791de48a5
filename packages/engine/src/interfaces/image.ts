/** Pictures: encoder, Q-Former and adapter as one session. */
import { createHash } from 'node:crypto';
import type { ImageInterface } from '@x-llm/checkpoint';
import { normalise } from '@x-llm/media';
import { Graph, Parameters, toModel } from '@x-llm/onnx';
import { type Session, Tensor } from '@x-llm/ort';
import { adapters, encoders, makePart, x2ls } from '../architectures/index.ts';
import { Batcher } from '../batcher.ts';
import { EngineError } from '../error.ts';
import type { ImageInput } from '../types.ts';
import { parametersIn } from '../weights.ts';
import type { InterfaceContext, MediaInterface, MediaItem, ModalityDefinition } from './interface.ts';

/** Pictures encoded in one run, at most: bounds the memory of its activations. */
const maxBatch = 8;

export const image: ModalityDefinition = {
  field: 'images',
  load: async (context) => {
    const manifest = context.bundle.manifest.interfaces.image;
    return manifest && load(manifest, context);
  },
};

async function load(manifest: ImageInterface, context: InterfaceContext): Promise<MediaInterface> {
  const { graph, inputShape, rows } = buildEncoder(manifest, context);
  const session = await context.runtime.createSession(toModel(graph), context.session);
  const { size, mean, std } = manifest.preprocessing;
  const sizeBytes = rows * context.hiddenSize * Float32Array.BYTES_PER_ELEMENT;
  const batcher = new Batcher<Uint8Array, Float32Array>(
    (pictures) =>
      encode(
        session,
        inputShape,
        pictures.map((rgb) => normalise(rgb, { size, mean, std })),
      ),
    maxBatch,
  );
  const item = (picture: ImageInput, place: string): MediaItem => {
    if (picture.size !== size || picture.rgb.length !== 3 * size * size) {
      const given = `${picture.size}×${picture.size} pixels in ${picture.rgb.length} bytes`;
      throw new EngineError(
        'invalid_image',
        `${place}: expected ${size}×${size} pixels in ${3 * size * size} bytes, got ${given}`,
        { param: place },
      );
    }
    const key = () => `image:${createHash('sha256').update(picture.rgb).digest('base64')}`;
    return {
      modality: 'image',
      rows,
      encode: () => context.cache.get(key(), sizeBytes, () => batcher.add(picture.rgb)),
    };
  };
  return {
    items: ({ images }, place) => images.map((picture, at) => item(picture, `${place}.images[${at}]`)),
    [Symbol.dispose]: () => session[Symbol.dispose](),
  };
}

/** In: `pixels` float32 [B, 3, S, S], normalised. Out: `embeddings` float32 [B, Q, hidden]. */
function buildEncoder(manifest: ImageInterface, { bundle, hiddenSize }: InterfaceContext) {
  const encoder = makePart(encoders, manifest.encoder, 'interfaces.image.encoder');
  const x2l = makePart(x2ls, manifest.x2l, 'interfaces.image.x2l');
  const adapter = makePart(adapters, manifest.adapter, 'interfaces.image.adapter');
  const { size } = manifest.preprocessing;
  const [, side] = encoder.inputShape;
  if (side !== size) {
    throw new EngineError(
      'invalid_bundle',
      `interfaces.image: preprocessing.size is ${size}, but the encoder reads pictures of ${side} pixels`,
    );
  }
  if (adapter.outputWidth !== hiddenSize) {
    throw new EngineError(
      'invalid_bundle',
      `interfaces.image: the adapter's outputWidth is ${adapter.outputWidth}, the language model's hiddenSize is ${hiddenSize}`,
    );
  }
  const graph = new Graph('image');
  const parameters = (weights: string) => new Parameters(graph, parametersIn(bundle.weights(weights)));
  const pixels = graph.input('pixels', 'float32', ['B', ...encoder.inputShape]);
  const states = encoder.build(parameters(manifest.encoder.weights), pixels);
  const rows = x2l.build(parameters(manifest.x2l.weights), states);
  graph.output('embeddings', adapter.build(parameters(manifest.adapter.weights), rows));
  return { graph, inputShape: encoder.inputShape, rows: x2l.rows };
}

async function encode(
  session: Session,
  inputShape: readonly number[],
  pictures: readonly Float32Array[],
): Promise<Float32Array[]> {
  const each = inputShape.reduce((product, size) => product * size, 1);
  const values = new Float32Array(pictures.length * each);
  for (const [index, picture] of pictures.entries()) values.set(picture, index * each);
  using pixels = Tensor.from('float32', values, [pictures.length, ...inputShape]);
  const outputs = await session.run({ pixels }, { outputs: ['embeddings'] });
  using embeddings = outputs.embeddings;
  const { data } = embeddings.as('float32');
  const size = data.length / pictures.length;
  return pictures.map((_, index) => data.slice(index * size, (index + 1) * size));
}
