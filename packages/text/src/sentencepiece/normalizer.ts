import { CharsMap } from './chars-map.ts';
import type { NormalizerSpec } from './model.ts';
import { characterLength, type Trie } from './trie.ts';

/** U+2581, which stands for a blank inside pieces. */
export const blankSymbol = '\u2581';

const encoder = new TextEncoder();

/**
 * SentencePiece's normalisation: the model's character rules, then its treatment of blanks. User-defined symbols pass
 * unchanged. Follows `normalizer.cc` step by step, because ids depend on each.
 */
export class Normalizer {
  readonly #spec: NormalizerSpec;
  readonly #charsMap: CharsMap | undefined;
  readonly #userSymbols: Trie;
  readonly #blank: string;
  readonly #whitespaceAsSuffix: boolean;

  constructor(spec: NormalizerSpec, userSymbols: Trie, whitespaceAsSuffix: boolean) {
    this.#spec = spec;
    this.#charsMap = spec.charsMap.length > 0 ? new CharsMap(spec.charsMap) : undefined;
    this.#userSymbols = userSymbols;
    this.#blank = spec.escapeWhitespaces ? blankSymbol : ' ';
    this.#whitespaceAsSuffix = whitespaceAsSuffix;
  }

  normalize(text: string, addDummyPrefix: boolean = this.#spec.addDummyPrefix): string {
    const { removeExtraWhitespaces } = this.#spec;
    const parts = this.#parts(text.toWellFormed());
    if (removeExtraWhitespaces) {
      const firstWord = parts.findIndex((part) => part !== ' ');
      parts.splice(0, firstWord < 0 ? parts.length : firstWord);
    }
    if (parts.length === 0) return '';
    let out = addDummyPrefix && !this.#whitespaceAsSuffix ? this.#blank : '';
    let afterBlank = removeExtraWhitespaces;
    for (const part of parts) {
      const rest = afterBlank ? part.replace(/^ +/, '') : part;
      if (rest !== '') {
        out += rest.replaceAll(' ', this.#blank);
        afterBlank = rest.endsWith(' ');
      }
      if (!removeExtraWhitespaces) afterBlank = false;
    }
    if (removeExtraWhitespaces) {
      while (out.endsWith(this.#blank)) out = out.slice(0, -this.#blank.length);
    }
    if (addDummyPrefix && this.#whitespaceAsSuffix) out += this.#blank;
    return out;
  }

  /** The text cut into what each rule, user-defined symbol or single character contributes. */
  #parts(text: string): string[] {
    return this.#charsMap ? this.#mappedParts(text, this.#charsMap) : this.#plainParts(text);
  }

  #plainParts(text: string): string[] {
    const parts: string[] = [];
    for (let at = 0; at < text.length; ) {
      const length = this.#userSymbols.longestPrefix(text, at) || characterLength(text, at);
      parts.push(text.slice(at, at + length));
      at += length;
    }
    return parts;
  }

  #mappedParts(text: string, charsMap: CharsMap): string[] {
    const bytes = encoder.encode(text);
    const parts: string[] = [];
    let at = 0;
    let atByte = 0;
    while (at < text.length) {
      const symbol = this.#userSymbols.longestPrefix(text, at);
      const rule = symbol > 0 ? undefined : charsMap.longest(bytes, atByte);
      const end = rule ? endOfBytes(text, at, rule.lengthBytes) : at + (symbol || characterLength(text, at));
      parts.push(rule ? rule.text : text.slice(at, end));
      atByte += utf8Length(text, at, end);
      at = end;
    }
    return parts;
  }
}

/** Where `lengthBytes` bytes of UTF-8 from `start` on end, in UTF-16 units; rules cover whole characters. */
function endOfBytes(text: string, start: number, lengthBytes: number): number {
  let at = start;
  for (let left = lengthBytes; left > 0; ) {
    const length = characterLength(text, at);
    left -= utf8Length(text, at, at + length);
    at += length;
  }
  return at;
}

function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
