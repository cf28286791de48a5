/** A turn of a conversation, as chat APIs have it. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** How a conversation becomes a prompt. `{round}`, `{question}` and `{answer}` are filled in. */
export interface ChatTemplate {
  /** Where the format comes from. */
  readonly source: string;
  /** A question without history. */
  readonly single: string;
  /** A past round, its answer known. */
  readonly past: string;
  /** The last round, which waits for its answer. */
  readonly last: string;
  readonly firstRound: number;
}
