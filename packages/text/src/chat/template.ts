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

/** Questions and answers in rounds, as one text. `{round}`, `{question}` and `{answer}` are filled in. */
export interface RoundsTemplate {
  readonly form: 'rounds';
  /** Where the format comes from. */
  readonly source: string;
  /** Special tokens in front. */
  readonly prefix: readonly string[];
  /** A question without history. */
  readonly single: string;
  /** A past round, its answer known. */
  readonly past: string;
  /** The last round, which waits for its answer. */
  readonly last: string;
  readonly firstRound: number;
}

/** A special token for each role, in front of every message and of the answer. */
export interface RolesTemplate {
  readonly form: 'roles';
  readonly source: string;
  readonly prefix: readonly string[];
  readonly roles: Readonly<Record<ChatRole, string>>;
  /** What the system says, with the tools that there are. */
  readonly withTools: (text: string, tools: readonly unknown[]) => string;
}

/** How a conversation becomes a prompt. */
export type ChatTemplate = RoundsTemplate | RolesTemplate;
