import type { Features } from './features.ts';

/** Cepstral mean and variance normalisation: y = (x + shift) · scale, column by column. */
export interface Cmvn {
  /** [width], the negative mean. */
  readonly shift: Float64Array;
  /** [width], one over the standard deviation. */
  readonly scale: Float64Array;
}

/** The vector of `<Name> rows columns <LearnRateCoef> 0 [ … ]`. */
function component(text: string, name: string): Float64Array {
  const found = new RegExp(
    `<${name}>\\s+(\\d+)\\s+(\\d+)\\s+<LearnRateCoef>\\s+[^\\s[\\]]+\\s+\\[([^[\\]]*)\\]`,
  ).exec(text);
  if (!found) throw new SyntaxError(`CMVN: there is no <${name}> with numbers in brackets`);
  const [, rows, columns, list = ''] = found;
  const words = list.trim().split(/\s+/);
  const values = Float64Array.from(words, (word) => (word === '' ? Number.NaN : Number(word)));
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new SyntaxError(`CMVN: <${name}> has "${words[wrong]}" where a number should be`);
  if (rows !== columns || Number(rows) !== values.length) {
    throw new SyntaxError(`CMVN: <${name}> says ${rows}×${columns} and has ${values.length} numbers`);
  }
  return values;
}

/**
 * Reads FunASR's `am.mvn`, a Kaldi nnet in text form: `<AddShift>` and `<Rescale>`, each a vector.
 * Throws SyntaxError that says what is missing or wrong.
 *
 * `parseCmvn(text)` → `{ shift, scale }`, 560 numbers each.
 */
export function parseCmvn(text: string): Cmvn {
  const shift = component(text, 'AddShift');
  const scale = component(text, 'Rescale');
  if (shift.length !== scale.length) {
    throw new SyntaxError(`CMVN: ${shift.length} shifts and ${scale.length} scales`);
  }
  return { shift, scale };
}

/** Normalises `features` [rows, width]; throws RangeError if they are of another width. FunASR's `apply_cmvn`. */
export function applyCmvn(features: Features, { shift, scale }: Cmvn): Features {
  const width = features.shape[1];
  if (width !== shift.length) {
    throw new RangeError(`applyCmvn: the features have ${width} columns, the CMVN ${shift.length}`);
  }
  const data = features.data.map(
    (value, at) => (value + (shift[at % width] ?? 0)) * (scale[at % width] ?? 0),
  );
  return { shape: features.shape, data };
}
