/** What the two families of GLM checkpoints call their weights. */

export type GlmLayout = 'chatglm' | 'hugging-face';

export interface GlmNames {
  readonly embedding: string;
  /** A layer's number follows; the names from here to `afterMlp` are below that. */
  readonly layers: string;
  readonly attentionNorm: string;
  /** One matrix with the rows of queries, keys and values, or one of each. */
  readonly projections: readonly [string] | readonly [string, string, string];
  readonly attended: string;
  readonly afterAttention: string;
  readonly mlpNorm: string;
  /** Gate and up, one behind the other. */
  readonly widened: string;
  readonly narrowed: string;
  readonly afterMlp: string;
  readonly finalNorm: string;
  readonly scores: string;
}

export const glmNames: Readonly<Record<GlmLayout, GlmNames>> = {
  /** `modeling_chatglm.py` of ChatGLM2-6B, ChatGLM3-6B and GLM-4-9B. */
  chatglm: {
    embedding: 'transformer.embedding.word_embeddings',
    layers: 'transformer.encoder.layers',
    attentionNorm: 'input_layernorm',
    projections: ['self_attention.query_key_value'],
    attended: 'self_attention.dense',
    afterAttention: 'post_self_attn_layernorm',
    mlpNorm: 'post_attention_layernorm',
    widened: 'mlp.dense_h_to_4h',
    narrowed: 'mlp.dense_4h_to_h',
    afterMlp: 'post_mlp_layernorm',
    finalNorm: 'transformer.encoder.final_layernorm',
    scores: 'transformer.output_layer',
  },
  /** `glm` and `glm4` of transformers. */
  'hugging-face': {
    embedding: 'model.embed_tokens',
    layers: 'model.layers',
    attentionNorm: 'input_layernorm',
    projections: ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj'],
    attended: 'self_attn.o_proj',
    afterAttention: 'post_self_attn_layernorm',
    mlpNorm: 'post_attention_layernorm',
    widened: 'mlp.gate_up_proj',
    narrowed: 'mlp.down_proj',
    afterMlp: 'post_mlp_layernorm',
    finalNorm: 'model.norm',
    scores: 'lm_head',
  },
};
