export { AnswerCleaner, type CleanUp } from './chat/clean-up.ts';
export { type EncodedChat, encodePrompt, type MediaIds } from './chat/media.ts';
export {
  chatTemplate,
  chatTemplates,
  encodeChat,
  encodePlain,
  renderChat,
  renderRounds,
} from './chat/render.ts';
export type {
  ChatMedium,
  ChatMessage,
  ChatPiece,
  ChatRole,
  ChatTemplate,
  MediaTags,
  RolesTemplate,
  RoundsTemplate,
} from './chat/template.ts';
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
export { loadChatGlm2, loadChatGlm3, loadGlm4 } from './glm/tokenizers.ts';
export { loadSentencePiece, SentencePieceTokenizer } from './sentencepiece/tokenizer.ts';
export { loadTiktoken, type TiktokenOptions, TiktokenTokenizer } from './tiktoken/tokenizer.ts';
export type { EncodeOptions, IncrementalDecoder, Tokenizer } from './tokenizer.ts';
export { tokenizers } from './tokenizers.ts';
export { type TrainOptions, trainSentencePieceBpe } from './train/train.ts';
export { undecidedEnd } from './undecided-end.ts';
