/** For evaluation only: what serving never does. */
export {
  type CaptionEngine,
  type CaptionMessage,
  type Captions,
  loadCaptionEngine,
} from './caption-engine.ts';
