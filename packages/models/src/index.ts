/** The networks, as functions from parameters and inputs to graph values; see README.md. */
export {
  type AttentionInputs,
  attention,
  layerNorm,
  linear,
  mergeHeads,
  splitHeads,
  widthOf,
} from './layers.ts';
