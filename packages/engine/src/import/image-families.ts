/**
 * Picture interfaces of public checkpoints: EVA ViT-g and BLIP-2's Q-Former under the names of each library. Ours are
 * LAVIS's, so that a table has only what differs.
 */
import { evaVitG, qFormerBase } from '@x-llm/models';
import { valueAt } from './config.ts';
import { type HubConfig, numberOf } from './family.ts';
import { type ImageFamily, type ImageFamilyName, imageFamilyNames } from './image-family.ts';
import type { TensorRule } from './tensors.ts';

/** The frozen encoder that LAVIS and X-LLM download by itself. */
export const lavisEncoderFile = 'eva_vit_g.pth';

const lavis: ImageFamily = {
  about: 'BLIP-2’s Q-Former of LAVIS (.pth), with eva_vit_g.pth beside it',
  is: undefined,
  encoderFile: lavisEncoderFile,
  hasSpareBlock: true,
  encoder: { sizes: evaVitG, fields: {}, tensors: [] },
  x2l: { sizes: qFormerBase, fields: {}, tensors: [] },
  expected: {},
  // The Q-Former's text branch and heads, which stage 1 has; the encoder's own head; what leads to OPT, T5 and Vicuna.
  ignored:
    /^(Qformer\.(cls\.|bert\.embeddings\.(word_embeddings|position_embeddings|position_ids)|bert\.encoder\.layer\.\d+\.(intermediate|output)\.)|(vision|text|opt|t5|llm)_proj\.|itm_head\.|temp$|visual_encoder\.(norm|fc_norm|head)\.)/,
  source: { name: 'BLIP-2, LAVIS', licence: 'BSD-3-Clause', url: 'https://github.com/salesforce/LAVIS' },
};

const xLlm: ImageFamily = {
  ...lavis,
  about: 'X-LLM’s own interface (.pth of its training), with eva_vit_g.pth beside it',
  adapter: { name: 'opt_proj', tensors: [] },
  // Its interfaces for video and speech are in the same file.
  ignored: new RegExp(
    `${lavis.ignored.source.replace('opt|', '')}|^video_(query_tokens$|proj\\.)|^(speech_feat_proj|pre_bert_proj|post_bert_proj|speech_bert_adaptor|opt_model)\\.`,
  ),
  source: { name: 'X-LLM', licence: 'MIT', url: 'https://github.com/phellonchen/X-LLM' },
};

/** Side of a picture and of a patch, as fields of a configuration. */
const patches =
  (imageField: string, patchField: string) =>
  (config: HubConfig): Pick<typeof evaVitG, 'imageSize' | 'patchEmbedding' | 'positionGrid'> => {
    const whole = { image: valueAt(config, imageField), patch: valueAt(config, patchField) };
    const imageSize = numberOf(whole, 'image', evaVitG.imageSize);
    const size = numberOf(whole, 'patch', 14);
    return { imageSize, patchEmbedding: { kind: 'patch', size }, positionGrid: Math.floor(imageSize / size) };
  };

// What keys of the encoder have for a bias is left behind: it adds the same to all scores of a row of softmax.
const encoderBias = (theirs: string): TensorRule[] => [
  { ours: 'visual_encoder.blocks.{n}.attn.q_bias', theirs, part: { at: 0, of: 3 } },
  { ours: 'visual_encoder.blocks.{n}.attn.v_bias', theirs, part: { at: 2, of: 3 } },
];

