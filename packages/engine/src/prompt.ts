/** From a conversation to what the language model reads: media in front, then the rendered messages. */
import { modalityTags, type PieceRows, piecesLength, spliceRows, type TagIds } from '@x-llm/models';
import { ChatGlmTokenizer, renderChat, TextError, type Tokenizer } from '@x-llm/text';
import type { LanguageModel } from './architectures/index.ts';
import { EngineError } from './error.ts';
import { type InterfaceName, type MediaInterface, type MediaItem, modalities } from './interfaces/index.ts';
import type { EngineMessage } from './types.ts';

export type LoadedInterfaces = { readonly [Name in InterfaceName]?: MediaInterface };

export interface Prompt {
  readonly media: readonly (MediaItem & TagIds)[];
  /** Of the messages, with what makes the answer begin. */
  readonly ids: readonly number[];
  /** Media and their tags included. */
  readonly length: number;
  /** Rows of media, without their tags. */
  readonly mediaRows: number;
}

export interface PromptReaderOptions {
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: string;
  readonly language: LanguageModel;
  readonly contextLength: number;
  readonly interfaces: LoadedInterfaces;
}

const names = Object.keys(modalities) as InterfaceName[];

export class PromptReader {
  readonly #options: PromptReaderOptions;
  readonly #tags: Readonly<Record<InterfaceName, TagIds>>;
  readonly #longestPiece: number;

  constructor(options: PromptReaderOptions) {
    this.#options = options;
    const { tokenizer } = options;
    const tags = names.map((name): [InterfaceName, TagIds] => {
      const { open, close } = modalityTags[name];
      return [name, { open: tokenizer.encode(open), close: tokenizer.encode(close) }];
    });
    this.#tags = Object.fromEntries(tags) as Record<InterfaceName, TagIds>;
    this.#longestPiece = longestPiece(tokenizer);
  }

  /**
   * Lays a conversation out. Throws `invalid_value` for messages out of order, `unsupported_content_part` and
   * `invalid_image` for media that cannot be read, and `context_length_exceeded` when no token of an answer would fit.
   */
  read(messages: readonly EngineMessage[]): Prompt {
    const media = this.#media(messages);
    const ids = this.#options.language.promptIds(this.#encode(this.#render(messages)));
    const lengths = media.map(({ rows, open, close }) => ({ count: rows, open, close }));
    const length = piecesLength(lengths) + ids.length;
    this.#checkLength(length, media.length);
    return { media, ids, length, mediaRows: media.reduce((sum, { rows }) => sum + rows, 0) };
  }

  #media(messages: readonly EngineMessage[]): Prompt['media'] {
    return names.flatMap((name) => {
      const { field } = modalities[name];
      const given = this.#options.interfaces[name];
      return messages.flatMap((message, at) => {
        if (given)
          return given.items(message, `messages[${at}]`).map((item) => ({ ...item, ...this.#tags[name] }));
        if (message[field].length === 0) return [];
        throw new EngineError(
          'unsupported_content_part',
          `messages[${at}].${field}: this model has no interface for ${name} input`,
          { param: `messages[${at}].${field}` },
        );
      });
    });
  }

  #render(messages: readonly EngineMessage[]): string {
    try {
      return renderChat(this.#options.chatTemplate, messages);
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      throw new EngineError('invalid_value', error.message, { param: 'messages', cause: error });
    }
  }

  /** Special tokens in a message are text: a question must not end itself. */
  #encode(text: string): number[] {
    const { tokenizer, contextLength } = this.#options;
    const mostCharacters = contextLength * this.#longestPiece;
    if (text.length > mostCharacters) {
      throw new EngineError(
        'context_length_exceeded',
        `The messages have ${text.length} characters; the context of ${contextLength} tokens holds ${mostCharacters} at the very most. Shorten them.`,
        { param: 'messages' },
      );
    }
    return tokenizer instanceof ChatGlmTokenizer
      ? tokenizer.encode(text, { recogniseSpecial: false })
      : tokenizer.encode(text);
  }

  #checkLength(length: number, media: number): void {
    const { contextLength } = this.#options;
    if (length < contextLength) return;
    const what = media === 0 ? 'The messages take' : `The messages and their ${media} media items take`;
    throw new EngineError(
      'context_length_exceeded',
      `${what} ${length} tokens; the context has ${contextLength}, of which at least 1 is for the answer. Shorten them.`,
      { param: 'messages' },
    );
  }
}

/** The rows of a prompt, [length, hidden]: encodes the media and looks the text up. */
export async function promptRows(
  prompt: Prompt,
  embed: (ids: readonly number[]) => Promise<Float32Array>,
): Promise<Float32Array<ArrayBuffer>> {
  const tagIds = prompt.media.flatMap(({ open, close }) => [...open, ...close]);
  const [text, ...encoded] = await Promise.all([
    embed([...tagIds, ...prompt.ids]),
    ...prompt.media.map((item) => item.encode()),
  ]);
  const pieces = prompt.media.map(({ open, close, rows: count }, at): PieceRows => {
    return { open, close, count, rows: encoded[at] ?? new Float32Array() };
  });
  return spliceRows(pieces, prompt.ids, () => text);
}

/** UTF-16 units that one token stands for at most: no text takes fewer tokens than its length over this. */
function longestPiece(tokenizer: Tokenizer): number {
  let longest = 1;
  for (let id = 0; id < tokenizer.vocabSize; id++) {
    // The name of a piece for many blanks is shorter than they are; decoded, others lose the blank in front.
    longest = Math.max(longest, tokenizer.piece(id).length, tokenizer.decode([id]).length);
  }
  return longest;
}
