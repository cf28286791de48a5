import { loadChatGlm } from './chatglm/tokenizer.ts';
import { loadSentencePiece } from './sentencepiece/tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Every kind of tokenizer by the name that a bundle gives it. */
export const tokenizers = {
  sentencepiece: loadSentencePiece,
  'chatglm-6b': loadChatGlm,
} as const satisfies Record<string, (bytes: Uint8Array) => Tokenizer>;
