/** Text examples as token ids, for the language model's pre-training. */
import { exampleLength, type TextExample as Ids } from '@x-llm/train';
import { Rng } from '../data/index.ts';
import { textExample } from '../text/index.ts';
import { promptOf } from './prompt.ts';
import type { TinyTokenizer } from './tokenizer.ts';

/** A caption stands where a picture's embeddings will: between the picture's tags, in front of the prompt. */
export function textIds(
  { tokenizer, imageTags }: TinyTokenizer,
  example: { readonly caption?: string; readonly question: string; readonly answer: string },
): Ids {
  const { caption, question, answer } = example;
  const front =
    caption === undefined ? [] : [...imageTags.open, ...tokenizer.encode(caption), ...imageTags.close];
  return { question: [...front, ...tokenizer.encode(promptOf(question))], answer: tokenizer.encode(answer) };
}

/**
 * `batch` examples of at most `longest` and more than `shorter` positions, drawn from a stream that depends on the
 * seed and the index alone. Rows of like length waste little padding.
 */
export function textRows(
  tokenizer: TinyTokenizer,
  options: { seed: number; index: number; batch: number; shorter: number; longest: number },
): Ids[] {
  const { seed, index, batch, shorter, longest } = options;
  const rows: Ids[] = [];
  for (let draw = 0; rows.length < batch; draw++) {
    const row = textIds(tokenizer, textExample(new Rng(seed, index, draw)));
    const length = exampleLength(row);
    if (length > shorter && length <= longest) rows.push(row);
  }
  return rows;
}
