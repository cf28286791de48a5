/** The adapter between an X2L interface and the language model: one linear layer (X-LLM, arXiv 2305.04160). */
import { type Parameters, relu, type Tensor } from '@x-llm/onnx';
import { linear } from './layers.ts';

export interface AdapterConfig {
  readonly width: number;
  /** The language model's embedding width. */
  readonly outputWidth: number;
  /** What the checkpoint calls it, without `.weight` and `.bias`. */
  readonly name: string;
  /** What is done with the result; nothing, if left out. X-LLM's S-Adapter has a ReLU. */
  readonly activation?: 'relu';
}

/** An interface's rows [B, Q, C] → language model embeddings [B, Q, outputWidth]. */
export function adapter(config: AdapterConfig, parameters: Parameters, x: Tensor): Tensor {
  const rows = linear(parameters.at(config.name), x, config.outputWidth);
  return config.activation === 'relu' ? relu(rows) : rows;
}