const blip2HuggingFace: ImageFamily = {
  about: 'BLIP-2 in Hugging Face’s form (model_type blip-2)',
  is: (config) => config['model_type'] === 'blip-2',
  encoder: {
    // 1e-5 behind the last block is what LAVIS trained with; Hugging Face's classes compute with 1e-6 there, too.
    sizes: evaVitG,
    fields: {
      width: 'vision_config.hidden_size',
      depth: 'vision_config.num_hidden_layers',
      heads: 'vision_config.num_attention_heads',
      mlpWidth: 'vision_config.intermediate_size',
      blockEpsilon: 'vision_config.layer_norm_eps',
    },
    derived: patches('vision_config.image_size', 'vision_config.patch_size'),
    tensors: [
      { ours: 'visual_encoder.cls_token', theirs: 'vision_model.embeddings.class_embedding' },
      { ours: 'visual_encoder.pos_embed', theirs: 'vision_model.embeddings.position_embedding' },
      { ours: 'visual_encoder.patch_embed.proj.*', theirs: 'vision_model.embeddings.patch_embedding.*' },
      ...encoderBias('vision_model.encoder.layers.{n}.self_attn.qkv.bias'),
      {
        ours: 'visual_encoder.blocks.{n}.attn.qkv.*',
        theirs: 'vision_model.encoder.layers.{n}.self_attn.qkv.*',
      },
      {
        ours: 'visual_encoder.blocks.{n}.attn.proj.*',
        theirs: 'vision_model.encoder.layers.{n}.self_attn.projection.*',
      },
      { ours: 'visual_encoder.blocks.{n}.norm1.*', theirs: 'vision_model.encoder.layers.{n}.layer_norm1.*' },
      { ours: 'visual_encoder.blocks.{n}.norm2.*', theirs: 'vision_model.encoder.layers.{n}.layer_norm2.*' },
      { ours: 'visual_encoder.blocks.{n}.mlp.fc1.*', theirs: 'vision_model.encoder.layers.{n}.mlp.fc1.*' },
      { ours: 'visual_encoder.blocks.{n}.mlp.fc2.*', theirs: 'vision_model.encoder.layers.{n}.mlp.fc2.*' },
      { ours: 'ln_vision.*', theirs: 'vision_model.post_layernorm.*' },
    ],
  },
  x2l: {
    sizes: qFormerBase,
    fields: {
      width: 'qformer_config.hidden_size',
      layers: 'qformer_config.num_hidden_layers',
      heads: 'qformer_config.num_attention_heads',
      feedForwardWidth: 'qformer_config.intermediate_size',
      encoderWidth: 'qformer_config.encoder_hidden_size',
      crossAttentionFrequency: 'qformer_config.cross_attention_frequency',
      queries: 'num_query_tokens',
      epsilon: 'qformer_config.layer_norm_eps',
    },
    tensors: [
      { ours: 'Qformer.bert.embeddings.LayerNorm.*', theirs: 'qformer.layernorm.*' },
      ...['attention', 'crossattention'].flatMap((block): TensorRule[] => {
        const [ours, theirs] = [
          `Qformer.bert.encoder.layer.{n}.${block}`,
          `qformer.encoder.layer.{n}.${block}`,
        ];
        return [
          ...['query', 'key', 'value'].map((name) => ({
            ours: `${ours}.self.${name}.*`,
            theirs: `${theirs}.attention.${name}.*`,
          })),
          { ours: `${ours}.output.dense.*`, theirs: `${theirs}.output.dense.*` },
          { ours: `${ours}.output.LayerNorm.*`, theirs: `${theirs}.output.LayerNorm.*` },
        ];
      }),
      ...['intermediate_query.dense', 'output_query.dense', 'output_query.LayerNorm'].map((name) => ({
        ours: `Qformer.bert.encoder.layer.{n}.${name}.*`,
        theirs: `qformer.encoder.layer.{n}.${name}.*`,
      })),
    ],
  },
  expected: {
    'vision_config.hidden_act': 'gelu',
    'vision_config.qkv_bias': true,
    'qformer_config.hidden_act': 'gelu',
    'qformer_config.position_embedding_type': 'absolute',
  },
  // The language model and what leads to it; the text branch and the heads of retrieval.
  ignored:
    /^(language_(model|projection)\.|qformer\.encoder\.layer\.\d+\.(intermediate|output)\.|embeddings\.|(vision|text)_projection\.|itm_head\.)/,
  source: { name: 'BLIP-2', licence: 'MIT', url: 'https://huggingface.co/Salesforce/blip2-opt-2.7b' },
};

const eva = 'image_encoder.vit';
const reader = 'image_encoder.qformer.transformer';
const [self, cross] = [`${reader}.layers.{n}.attention`, `${reader}.layers.{n}.cross_attention`];
const layer = 'Qformer.bert.encoder.layer.{n}';

