/** From a conversation to what the language model reads: media where the template has them, and the rendered messages. */
import {
  type Modality,
  modalityTags,
  type PieceRows,
  piecesLength,
  spliceRows,
  type TagIds,
} from '@x-llm/models';
import {
  type ChatPiece,
  type EncodedChat,
  encodePrompt,
  renderChat,
  TextError,
  type Tokenizer,
} from '@x-llm/text';
import type { LanguageModel } from './architectures/index.ts';
import { EngineError } from './error.ts';
import {
  type Encoded,
  type InterfaceName,
  type MediaInterface,
  type MediaItem,
  modalities,
} from './interfaces/index.ts';
import type { EngineMessage } from './types.ts';

export type LoadedInterfaces = { readonly [Name in InterfaceName]?: MediaInterface };

export interface Prompt {
  readonly media: readonly (MediaItem & TagIds)[];
  /** Behind the media: of the messages, with what makes the answer begin. */
  readonly ids: readonly number[];
}

/** A prompt whose media are encoded, so that its length is known. */
export interface EncodedPrompt {
  /** [length, hidden], row by row. */
  readonly rows: Float32Array<ArrayBuffer>;
  /** Media and their tags included. */
  readonly length: number;
  /** What the media became, in their order. */
  readonly media: readonly Encoded[];
  /** Rows of the media of each kind, without their tags. */
  readonly mediaRows: Readonly<Record<Modality, number>>;
}

export interface PromptReaderOptions {
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: string;
  readonly language: LanguageModel;
  readonly contextLength: number;
  readonly interfaces: LoadedInterfaces;
}

const names = Object.keys(modalities) as InterfaceName[];
const bare: TagIds = { open: [], close: [] };

export class PromptReader {
  readonly #options: PromptReaderOptions;
  readonly #longestPiece: number;

  constructor(options: PromptReaderOptions) {
    this.#options = options;
    this.#longestPiece = options.tokenizer.longestPiece;
  }

  /**
   * Reads a conversation. Throws `invalid_value` for messages out of order, `unsupported_content_part`, `invalid_image`,
   * `invalid_video` and `invalid_audio` for media that cannot be read, and `context_length_exceeded` when no token of an
   * answer would fit however little the speech says.
   */
  read(messages: readonly EngineMessage[]): Prompt {
    const items = this.#media(messages);
    const { media: around, ids: text } = this.#encode(this.#render(messages), items);
    const media = items.map((item, at) => ({ ...item, ...(around[at] ?? bare) }));
    const ids = this.#options.language.promptIds(text);
    const lengths = media.map(({ leastRows, open, close }) => ({ count: leastRows, open, close }));
    this.#checkLength(piecesLength(lengths) + ids.length, media.length);
    return { media, ids };
  }

  /** Encodes the media and looks the text up. Throws `context_length_exceeded` for speech that says too much. */
  async encode(
    { media, ids }: Prompt,
    embed: (ids: readonly number[]) => Promise<Float32Array>,
  ): Promise<EncodedPrompt> {
    const tagIds = media.flatMap(({ open, close }) => [...open, ...close]);
    const [text, ...encoded] = await Promise.all([
      embed([...tagIds, ...ids]),
      ...media.map((item) => item.encode()),
    ]);
    const mediaRows = { image: 0, video: 0, speech: 0 };
    const pieces = media.map(({ open, close, modality }, at): PieceRows => {
      const { count, rows } = encoded[at] ?? { count: 0, rows: new Float32Array() };
      mediaRows[modality] += count;
      return { open, close, count, rows };
    });
    const length = piecesLength(pieces) + ids.length;
    this.#checkLength(length, media.length);
    return { rows: spliceRows(pieces, ids, () => text), length, media: encoded, mediaRows };
  }

  #media(messages: readonly EngineMessage[]): MediaItem[] {
    return names.flatMap((name) => {
      const { field } = modalities[name];
      const given = this.#options.interfaces[name];
      return messages.flatMap((message, at) => {
        if (given) return given.items(message, `messages[${at}]`);
        if (message[field].length === 0) return [];
        throw new EngineError(
          'unsupported_content_part',
          `messages[${at}].${field}: this model has no interface for ${name} input`,
          { param: `messages[${at}].${field}` },
        );
      });
    });
  }

  #render(messages: readonly EngineMessage[]): ChatPiece[] {
    try {
      return renderChat(this.#options.chatTemplate, messages);
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      throw new EngineError('invalid_value', error.message, { param: 'messages', cause: error });
    }
  }

  #encode(pieces: readonly ChatPiece[], items: readonly MediaItem[]): EncodedChat {
    const { tokenizer, chatTemplate: template, contextLength } = this.#options;
    const mostCharacters = contextLength * this.#longestPiece;
    const characters = pieces.reduce((sum, piece) => sum + ('text' in piece ? piece.text.length : 0), 0);
    if (characters > mostCharacters) {
      throw new EngineError(
        'context_length_exceeded',
        `The messages have ${characters} characters; the context of ${contextLength} tokens holds ${mostCharacters} at the very most. Shorten them.`,
        { param: 'messages' },
      );
    }
    const media = items.map(({ modality }) => modality);
    return encodePrompt(tokenizer, { template, pieces, media, tags: modalityTags });
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
