/** The adapter between an X2L interface and the language model: one linear layer (X-LLM, arXiv 2305.04160). */
import type { Parameters, Tensor } from '@x-llm/onnx';
import { linear } from './layers.ts';

export interface AdapterConfig {
  readonly width: number;
  /** The language model's embedding width. */
  readonly outputWidth: number;
  /** What the checkpoint calls it, without `.weight` and `.bias`. */
  readonly name: string;
}

/** Q-Former output [B, Q, C] → language model embeddings [B, Q, outputWidth]. */
export const adapter = (config: AdapterConfig, parameters: Parameters, x: Tensor): Tensor =>
  linear(parameters.at(config.name), x, config.outputWidth);
