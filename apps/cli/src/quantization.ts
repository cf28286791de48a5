/** Flags that say in how few bits matrices are written, and what is told of it. */
import type { Quantization } from '@x-llm/checkpoint';
import type { Fidelity, QuantizationError } from '@x-llm/engine/import';

export const blockSizeOf = { 16: 16, 32: 32, 64: 64, 128: 128, 256: 256 } as const;

export interface EncoderFlags {
  readonly quantizeEncoders?: 'int8' | 'int4' | 'none' | undefined;
  readonly blockSize: '16' | '32' | '64' | '128' | '256';
}

/** Undefined where nothing is said, null for none. */
export function encoderQuantization(
  asked: EncoderFlags['quantizeEncoders'],
  blockSize: EncoderFlags['blockSize'],
): Quantization | null | undefined {
  if (asked === undefined) return undefined;
  return asked === 'none' ? null : { bits: asked === 'int4' ? 4 : 8, blockSize: blockSizeOf[blockSize] };
}

/** How far quantised matrices are from what they were, on the whole and the worst of them, and what the encoder makes of it. */
export function quantizationLine(errors: readonly QuantizationError[], fidelity?: Fidelity): string {
  const worst = errors.toSorted((a, b) => b.relative - a.relative).slice(0, 3);
  const mean = errors.reduce((sum, { relative }) => sum + relative, 0) / errors.length;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const named = worst.map(({ name, relative }) => `${name} ${percent(relative)}`).join(', ');
  const states =
    fidelity &&
    `; what the encoder says of a picture: ${percent(fidelity.relative)}, cosine ${fidelity.cosine.toFixed(5)}`;
  return `Quantised: ${errors.length} matrices, off by ${percent(mean)} on average; most: ${named}${states ?? ''}`;
}
