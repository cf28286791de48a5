import { loadChatGlm } from './chatglm/tokenizer.ts';
import { loadChatGlm2, loadChatGlm3, loadGlm4 } from './glm/tokenizers.ts';
import { loadSentencePiece } from './sentencepiece/tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Every kind of tokenizer by the name that a bundle gives it. */
export const tokenizers = {
  sentencepiece: loadSentencePiece,
  'chatglm-6b': loadChatGlm,
  /** The first release's, with 20,000 ids for pictures in front. */
  'chatglm-6b-150528': (bytes: Uint8Array) => loadChatGlm(bytes, { imageTokens: 20_000 }),
  'chatglm2-6b': loadChatGlm2,
  'chatglm3-6b': loadChatGlm3,
  'glm-4': loadGlm4,
} as const satisfies Record<string, (bytes: Uint8Array) => Tokenizer>;
