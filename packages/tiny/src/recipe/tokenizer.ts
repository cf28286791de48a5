/** Step 2 of the recipe: the vocabulary, learnt from the text that the language model will read. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type ChatGlmTokens, type Modality, modalityTags, type TagIds } from '@x-llm/models';
import { loadSentencePiece, type Tokenizer, trainSentencePieceBpe } from '@x-llm/text';
import { Rng, world } from '../data/index.ts';
import { textExample } from '../text/index.ts';
import { recipeSeed, vocabularySize } from './config.ts';
import { promptOf } from './prompt.ts';
import { type Runs, wholeRecipe } from './runs.ts';

/** ChatGLM's special tokens, and [CLS], [SEP] and [DEC], which the Q-Former's stage 1 puts around texts. */
const controlSymbols = ['<pad>', '[MASK]', '[gMASK]', '<sop>', '<eop>', '[CLS]', '[SEP]', '[DEC]'];
/** The tags around a modality are one token each, wherever they stand. */
const userSymbols = Object.values(modalityTags).flatMap(({ open, close }) => [open, close]);

/** In the step's run folder, and in the bundle. */
export const tokenizerFile = 'tokenizer.model';

const pathIn = (runs: Runs): string => `${runs('tokenizer')}/${tokenizerFile}`;
const sentenceCount = 200_000;

/** Trains the tokenizer unless it is there; the same corpus gives the same bytes. */
export async function trainTokenizer(note: (message: string) => void, runs = wholeRecipe): Promise<void> {
  const path = pathIn(runs);
  const exists = await readFile(path).then(
    () => true,
    () => false,
  );
  if (exists) return note(`${path} is there`);
  const model = trainSentencePieceBpe(corpus(), { vocabSize: vocabularySize, controlSymbols, userSymbols });
  await mkdir(runs('tokenizer'), { recursive: true });
  await writeFile(path, model);
  note(`${path}: ${vocabularySize} pieces, ${model.length} bytes`);
}

function* corpus(): Generator<string> {
  for (const { en, zh, tagsEn, tagsZh } of world) yield* [en, zh, ...tagsEn, ...tagsZh];
  for (let index = 0; index < sentenceCount; index++) {
    const { rounds } = textExample(new Rng(recipeSeed, 11, index));
    for (const { image, video, speech } of rounds)
      yield* [image, video, speech].filter((text) => text !== undefined);
    yield promptOf(rounds);
    yield rounds[rounds.length - 1]?.answer ?? '';
  }
}

export interface TinyTokenizer {
  readonly tokenizer: Tokenizer;
  readonly tokens: ChatGlmTokens;
  readonly qFormerTokens: { readonly cls: number; readonly sep: number; readonly decode: number };
  /** Of every modality, the ids around its embeddings. */
  readonly tags: Readonly<Record<Modality, TagIds>>;
  /** The file itself, for the bundle. */
  readonly model: Uint8Array;
}

/** The step's tokenizer. @throws Error when that step was not run, or the file is none of its. */
export async function loadTokenizer(runs: Runs = wholeRecipe): Promise<TinyTokenizer> {
  const path = pathIn(runs);
  const model = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(`${runs('tokenizer')} has no tokenizer: run that step first`);
  });
  const tokenizer = loadSentencePiece(model);
  const id = (piece: string): number => {
    const found = tokenizer.id(piece);
    if (found === undefined) throw new Error(`${path} lacks ${piece}: delete it and train it again`);
    return found;
  };
  const tagIds = (modality: Modality): TagIds => {
    const { open, close } = modalityTags[modality];
    return { open: tokenizer.encode(open), close: tokenizer.encode(close) };
  };
  return {
    tokenizer,
    model,
    tokens: {
      pad: id('<pad>'),
      mask: id('[MASK]'),
      gmask: id('[gMASK]'),
      sop: id('<sop>'),
      eop: id('<eop>'),
    },
    qFormerTokens: { cls: id('[CLS]'), sep: id('[SEP]'), decode: id('[DEC]') },
    tags: { image: tagIds('image'), video: tagIds('video'), speech: tagIds('speech') },
  };
}
