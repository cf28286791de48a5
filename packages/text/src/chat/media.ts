/** Prompts with media: the token ids in front of each piece, behind it, and behind all of them. */
import type { Tokenizer } from '../tokenizer.ts';
import { chatTemplate, encodeChat, encodePlain } from './render.ts';
import type { ChatMedium, ChatPiece, ChatTemplate, MediaTags } from './template.ts';

/** Token ids around a piece of media. */
export interface MediaIds {
  readonly open: readonly number[];
  readonly close: readonly number[];
}

export interface EncodedChat {
  /** Of each piece, in order. How many ids they are does not depend on the text. */
  readonly media: readonly MediaIds[];
  /** Behind the media. */
  readonly ids: readonly number[];
}

/**
 * Token ids of a prompt (`pieces` of `renderChat`) that has media of these kinds in front: `media[0].open`, the first piece,
 * `media[0].close`, …, `ids`. Special tokens that the template begins with stand before the media, in the first `open`.
 * `tags` are for kinds of which the template says nothing.
 *
 * Throws `unknown_template`, and `invalid_model` for a tokenizer that lacks a token of the template.
 *
 * @example encodePrompt(tokenizer, { template: 'visualglm-6b', pieces, media: ['image'], tags: modalityTags })
 */
export function encodePrompt(
  tokenizer: Tokenizer,
  {
    template,
    pieces,
    media,
    tags,
  }: {
    readonly template: string | ChatTemplate;
    readonly pieces: readonly ChatPiece[];
    readonly media: readonly ChatMedium[];
    readonly tags: Readonly<Record<ChatMedium, MediaTags>>;
  },
): EncodedChat {
  if (media.length === 0) return { media: [], ids: encodeChat(tokenizer, pieces) };
  const format = typeof template === 'string' ? chatTemplate(template) : template;
  const around = media.map((kind) => format.media?.[kind] ?? tags[kind]);
  const prefix = encodeChat(tokenizer, pieces.slice(0, format.prefix.length));
  const [text, ...rest] = pieces.slice(format.prefix.length);
  const encoded = around.map(({ open, close }, at) => ({
    open: [...(at === 0 ? prefix : []), ...tokenizer.encode(open)],
    close: tokenizer.encode(close),
  }));
  const last = around.at(-1);
  const lastIds = encoded.at(-1);
  if (last?.joinsText && lastIds && text && 'text' in text) {
    // Where the tag ends is not told by the ids; what counts is that together they are those of the joint text.
    const joint = encodePlain(tokenizer, last.close + text.text);
    const { length } = lastIds.close;
    return {
      media: [...encoded.slice(0, -1), { ...lastIds, close: joint.slice(0, length) }],
      ids: [...joint.slice(length), ...encodeChat(tokenizer, rest)],
    };
  }
  return { media: encoded, ids: encodeChat(tokenizer, pieces.slice(format.prefix.length)) };
}
