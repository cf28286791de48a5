/** Encoder, X2L interface, adapter, language model: whether each reads what the one before it writes. */
import type { Adapter, SpeechX2L, X2L } from '../architectures/index.ts';
import { EngineError } from '../error.ts';

export interface Chain {
  /** As in the manifest. */
  readonly name: 'image' | 'video' | 'speech';
  /** Of what the encoder writes. */
  readonly encoderWidth: number;
  readonly x2l: Pick<X2L | SpeechX2L, 'inputWidth' | 'outputWidth'>;
  readonly adapter: Pick<Adapter, 'inputWidth' | 'outputWidth'>;
  /** Of the language model. */
  readonly hiddenSize: number;
}

/** Throws `invalid_bundle` with every place where the widths differ. */
export function checkChain({ name, encoderWidth, x2l, adapter, hiddenSize }: Chain): void {
  const what = name === 'speech' ? 'embeddings' : 'states';
  const written = x2l.outputWidth ?? encoderWidth;
  const faults = [
    ...(x2l.inputWidth === undefined || x2l.inputWidth === encoderWidth
      ? []
      : [`the x2l reads ${what} of a width of ${x2l.inputWidth}, but the encoder's have ${encoderWidth}`]),
    ...(adapter.inputWidth === written
      ? []
      : [`the adapter reads rows of a width of ${adapter.inputWidth}, but the x2l's have ${written}`]),
    ...(adapter.outputWidth === hiddenSize
      ? []
      : [
          `the adapter's outputWidth is ${adapter.outputWidth}, the language model's hiddenSize is ${hiddenSize}`,
        ]),
  ];
  if (faults.length > 0) throw new EngineError('invalid_bundle', `interfaces.${name}: ${faults.join('; ')}`);
}
