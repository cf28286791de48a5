/** Text examples as token ids, for the language model's pre-training. */
import { exampleLength, type TextExample as Ids } from '@x-llm/train';
import { Rng } from '../data/index.ts';
import { type TextExample, textExample } from '../text/index.ts';
import { promptOf } from './prompt.ts';
import type { TinyTokenizer } from './tokenizer.ts';

/** Rows of like length share a graph, for padding costs as much as text. */
export interface Bucket {
  /** Rows longer than this … */
  readonly shorter: number;
  /** … and no longer than this, in positions. */
  readonly longest: number;
  /** Of all batches. */
  readonly share: number;
}

/** Which of the buckets batch `index` is of: drawn by their shares, from the seed and the index alone. */
export function bucketAt(buckets: readonly Bucket[], seed: number, index: number): number {
  let left = new Rng(seed, 21, index).next();
  const found = buckets.findIndex(({ share }) => {
    left -= share;
    return left < 0;
  });
  return Math.max(0, found);
}

export const fitsBucket = ({ shorter, longest }: Bucket, length: number): boolean =>
  length > shorter && length <= longest;

/** In the order in which media stand in front of a prompt. */
const slots = ['image', 'video', 'speech'] as const;

/** Text stands where the embeddings of media will: between their tags, all in front of the prompt. */
export function textIds({ tokenizer, tags }: TinyTokenizer, rounds: TextExample['rounds']): Ids {
  const front = slots.flatMap((slot) =>
    rounds.flatMap(({ [slot]: text }) =>
      text === undefined ? [] : [...tags[slot].open, ...tokenizer.encode(text), ...tags[slot].close],
    ),
  );
  return {
    question: [...front, ...tokenizer.encode(promptOf(rounds))],
    answer: tokenizer.encode(rounds.at(-1)?.answer ?? ''),
  };
}

/**
 * `batch` examples that fit the bucket, drawn from a stream that depends on the seed and the index alone.
 */
export function textRows(
  tokenizer: TinyTokenizer,
  options: { seed: number; index: number; batch: number; bucket: Bucket },
): Ids[] {
  const { seed, index, batch, bucket } = options;
  const rows: Ids[] = [];
  for (let draw = 0; rows.length < batch; draw++) {
    const row = textIds(tokenizer, textExample(new Rng(seed, index, draw)).rounds);
    if (fitsBucket(bucket, exampleLength(row))) rows.push(row);
  }
  return rows;
}
