/** The networks, as functions from parameters and inputs to graph values; see README.md. */

export { type AdapterConfig, adapter } from './adapter.ts';
export type { BertSizes, KeyValue } from './bert.ts';
export {
  type Contrast,
  contrast,
  drawNegatives,
  type Generation,
  generation,
  type Matching,
  matching,
  type Negatives,
  negativeWeights,
  type Stage1,
  type Stage1Config,
  type Stage1Inputs,
  stage1Losses,
} from './blip2-stage1.ts';
export {
  type CFormerConfig,
  type CFormerOutputs,
  cFormer,
  cFormerBase,
  nonZeroFrames,
  projectSpeech,
  readSpeech,
} from './c-former.ts';
export {
  type Attend,
  additiveMask,
  attendWhole,
  type BlockValues,
  type ChatGlmConfig,
  chatglm,
  chatglm6b,
  embedTokens,
  type LossTargets,
  languageModelLoss,
  prefixMask,
  type RotaryPrecision,
  rotary,
  rotaryFrequencies,
  rotaryTables,
  vocabularyScores,
} from './chatglm.ts';
export { attendJoined, cachedChatGlm } from './chatglm-cache.ts';
export * from './chatglm-inputs.ts';
export {
  addTailFrame,
  type CifOptions,
  type CifOutputs,
  cif,
  frameMask,
  frameWeights,
  projectEmbeddings,
  quantityError,
  scaleToTargets,
} from './cif.ts';
export {
  type ConformerConfig,
  type ConformerOptions,
  type ConformerOutputs,
  conformer,
  encodedFrames,
  framesPerOutput,
  subsampledFrames,
} from './conformer.ts';
export type { ConvStem } from './conv-stem.ts';
export { type CtcInputs, type CtcOptions, ctcLoss } from './ctc.ts';
export {
  type EvaVitConfig,
  type EvaVitOutputs,
  embedPatches,
  evaVit,
  evaVitG,
  evaVitSection,
  imageTokens,
  patchGrid,
  positionEmbedding,
} from './eva-vit.ts';
export {
  attendCausally,
  attendInGroups,
  causalHidden,
  chatglm3,
  embedGlmTokens,
  type GlmAttend,
  type GlmConfig,
  type GlmRotary,
  glm,
  glmBlock,
  glmFrequencies,
  glmLoss,
  glmRotary,
  glmScores,
  headsFirst,
  type Projected,
  turnHeads,
} from './glm.ts';
export { attendGlmJoined, cachedGlm, glmCacheShape } from './glm-cache.ts';
export { glmHidden, glmPositions } from './glm-inputs.ts';
export { type GlmLayout, type GlmNames, glmNames } from './glm-names.ts';
export type { CacheShape, LayerCache, Section } from './key-value-cache.ts';
export {
  buildEmbedding,
  buildLossSection,
  buildSection,
  type CachedModel,
  rowGiven,
} from './language-graphs.ts';
export {
  type AttentionInputs,
  attention,
  layerNorm,
  linear,
  mergeHeads,
  splitHeads,
  widthOf,
} from './layers.ts';
export { type CrossEntropyOptions, crossEntropy, smoothedDivergence } from './losses.ts';
export {
  type PredictorOptions,
  paraformerLarge,
  predictTokens,
  type SanmConfig,
  type SanmOutputs,
  sanmEncoder,
  tokenWeights,
} from './paraformer.ts';
export {
  hearWithParaformer,
  type ParaformerConfig,
  stackedFrames,
  stackFrames,
} from './paraformer-encoder.ts';
export {
  type EncoderStates,
  embedQueries,
  embedText,
  type QFormerConfig,
  type QFormerInputs,
  type QFormerOutputs,
  qFormer,
  qFormerBase,
  queryTokens,
  readImage,
  textLogits,
} from './q-former.ts';
export { bidirectionalMask, causalMask, jointCausalMask } from './q-former-masks.ts';
export { hearTokens, type SpeechEncoderConfig, type SpeechEncoderOutputs } from './speech-encoder.ts';
export { type VideoConfig, type VideoOutputs, watchVideo } from './video.ts';
export {
  flattenFrames,
  layOut,
  layRows,
  type Modality,
  modalityTags,
  type PieceLength,
  type PieceRows,
  piecesLength,
  placeholderId,
  type SoftPiece,
  splice,
  spliceRows,
  type TagIds,
} from './x-llm.ts';
