import type { CleanUp } from './clean-up.ts';

export type ChatRole = 'system' | 'user' | 'assistant' | 'observation';

/** A turn of a conversation, as chat APIs have it. */
export interface ChatMessage {
  readonly role: ChatRole;
  readonly text: string;
  /** Of the assistant: the tool that the text calls. Only formats of roles have it. */
  readonly metadata?: string;
  /** Of the system: what the assistant may call, JSON. Only formats of roles have it. */
  readonly tools?: readonly unknown[];
}

/** A part of a prompt: text, which is encoded by itself, or a special token by its name, which no text gives. */
export type ChatPiece = { readonly text: string } | { readonly special: string };

/** Kinds of media that a prompt may hold. */
export type ChatMedium = 'image' | 'video' | 'speech';

/** What stands around a piece of media, as text. */
export interface MediaTags {
  readonly open: string;
  readonly close: string;
  /** The last closing tag and the text behind it are one text for the tokenizer; each is one by itself otherwise. */
  readonly joinsText?: boolean;
}

interface AnyTemplate {
  /** Where the format comes from. */
  readonly source: string;
  /** Special tokens in front, also of media. */
  readonly prefix: readonly string[];
  /** Tags of media that the model was taught with; X-LLM's for those that are left out. */
  readonly media?: { readonly [Medium in ChatMedium]?: MediaTags };
  /** What is put right in answers; nothing unless given. */
  readonly cleanUp?: CleanUp;
}

/** Questions and answers in rounds, as one text. `{round}`, `{question}` and `{answer}` are filled in. */
export interface RoundsTemplate extends AnyTemplate {
  readonly form: 'rounds';
  /** A question without history. */
  readonly single: string;
  /** A past round, its answer known. */
  readonly past: string;
  /** The last round, which waits for its answer. */
  readonly last: string;
  readonly firstRound: number;
}

/** A special token for each role, in front of every message and of the answer. */
export interface RolesTemplate extends AnyTemplate {
  readonly form: 'roles';
  readonly roles: Readonly<Record<ChatRole, string>>;
  /** What the system says, with the tools that there are. */
  readonly withTools: (text: string, tools: readonly unknown[]) => string;
}

/** How a conversation becomes a prompt. */
export type ChatTemplate = RoundsTemplate | RolesTemplate;
