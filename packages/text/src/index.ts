export { chatTemplate, chatTemplates, renderChat } from './chat/render.ts';
export type { ChatMessage, ChatTemplate } from './chat/template.ts';
export { type PaddedBatch, padBatch } from './chatglm/batch.ts';
export {
  controlSymbols as chatGlmControlSymbols,
  userSymbols as chatGlmUserSymbols,
} from './chatglm/symbols.ts';
export {
  type ChatGlmEncodeOptions,
  type ChatGlmOptions,
  ChatGlmTokenizer,
  loadChatGlm,
} from './chatglm/tokenizer.ts';
export { TextError, type TextErrorCode } from './error.ts';
export { loadSentencePiece, SentencePieceTokenizer } from './sentencepiece/tokenizer.ts';
export type { EncodeOptions, IncrementalDecoder, Tokenizer } from './tokenizer.ts';
export { tokenizers } from './tokenizers.ts';
export { type TrainOptions, trainSentencePieceBpe } from './train/train.ts';
