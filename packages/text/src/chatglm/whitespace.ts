/** White space as ChatGLM-6B writes it: SentencePiece would lose it, so it is spelt out before and read back after. */
import type { IncrementalDecoder } from '../tokenizer.ts';
import { blankPiece, newlinePiece, tabPiece, userSymbols } from './symbols.ts';

/** `a\n  b` → `a<n><|blank_2|>b`; a single blank stays. */
export function spellWhitespace(text: string): string {
  return text
    .replaceAll('\n', newlinePiece)
    .replaceAll('\t', tabPiece)
    .replace(/ {2,80}/g, (blanks) => blankPiece(blanks.length));
}

const spelt = /<n>|<\|tab\|>|<\|blank_([2-9]|[1-7]\d|80)\|>/g;

/** The inverse of `spellWhitespace`. */
export function readWhitespace(text: string): string {
  return text.replace(spelt, (piece, length?: string) => {
    if (length !== undefined) return ' '.repeat(Number(length));
    return piece === newlinePiece ? '\n' : '\t';
  });
}

const longestSpelling = Math.max(...userSymbols.map((piece) => piece.length));
/** Every spelling less its last characters. */
const beginnings = new Set(
  userSymbols.flatMap((piece) => [...piece].slice(1).map((_, i) => piece.slice(0, i + 1))),
);

/** `readWhitespace` for text that is still coming: holds back what may be the beginning of a spelling. */
export class WhitespaceReader implements IncrementalDecoder {
  readonly #inner: IncrementalDecoder;
  #held = '';

  constructor(inner: IncrementalDecoder) {
    this.#inner = inner;
  }

  push(id: number): string {
    const text = this.#held + this.#inner.push(id);
    const keep = heldBack(text);
    this.#held = text.slice(text.length - keep);
    return readWhitespace(text.slice(0, text.length - keep));
  }

  flush(): string {
    const rest = readWhitespace(this.#held + this.#inner.flush());
    this.#held = '';
    return rest;
  }
}

function heldBack(text: string): number {
  const start = text.lastIndexOf('<');
  if (start < 0 || text.length - start >= longestSpelling) return 0;
  return beginnings.has(text.slice(start)) ? text.length - start : 0;
}
