import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlSymbols, userSymbols } from '../chatglm/symbols.ts';
import { loadChatGlm } from '../chatglm/tokenizer.ts';
import { TextError } from '../error.ts';
import { readModel } from '../sentencepiece/model.ts';
import { loadSentencePiece } from '../sentencepiece/tokenizer.ts';
import { Trie } from '../sentencepiece/trie.ts';
import { learnMerges } from './merges.ts';
import { trainSentencePieceBpe } from './train.ts';
import { countWords } from './words.ts';

const times = (count: number, text: string) => Array.from({ length: count }, () => text);
const sentences = [
  ...times(5, 'low'),
  ...times(2, 'lower'),
  ...times(6, 'newest'),
  ...times(3, 'widest'),
  ...times(4, '这是一只猫。'),
  ...times(2, '一只猫在看书，the cat reads 2 books'),
];
const options = {
  vocabSize: 320,
  characterCoverage: 1,
  controlSymbols: ['<s>', '</s>'],
  userSymbols: ['<n>'],
};

describe('trainSentencePieceBpe', () => {
  const bytes = trainSentencePieceBpe(sentences, options);
  const model = readModel(bytes);

  it('puts unknown, control, user and byte pieces first, then merges, then characters', () => {
    const texts = model.pieces.map((piece) => piece.text);
    expect(texts).toHaveLength(320);
    expect(texts.slice(0, 5)).toEqual(['<unk>', '<s>', '</s>', '<n>', '<0x00>']);
    // By hand: es 9 times, est 9; lo, low, ▁low 7; then what comes 6 times, the shorter and lower first.
    expect(texts.slice(260, 268)).toEqual(['es', 'est', 'lo', 'low', '▁low', 'ew', '▁n', '一只']);
    expect(texts).toContain('一只猫');
    expect(texts.slice(-3).every((text) => [...text].length === 1)).toBe(true);
    expect(model.pieces.slice(260).map((piece) => piece.score)).toEqual(
      Array.from({ length: 60 }, (_, rank) => (rank === 0 ? -0 : -rank)),
    );
    expect(model).toMatchObject({ modelType: 'bpe', byteFallback: true });
    expect(model.normalizer).toMatchObject({ name: 'identity', addDummyPrefix: true });
  });

  it('gives the same bytes for the same sentences in any order', () => {
    expect(trainSentencePieceBpe(sentences.toReversed(), options)).toEqual(bytes);
  });

  it('encodes with it: common words whole, the rest in characters and bytes', () => {
    const tokenizer = loadSentencePiece(bytes);
    const pieces = (text: string) => tokenizer.encode(text).map((id) => tokenizer.piece(id));
    expect(pieces('newest low')).toEqual(['▁newest', '▁low']);
    expect(pieces('这是一只猫。')).toEqual(['▁', '这是一只猫', '。']);
    expect(pieces('<n>é')).toEqual(['▁', '<n>', '<0xC3>', '<0xA9>']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text.replaceAll('▁', ' '));
      }),
      { numRuns: 1000 },
    );
  });

  it('makes tokenizers for ChatGLM', () => {
    const trained = trainSentencePieceBpe(sentences, {
      ...options,
      vocabSize: 410,
      controlSymbols,
      userSymbols,
    });
    const tokenizer = loadChatGlm(trained);
    const text = 'the  cat\n\t这是<sop>，';
    expect(tokenizer.decode(tokenizer.encode(text, { recogniseSpecial: false }))).toBe(text);
    expect(tokenizer.encodePrompt('').map((id) => tokenizer.piece(id))).toEqual(['[gMASK]', '<sop>']);
  });

  it('keeps pieces within their lengths', () => {
    const capped = { ...options, vocabSize: 284, maxPieceLength: 4, maxHanLength: 2 };
    const { pieces } = readModel(trainSentencePieceBpe(times(9, 'abcdefgh 一二三四五六'), capped));
    const joined = pieces.slice(260).map((piece) => piece.text);
    // By hand; the shorter of equals first, and ▁abcd or cdefgh would be too long.
    expect(joined.filter((text) => text.length > 1)).toEqual([
      ...['ab', 'cd', 'ef', 'gh', '一二', '三四', '五六', '▁ab', 'cdef'],
    ]);
  });

  it('spells characters beyond the coverage in bytes', () => {
    const rare = [...times(999, 'aaaa'), 'ź'];
    const tokenizer = loadSentencePiece(
      trainSentencePieceBpe(rare, { ...options, vocabSize: 264, characterCoverage: 0.999 }),
    );
    expect(tokenizer.id('ź')).toBeUndefined();
    expect(tokenizer.encode('ź').map((id) => tokenizer.piece(id))).toEqual(['▁', '<0xC5>', '<0xBA>']);
  });

  it.each([
    ['too small', { ...options, vocabSize: 270 }, /270 is too small: 260 pieces are fixed/],
    [
      'too large',
      { ...options, vocabSize: 5000 },
      /5000 is too large: these sentences give \d+ pieces at most/,
    ],
    ['a symbol twice', { ...options, userSymbols: ['<s>'] }, /"<s>" is empty or comes twice/],
    ['coverage', { ...options, characterCoverage: 0 }, /characterCoverage is 0/],
  ])('refuses sizes that do not fit: %s', (_, wrong, message) => {
    expect(() => trainSentencePieceBpe(sentences, wrong)).toThrow(message);
    expect(() => trainSentencePieceBpe(sentences, wrong)).toThrow(TextError);
  });
});

