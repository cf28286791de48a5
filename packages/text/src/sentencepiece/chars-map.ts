/**
 * The compiled normalisation rules in a model file (`precompiled_charsmap`): a length, a double-array trie of UTF-8
 * prefixes, and the NUL-terminated replacements that its values point at. Layout of the units: Darts-clone
 * (github.com/s-yata/darts-clone, `darts.h`).
 */
import { TextError } from '../error.ts';

export interface Replacement {
  readonly text: string;
  /** How many bytes of the input it stands for. */
  readonly lengthBytes: number;
}

export class CharsMap {
  readonly #units: Uint32Array;
  readonly #replacements: Uint8Array;

  constructor(blob: Uint8Array) {
    const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
    const trieBytes = blob.length >= 4 ? view.getUint32(0, true) : 0;
    if (trieBytes === 0 || trieBytes % 4 !== 0 || 4 + trieBytes >= blob.length) {
      throw new TextError('invalid_model', 'the normalisation rules (precompiled_charsmap) are damaged');
    }
    this.#units = Uint32Array.from({ length: trieBytes / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
    this.#replacements = blob.subarray(4 + trieBytes);
  }

  /** The longest rule that matches the bytes from `start` on. */
  longest(bytes: Uint8Array, start: number): Replacement | undefined {
    let value = -1;
    let lengthBytes = 0;
    let node = offsetOf(this.#units[0] ?? 0);
    for (let i = start; i < bytes.length; i++) {
      const label = bytes[i] ?? 0;
      node ^= label;
      const unit = this.#units[node];
      if (unit === undefined || labelOf(unit) !== label) break;
      node ^= offsetOf(unit);
      if (hasLeaf(unit)) {
        value = (this.#units[node] ?? 0) & 0x7fffffff;
        lengthBytes = i - start + 1;
      }
    }
    return value < 0 ? undefined : { text: this.#replacement(value), lengthBytes };
  }

  #replacement(start: number): string {
    const end = this.#replacements.indexOf(0, start);
    if (end < 0) throw new TextError('invalid_model', 'a normalisation rule leaves its table');
    return new TextDecoder().decode(this.#replacements.subarray(start, end));
  }
}

const hasLeaf = (unit: number) => ((unit >>> 8) & 1) === 1;
/** Bit 31 is set in units that hold a value, so that they equal no label. */
const labelOf = (unit: number) => (unit & 0x800000ff) >>> 0;
const offsetOf = (unit: number) => (unit >>> 10) << ((unit & 0x200) >>> 6);