/** SwissArmyTransformer's names. Its layers begin with the norm that in BERT ends the layer before. */
const visualGlm: ImageFamily = {
  about: 'VisualGLM-6B’s interface',
  is: (config) => config['model_type'] === 'chatglm' && 'eva_config' in config,
  encoder: {
    sizes: evaVitG,
    fields: {
      width: 'eva_config.hidden_size',
      depth: 'eva_config.num_layers',
      heads: 'eva_config.num_attention_heads',
      mlpWidth: 'eva_config.inner_hidden_size',
      blockEpsilon: 'eva_config.layernorm_epsilon',
    },
    derived: patches('eva_config.image_size.0', 'eva_config.patch_size'),
    tensors: [
      {
        ours: 'visual_encoder.cls_token',
        theirs: `${eva}.transformer.word_embeddings.weight`,
        lacksFirstAxis: true,
      },
      {
        ours: 'visual_encoder.pos_embed',
        theirs: `${eva}.transformer.position_embeddings.weight`,
        lacksFirstAxis: true,
      },
      { ours: 'visual_encoder.patch_embed.proj.*', theirs: `${eva}.mixins.patch_embedding.proj.*` },
      ...encoderBias(`${eva}.transformer.layers.{n}.attention.query_key_value.bias`),
      ...Object.entries({
        norm1: 'input_layernorm',
        'attn.qkv': 'attention.query_key_value',
        'attn.proj': 'attention.dense',
        norm2: 'post_attention_layernorm',
        'mlp.fc1': 'mlp.dense_h_to_4h',
        'mlp.fc2': 'mlp.dense_4h_to_h',
      }).map(([ours, theirs]) => ({
        ours: `visual_encoder.blocks.{n}.${ours}.*`,
        theirs: `${eva}.transformer.layers.{n}.${theirs}.*`,
      })),
      { ours: 'ln_vision.*', theirs: `${eva}.mixins.cls.ln_vision.*` },
    ],
  },
  x2l: {
    sizes: qFormerBase,
    fields: {
      width: 'qformer_config.hidden_size',
      layers: 'qformer_config.num_layers',
      heads: 'qformer_config.num_attention_heads',
      feedForwardWidth: 'qformer_config.inner_hidden_size',
      encoderWidth: 'qformer_config.cross_attn_hidden_size',
      queries: 'image_length',
      epsilon: 'qformer_config.layernorm_epsilon',
    },
    derived: (config) => {
      const width = valueAt(config, 'qformer_config.hidden_size');
      const given = valueAt(config, 'qformer_config.inner_hidden_size');
      return typeof width === 'number' && given == null ? { feedForwardWidth: 4 * width } : {};
    },
    tensors: [
      { ours: 'query_tokens', theirs: `${reader}.word_embeddings.weight`, lacksFirstAxis: true },
      { ours: 'Qformer.bert.embeddings.LayerNorm.*', theirs: `${reader}.layers.0.input_layernorm.*` },
      ...['query', 'key', 'value'].map((name, at) => ({
        ours: `${layer}.attention.self.${name}.*`,
        theirs: `${self}.query_key_value.*`,
        part: { at, of: 3 },
      })),
      { ours: `${layer}.attention.output.dense.*`, theirs: `${self}.dense.*` },
      {
        ours: `${layer}.attention.output.LayerNorm.*`,
        theirs: `${reader}.layers.{n}.post_attention_layernorm.*`,
      },
      { ours: `${layer}.crossattention.self.query.*`, theirs: `${cross}.query.*` },
      ...['key', 'value'].map((name, at) => ({
        ours: `${layer}.crossattention.self.${name}.*`,
        theirs: `${cross}.key_value.*`,
        part: { at, of: 2 },
      })),
      { ours: `${layer}.crossattention.output.dense.*`, theirs: `${cross}.dense.*` },
      {
        ours: `${layer}.crossattention.output.LayerNorm.*`,
        theirs: `${reader}.layers.{n}.post_cross_attention_layernorm.*`,
      },
      { ours: `${layer}.intermediate_query.dense.*`, theirs: `${reader}.layers.{n}.mlp.dense_h_to_4h.*` },
      { ours: `${layer}.output_query.dense.*`, theirs: `${reader}.layers.{n}.mlp.dense_4h_to_h.*` },
      {
        ours: `${layer}.output_query.LayerNorm.*`,
        theirs: `${reader}.layers.{n+1}.input_layernorm.*`,
        last: `${reader}.final_layernorm.*`,
      },
    ],
  },
  adapter: {
    name: 'glm_proj',
    tensors: [{ ours: 'glm_proj.*', theirs: 'image_encoder.glm_proj.*' }],
  },
  expected: {
    'eva_config.layernorm_order': 'pre',
    'eva_config.use_final_layernorm': false,
    'eva_config.pre_len': 1,
    'eva_config.post_len': 0,
    'qformer_config.layernorm_order': 'post',
  },
  // The language model, when the interface alone is wanted.
  ignored: /^(transformer|lm_head)\./,
  source: {
    name: 'VisualGLM-6B',
    licence: 'The VisualGLM-6B License, https://huggingface.co/THUDM/visualglm-6b',
    url: 'https://huggingface.co/THUDM/visualglm-6b',
  },
};

export const imageFamilies: { readonly [Name in ImageFamilyName]: ImageFamily } = {
  'visualglm-6b': visualGlm,
  'blip2-hf': blip2HuggingFace,
  blip2: lavis,
  'x-llm': xLlm,
};

/** Whose form a configuration has. */
export const imageFamilyOf = (config: HubConfig): ImageFamilyName | undefined =>
  imageFamilyNames.find((name) => imageFamilies[name].is?.(config));
