/** Byte-pair segmentation: neighbours whose join is a piece are joined, the best score first, the leftmost on ties. */
import { Heap } from './heap.ts';
import { characterLength } from './trie.ts';
import type { Segmenter } from './unigram.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Symbol {
  text: string;
  previous: number;
  next: number;
  /** User-defined symbols are never joined. */
  readonly frozen: boolean;
}

interface Join {
  readonly left: number;
  readonly right: number;
  readonly score: number;
  /** Length of the result; when it no longer fits, one side has been joined elsewhere. */
  readonly length: number;
}

const before = (a: Join, b: Join) => a.score > b.score || (a.score === b.score && a.left < b.left);

export function bpeSegmenter(vocabulary: Vocabulary): Segmenter {
  const { pieces, segments } = vocabulary;

  return (text) => {
    const symbols = splitCharacters(text, vocabulary);
    const agenda = new Heap<Join>(before);
    /** How an unused piece came about: it may be passed through, not kept. */
    const madeOf = new Map<string, [string, string]>();

    const consider = (left: number, right: number) => {
      const a = symbols[left];
      const b = symbols[right];
      if (!a || !b || a.frozen || b.frozen) return;
      const joined = a.text + b.text;
      const id = segments.get(joined);
      const piece = id === undefined ? undefined : pieces[id];
      if (!piece) return;
      agenda.push({ left, right, score: piece.score, length: joined.length });
      if (piece.type === 'unused') madeOf.set(joined, [a.text, b.text]);
    };

    for (let i = 1; i < symbols.length; i++) consider(i - 1, i);
    for (let join = agenda.pop(); join; join = agenda.pop()) {
      const a = symbols[join.left];
      const b = symbols[join.right];
      if (!a || !b || a.text === '' || b.text === '' || a.text.length + b.text.length !== join.length)
        continue;
      a.text += b.text;
      a.next = b.next;
      const after = symbols[b.next];
      if (after) after.previous = join.left;
      b.text = '';
      consider(a.previous, join.left);
      consider(join.left, a.next);
    }

    const out: { text: string; id: number }[] = [];
    const emit = (piece: string): void => {
      const id = vocabulary.id(piece) ?? vocabulary.unknownId;
      const parts = pieces[id]?.type === 'unused' ? madeOf.get(piece) : undefined;
      if (parts) parts.forEach(emit);
      else out.push({ text: piece, id });
    };
    for (let at = symbols.length > 0 ? 0 : -1; at !== -1; at = symbols[at]?.next ?? -1) {
      emit(symbols[at]?.text ?? '');
    }
    return out;
  };
}

function splitCharacters(text: string, vocabulary: Vocabulary): Symbol[] {
  const symbols: Symbol[] = [];
  for (let at = 0; at < text.length; ) {
    const special = vocabulary.userSymbols.longestPrefix(text, at);
    const length = special || characterLength(text, at);
    const index = symbols.length;
    symbols.push({
      text: text.slice(at, at + length),
      previous: index - 1,
      next: at + length < text.length ? index + 1 : -1,
      frozen: special > 0,
    });
    at += length;
  }
  return symbols;
}
