export { TextError, type TextErrorCode } from './error.ts';
export { loadSentencePiece, SentencePieceTokenizer } from './sentencepiece/tokenizer.ts';
export type { EncodeOptions, IncrementalDecoder, Tokenizer } from './tokenizer.ts';
