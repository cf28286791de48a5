/** Interfaces for pictures as they are published: LAVIS's `.pth`, X-LLM's own, and BLIP-2 of Hugging Face's hub. */
import { cFormerLayout, imageLayout } from '@x-llm/engine/import';
import { pthSizes } from '@x-llm/engine/testing';
import { evaVitG, qFormerBase } from '@x-llm/models';
import {
  type Checkpoint,
  linear,
  type NamedShape,
  norm,
  type Size,
  tensorsOf,
  type Weights,
} from './checkpoint.ts';
import type { Layout } from './layouts.ts';
import type { PublishedTensor } from './random.ts';
import { cFormerOf, unreadBert } from './speech-layouts.ts';

const encoderPrefix = 'visual_encoder.';
const sizesOf = (size: Size) => (size === 'small' ? pthSizes : { encoder: evaVitG, x2l: qFormerBase });

/** A `.pth` of training, with `own` in it, and the encoder's, which has a block more than is computed and two layers behind. */
function pth(
  family: 'blip2' | 'x-llm',
  size: Size,
  own: Omit<Weights, 'shards'>,
  behind: NamedShape[],
): Checkpoint {
  const { encoder, x2l } = sizesOf(size);
  const sizes = { encoder: { ...encoder, depth: encoder.depth + 1 }, x2l };
  const all = [...imageLayout(family, {}, { sizes, hiddenSize: cFormerOf(size).outputWidth })];
  const [seeing = [], reading = []] = [true, false].map((wanted) =>
    all.filter(([name]) => name.startsWith(encoderPrefix) === wanted),
  );
  const blocks = seeing.map(([name, shape]): NamedShape => [name.slice(encoderPrefix.length), shape]);
  const head = linear('head', size === 'small' ? 4 : 1024, encoder.width);
  const encoderShapes = [...blocks, ...norm('norm', encoder.width), ...head];
  return {
    texts: {},
    weights: [
      {
        ...own,
        under: 'model',
        shards: [[...tensorsOf([...reading, ...behind], 'float32'), positions(size)]],
      },
      { file: 'eva_vit_g.pth', shards: [tensorsOf(encoderShapes, 'float16')] },
    ],
  };
}

/** BERT's numbers of the positions, which PyTorch saves as it does weights. */
const positions = (size: Size): PublishedTensor => ({
  name: 'Qformer.bert.embeddings.position_ids',
  shape: [1, size === 'small' ? 8 : qFormerBase.maxPositions],
  dtype: 'int64',
});

/** The first stage's text branch and heads. `cls.predictions.decoder` has the numbers of `word_embeddings`, and is left out. */
function textBranch(size: Size): NamedShape[] {
  const { width, layers, feedForwardWidth } = sizesOf(size).x2l;
  const { vocabularySize, maxPositions } = qFormerBase;
  const [words, places, projected] = size === 'small' ? [13, 8, 5] : [vocabularySize, maxPositions, 256];
  const bert = 'Qformer.bert';
  const head = 'Qformer.cls.predictions';
  return [
    [`${bert}.embeddings.word_embeddings.weight`, [words, width]],
    [`${bert}.embeddings.position_embeddings.weight`, [places, width]],
    ...Array.from({ length: layers }, (_, layer) => `${bert}.encoder.layer.${layer}`).flatMap((layer) => [
      ...linear(`${layer}.intermediate.dense`, feedForwardWidth, width),
      ...linear(`${layer}.output.dense`, width, feedForwardWidth),
      ...norm(`${layer}.output.LayerNorm`, width),
    ]),
    [`${head}.bias`, [words]],
    ...linear(`${head}.transform.dense`, width, width),
    ...norm(`${head}.transform.LayerNorm`, width),
    ...linear('vision_proj', projected, width),
    ...linear('text_proj', projected, width),
    ...linear('itm_head', 2, width),
    ['temp', []],
  ];
}

