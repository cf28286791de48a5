/** The networks, as functions from parameters and inputs to graph values; see README.md. */
export type { ConvStem } from './conv-stem.ts';
export {
  type EvaVitConfig,
  type EvaVitOutputs,
  embedPatches,
  evaVit,
  evaVitG,
  imageTokens,
  patchGrid,
} from './eva-vit.ts';
export {
  type AttentionInputs,
  attention,
  layerNorm,
  linear,
  mergeHeads,
  splitHeads,
  widthOf,
} from './layers.ts';