describe('countWords', () => {
  it('divides at blanks, scripts, digits, punctuation and user symbols', () => {
    const words = countWords(['The cat，猫 12<n>don’t', 'a\nb'], new Trie([['<n>', 0]]));
    expect(words).toEqual([
      ...[
        ['1', 1],
        ['2', 1],
        ['b', 1],
        ['don', 1],
        ['t', 1],
        ['’', 1],
      ],
      ...[
        ['▁', 1],
        ['▁The', 1],
        ['▁a', 1],
        ['▁cat', 1],
        ['猫', 1],
        ['，', 1],
      ],
    ]);
  });
});

describe('learnMerges', () => {
  it('does what counting everything anew after each merge does', () => {
    const words = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 9 }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(
        words,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 12, maxLength: 12 }),
        (texts, counts) => {
          const counted = texts.sort().map((text, i): [string[], number] => [[...text], counts[i] ?? 1]);
          const found = learnMerges(counted, { count: 6, accept: (text) => text.length <= 5 });
          expect(found).toEqual(learnMergesSlowly(counted, 6, 5));
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** The definition: join the commonest pair everywhere, count again. */
function learnMergesSlowly(words: readonly [string[], number][], count: number, longest: number): string[] {
  let current = words;
  const made: string[] = [];
  while (made.length < count) {
    const pairs = new Map<string, { left: string; right: string; count: number }>();
    for (const [parts, times] of current) {
      parts.slice(1).forEach((right, i) => {
        const left = parts[i] ?? '';
        if (left.length + right.length > longest) return;
        const pair = pairs.get(`${left} ${right}`) ?? { left, right, count: 0 };
        pair.count += times;
        pairs.set(`${left} ${right}`, pair);
      });
    }
    const text = (pair: { left: string; right: string }) => pair.left + pair.right;
    const [best, second] = [...pairs.values()].sort(
      (a, b) => b.count - a.count || text(a).length - text(b).length || (text(a) < text(b) ? -1 : 1),
    );
    if (!best) break;
    // Which of two ways to make one text goes first is not part of the definition.
    if (second && second.count === best.count && text(second) === text(best)) fc.pre(false);
    if (!made.includes(text(best))) made.push(text(best));
    current = current.map(([parts, times]) => [joined(parts, best.left, best.right), times]);
  }
  return made;
}

function joined(parts: readonly string[], left: string, right: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    if (part === left && parts[i + 1] === right) {
      out.push(left + right);
      i++;
    } else out.push(part);
  }
  return out;
}
