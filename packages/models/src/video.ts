/**
 * X-LLM's interface for video: frames go one by one through the image encoder and the image's Q-Former, which reads them
 * with queries of their own; an adapter of their own gives the language model their tokens, frame after frame.
 *
 * Paper: X-LLM (arXiv 2305.04160). Reference: `xllm/models/xllm_models/xllm_video.py` @ ab923aa. There is no position in
 * time and no attention between frames: what is before and after only the language model sees.
 */
import { GraphError, type Parameters, reshape, type Tensor } from '@x-llm/onnx';
import { type AdapterConfig, adapter } from './adapter.ts';
import { type EvaVitConfig, evaVit } from './eva-vit.ts';
import { type QFormerConfig, queryTokens, readImage } from './q-former.ts';

export interface VideoConfig {
  readonly encoder: EvaVitConfig;
  readonly qFormer: QFormerConfig;
  /** `video_proj` in X-LLM's checkpoints. */
  readonly adapter: AdapterConfig;
}

export interface VideoOutputs {
  /** What the encoder says of each frame, [B·F, P, E]. */
  readonly frames: Tensor;
  /** What the Q-Former reads from it, [B·F, Q, C]. */
  readonly read: Tensor;
  /** The same in the language model's width, [B·F, Q, L]. */
  readonly embeddings: Tensor;
  /** All frames of a video in order, [B, F·Q, L]. */
  readonly output: Tensor;
}

/**
 * `video` [B, F, 3, S, S], normalised. Frames that a short video lacks are zeros, which are looked at like others.
 *
 * ```ts
 * const { output } = watchVideo(config, parameters, graph.input('video', 'float32', ['B', 5, 3, 224, 224]));
 * ```
 */
export function watchVideo(config: VideoConfig, parameters: Parameters, video: Tensor): VideoOutputs {
  const { graph } = video;
  return graph.scope('video', () => {
    const [batch = 1, count, ...picture] = video.shape;
    if (typeof count !== 'number') {
      throw new GraphError(`expected a known number of frames, got [${video.shape}]`, graph.scopePath);
    }
    const all = reshape(video, [-1, ...picture]); // [B·F, 3, S, S]
    const { output: frames } = evaVit(config.encoder, parameters, all);
    const tokens = queryTokens(config.qFormer, parameters, 'video_query_tokens');
    const { output: read } = readImage(config.qFormer, parameters, { states: frames }, tokens);
    const embeddings = adapter(config.adapter, parameters, read);
    const { outputWidth } = config.adapter;
    return {
      frames,
      read,
      embeddings,
      output: reshape(embeddings, [batch, count * config.qFormer.queries, outputWidth]),
    };
  });
}
