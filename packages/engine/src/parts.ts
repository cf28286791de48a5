/** The parts that a bundle describes, for training and for measuring: built by the same functions that serve them. */

export { chatGlmConfig } from './architectures/chatglm.ts';
export { conformerCifConfig } from './architectures/conformer-cif.ts';
export { glmConfig } from './architectures/glm.ts';
export {
  type Adapter,
  adapters,
  type Encoder,
  encoders,
  type Make,
  makePart,
  type SpeechEncoder,
  type SpeechX2L,
  speechEncoders,
  speechX2ls,
  type X2L,
  x2ls,
} from './architectures/index.ts';
export { qFormerConfig } from './architectures/q-former.ts';
export { loadPictureEncoder, type PictureEncoder } from './interfaces/pictures.ts';
export { SharedParts } from './shared-parts.ts';
export { parametersIn } from './weights.ts';