/** X-LLM's interfaces for video and speech, in the same file. */
function otherInterfaces(size: Size): NamedShape[] {
  const cFormer = cFormerOf(size);
  const { width, queries } = sizesOf(size).x2l;
  return [
    ['video_query_tokens', [1, queries, width]],
    ...linear('video_proj', cFormer.outputWidth, width),
    ...cFormerLayout('x-llm', cFormer),
    ...unreadBert('speech_bert_adaptor', size),
  ];
}

/** Something of what training saves beside the model. */
const optimizer: readonly PublishedTensor[] = [
  { name: 'optimizer.state.0.exp_avg', shape: [32, 768], dtype: 'float32' },
];

/** OPT's part of `config.json`; of its tensors there are two, of a few rows: the importer opens none. */
const opt = {
  _name_or_path: 'facebook/opt-2.7b',
  architectures: ['OPTForCausalLM'],
  eos_token_id: 50_118,
  ffn_dim: 10_240,
  hidden_size: 2560,
  model_type: 'opt',
  num_attention_heads: 32,
  num_hidden_layers: 32,
  word_embed_proj_dim: 2560,
};

function huggingFace(size: Size): Checkpoint {
  const { encoder, x2l } = sizesOf(size);
  const qFormer = {
    hidden_size: x2l.width,
    num_hidden_layers: x2l.layers,
    num_attention_heads: x2l.heads,
    intermediate_size: x2l.feedForwardWidth,
    encoder_hidden_size: x2l.encoderWidth,
  };
  const vision = {
    hidden_size: encoder.width,
    num_hidden_layers: encoder.depth,
    num_attention_heads: encoder.heads,
    intermediate_size: encoder.mlpWidth,
    image_size: encoder.imageSize,
  };
  // The hub's says no sizes: they are the classes' own.
  const config = {
    architectures: ['Blip2ForConditionalGeneration'],
    initializer_factor: 1,
    initializer_range: 0.02,
    model_type: 'blip-2',
    num_query_tokens: x2l.queries,
    qformer_config: {
      classifier_dropout: null,
      model_type: 'blip_2_qformer',
      ...(size === 'small' && qFormer),
    },
    text_config: opt,
    torch_dtype: 'float32',
    use_decoder_only_language_model: true,
    vision_config: {
      dropout: 0,
      initializer_factor: 1,
      layer_norm_eps: 1e-6,
      model_type: 'blip_2_vision_model',
      num_channels: 3,
      projection_dim: 512,
      ...(size === 'small' && vision),
    },
  };
  const width = size === 'small' ? 64 : opt.hidden_size;
  const first: NamedShape[] = [
    ...imageLayout('blip2-hf', config),
    ...linear('language_projection', width, x2l.width),
    ['language_model.model.decoder.embed_tokens.weight', [16, width]],
  ];
  const second: NamedShape[] = [['language_model.lm_head.weight', [16, width]]];
  const shards = [first, second].map((shapes) => tensorsOf(shapes, 'float32'));
  return {
    texts: { 'config.json': JSON.stringify(config, null, 2) },
    weights: [{ file: 'model.safetensors', shards }],
  };
}

export const pictureLayouts = {
  blip2: {
    about: 'BLIP-2’s first stage of LAVIS (.pth), and eva_vit_g.pth with its 40th block',
    make: (size) => pth('blip2', size, { file: 'blip2_pretrained.pth' }, textBranch(size)),
  },
  'blip2-hf': {
    about: 'BLIP-2 in Hugging Face’s form (model_type blip-2); of its language model two small tensors',
    make: huggingFace,
  },
  'x-llm': {
    about: 'X-LLM’s interfaces for pictures, video and speech (.pth), and eva_vit_g.pth',
    make: (size) =>
      pth('x-llm', size, { file: 'checkpoint_best.pth', beside: optimizer }, otherInterfaces(size)),
  },
} as const satisfies Record<string, Layout>;
