/** How well a language model foretells a text: layer by layer, so that of a large one only a layer is in memory. */
import { buildLossSection, ignoredLabel } from '@x-llm/models';
import { type ParameterSource, toModel } from '@x-llm/onnx';
import { type Runtime, Tensor } from '@x-llm/ort';
import type { LanguageModel } from '../architectures/index.ts';

export interface PerplexityOptions {
  readonly runtime: Runtime;
  readonly model: LanguageModel;
  readonly source: ParameterSource;
  /** What the text is to follow, as the model's answers follow a prompt. */
  readonly prompt: readonly number[];
  /** Cut into windows, each behind the prompt. */
  readonly text: readonly number[];
  /** Told of each layer before it computes, counted from 0. */
  readonly onLayer?: ((layer: number) => void) | undefined;
}

/** Tokens of the text that are seen at once, the prompt aside. */
export const windowLength = 512;

/**
 * exp of the mean cross-entropy, in nats, of all tokens of the text. The cut into windows costs the first tokens of each
 * their context, so only numbers for the same text compare.
 *
 * @throws RangeError for a text without a token.
 */
export async function perplexity(options: PerplexityOptions): Promise<number> {
  const { runtime, model, source, text, onLayer } = options;
  if (text.length === 0) throw new RangeError('a text without a token has no perplexity');
  const { layers } = model.cache;
  using own = new DisposableStack();
  const windows = windowsOf(options).map((window) => own.adopt(window, disposeWindow));
  let summed = 0;
  for (let layer = 0; layer < layers; layer++) {
    onLayer?.(layer);
    const section = { from: layer, to: layer + 1 };
    using session = await runtime.createSession(toModel(buildLossSection(model, source, section)));
    for (const window of windows) {
      const { hidden, next, positions, lengths, bias, ids, labels, loss } = window;
      using cache = layerCache(model, layer, hidden.shape[1] ?? 0);
      const feeds = {
        hidden,
        positions,
        lengths,
        ...cache.past,
        ...(bias && { bias }),
        ...(layer === 0 && { ids }),
      };
      if (layer === layers - 1) {
        await session.run({ ...feeds, labels }, { outputs: { loss, ...cache.present } });
        summed += (loss.data[0] ?? Number.NaN) * window.count;
      } else {
        await session.run(feeds, { outputs: { next, ...cache.present } });
        [window.hidden, window.next] = [next, hidden];
      }
    }
  }
  return Math.exp(summed / text.length);
}

type Window = ReturnType<typeof windowOf>;

function windowsOf({ model, prompt, text }: PerplexityOptions): Window[] {
  const longest = Math.min(windowLength, model.maxLength - prompt.length);
  const windows: Window[] = [];
  for (let from = 0; from < text.length; from += longest)
    windows.push(windowOf(model, prompt, text.slice(from, from + longest)));
  return windows;
}

/** Everything that the layers are fed of one window, and what they write. */
function windowOf(model: LanguageModel, prompt: readonly number[], text: readonly number[]) {
  const ids = [...prompt, ...text.slice(0, -1)];
  const { length } = ids;
  const shape = [1, length, model.hiddenSize];
  const labels = [...Array<number>(prompt.length - 1).fill(ignoredLabel), ...text];
  return {
    count: text.length,
    ids: Tensor.from('int64', BigInt64Array.from(ids, BigInt), [1, length]),
    labels: Tensor.from('int64', BigInt64Array.from(labels, BigInt), [length]),
    lengths: Tensor.from('int32', Int32Array.of(length - 1), [1]),
    ...model.promptInputs(prompt.length, text.length - 1),
    hidden: Tensor.zeros('float32', shape),
    next: Tensor.zeros('float32', shape),
    loss: Tensor.zeros('float32', []),
  };
}

function disposeWindow(window: Window): void {
  for (const part of Object.values(window)) if (typeof part === 'object') part[Symbol.dispose]();
}

/** Room for the keys and values of one layer, which nobody reads. */
function layerCache(model: LanguageModel, layer: number, length: number) {
  const { heads, headWidth } = model.cache;
  const own = new DisposableStack();
  const room = () => own.use(Tensor.zeros('float32', [1, heads, length, headWidth]));
  const [key, value] = [room(), room()];
  return {
    past: { [`past.${layer}.key`]: key, [`past.${layer}.value`]: value },
    present: { [`present.${layer}.key`]: key, [`present.${layer}.value`]: value },
    [Symbol.dispose]: () => own.dispose(),
  };
}
