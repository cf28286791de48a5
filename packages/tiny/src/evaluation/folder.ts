/** Evaluation on somebody's own pictures: other styles, photographs. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareImage } from '@x-llm/media/node';
import { z } from 'zod';
import type { Language } from '../data/world.ts';
import { canonicalQuestion } from '../text/questions.ts';
import { type Answerer, answerTo } from './answerer.ts';
import { isExact } from './grade.ts';
import { inParallel } from './in-parallel.ts';
import { type Proportion, wilson } from './proportion.ts';
import { languages } from './sample.ts';
import type { SectionOptions } from './section.ts';

const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional();

/** One line: a file in the folder and its name, or several that count as right, in one language or both. */
const labelSchema = z
  .strictObject({ file: z.string().min(1), en: names, zh: names })
  .refine((label) => label.en !== undefined || label.zh !== undefined, 'expected "en" or "zh"');

export type PictureLabel = z.infer<typeof labelSchema>;

export interface FolderReport {
  readonly format: 1;
  readonly model: { readonly id: string; readonly imageSize: number };
  readonly pictures: number;
  /** Absent when no label has a name in this language. */
  readonly en?: Proportion & { readonly top1: number };
  readonly zh?: Proportion & { readonly top1: number };
  readonly mistakes: readonly {
    readonly file: string;
    readonly language: Language;
    readonly expected: readonly string[];
    readonly answer: string;
  }[];
}

/** Reads `{"file": "cat.jpg", "en": "cat", "zh": "猫"}`, one per line. Throws, naming the line or file that is wrong. */
export async function readLabels(path: string, folder: string): Promise<PictureLabel[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  const labels: PictureLabel[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const parsed = labelSchema.safeParse(parseJson(line));
    if (!parsed.success) {
      const why = z.prettifyError(parsed.error);
      throw new Error(`${path}:${index + 1}: expected {"file": …, "en": …, "zh": …}: ${why}`);
    }
    const file = join(folder, parsed.data.file);
    const isFile = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) throw new Error(`${path}:${index + 1}: there is no file ${file}`);
    labels.push(parsed.data);
  }
  if (labels.length === 0) throw new Error(`${path} holds no labels`);
  return labels;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Asks "What is this?" and "这是什么？" about every labelled picture.
 *
 *     const report = await evaluateFolder(engine, 'photos', await readLabels('photos.jsonl', 'photos'));
 *     report.en?.top1;
 */
export async function evaluateFolder(
  engine: Answerer,
  folder: string,
  labels: readonly PictureLabel[],
  options: SectionOptions = {},
): Promise<FolderReport> {
  const { concurrency = 1, limit = labels.length, signal, onProgress } = options;
  const chosen = labels.slice(0, limit);
  let done = 0;
  const answered = await inParallel(chosen, concurrency, async (label) => {
    const bytes = await readFile(join(folder, label.file));
    const rgb = await prepareImage(bytes, { size: engine.model.imageSize }).catch((cause: Error) => {
      throw new Error(`${label.file}: ${cause.message}`, { cause });
    });
    const own: { file: string; language: Language; expected: readonly string[]; answer: string }[] = [];
    for (const language of languages) {
      const expected = [label[language] ?? []].flat();
      if (expected.length === 0) continue;
      const answer = await answerTo(engine, rgb, canonicalQuestion('name', language), signal);
      own.push({ file: label.file, language, expected, answer });
    }
    onProgress?.({ done: ++done, total: chosen.length, what: folder });
    return own;
  });
  const all = answered.flat();
  const isRight = ({ expected, answer }: (typeof all)[number]): boolean =>
    expected.some((name) => isExact(answer, name));
  const scores = languages.flatMap((language) => {
    const asked = all.filter((one) => one.language === language);
    const correct = asked.filter(isRight).length;
    return asked.length === 0
      ? []
      : [[language, { ...wilson(correct, asked.length), top1: correct / asked.length }]];
  });
  return {
    format: 1,
    model: { id: engine.model.id, imageSize: engine.model.imageSize },
    pictures: chosen.length,
    ...Object.fromEntries(scores),
    mistakes: all.filter((one) => !isRight(one)),
  };
}
