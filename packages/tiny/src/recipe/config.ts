import {
  type AdapterConfig,
  type CFormerConfig,
  type ChatGlmConfig,
  type ChatGlmTokens,
  type ConformerConfig,
  type EvaVitConfig,
  imageTokens,
  type QFormerConfig,
  type SpeechEncoderConfig,
} from '@x-llm/models';
import { firingThreshold } from '@x-llm/train';
import { world } from '../data/index.ts';
import { shardSize } from '../data/speech/index.ts';

/** The picture encoder: EVA ViT behind a convolutional stem, 64 patches and the class token. */
export const encoderConfig: EvaVitConfig = {
  imageSize: 64,
  patchEmbedding: {
    kind: 'conv-stem',
    stages: [
      { channels: 32, blocks: 0 },
      { channels: 64, blocks: 1 },
      { channels: 160, blocks: 2 },
    ],
  },
  width: 192,
  depth: 3,
  heads: 6,
  mlpWidth: 768,
  positionGrid: 8,
  blockEpsilon: 1e-6,
  outputEpsilon: 1e-5,
};

/** Things the encoder learns to tell apart before anything else is trained. */
export const classCount = world.length;

/** Everything random in the recipe derives from this. */
export const recipeSeed = 20260;

/** Run folders, one per step of the recipe; ignored by git. */
export const runsDirectory = '.xllm/runs/tiny';

/** Pieces of the tokenizer, special ones and 256 bytes included. */
export const vocabularySize = 4096;

/** Pictures that the frozen encoder sees at a time, frames of each clip among them. */
export const encoderBatch = 64;
export const clipFrames = 8;

/** How much a run of the recipe has of everything. */
export interface RecipeSizes {
  /** Of each step that trains. */
  readonly updates: Readonly<Record<TrainingStepName, number>>;
  /** Scenes whose encoded pictures are cached. */
  readonly scenes: number;
  /** Clips whose encoded frames are cached, `clipFrames` of each. */
  readonly clips: number;
  /** Recordings that are synthesised. */
  readonly recordings: { readonly training: number; readonly validation: number };
}

const updates = {
  llm: 5200,
  encoder: 14_000,
  stage1: 600,
  words: 6000,
  stage2: 5000,
  'stage1-speech': 8000,
  tokens: 5000,
  'stage2-speech': 3000,
  stage3: 800,
} as const;

export type TrainingStepName = keyof typeof updates;

export const fullSizes: RecipeSizes = {
  updates,
  scenes: 200_000,
  clips: 20_000,
  recordings: { training: 100_000, validation: 1000 },
};

/** A share of all updates and data, 0 to 1, at least a batch of each; validation stays whole. */
export function sizesAt(share: number): RecipeSizes {
  const part = (whole: number, batch = 1): number => batch * Math.max(1, Math.round((share * whole) / batch));
  const { scenes, clips, recordings } = fullSizes;
  return {
    updates: Object.fromEntries(
      Object.entries(updates).map(([step, count]) => [step, part(count)]),
    ) as RecipeSizes['updates'],
    scenes: part(scenes, encoderBatch),
    clips: part(clips, encoderBatch / clipFrames),
    recordings: { ...recordings, training: part(recordings.training, shardSize) },
  };
}

/** How many parts a batch of 64 is run in, several at a time (docs/decisions/0026). */
export const batchParts = 4;

/** The prompt format, by its name in @x-llm/text. */
export const chatTemplateName = 'x-llm';

/** The language model: ChatGLM-6B's architecture at 5 M parameters. */
export const llmConfig = (tokens: ChatGlmTokens): ChatGlmConfig => ({
  vocabSize: vocabularySize,
  hiddenSize: 256,
  layers: 4,
  heads: 8,
  ffnSize: 1024,
  layerNormEpsilon: 1e-5,
  residualAlphaLayers: 4,
  maxPositions: 512,
  rotaryPrecision: 'float32',
  tokens,
});

/**
 * The X2L interface for pictures: a BERT of one wide layer whose 8 queries read the patches. What it has to learn is
 * which words belong to which picture, by heart, and that is kept in the width of the feed-forward network
 * (docs/decisions/0007).
 */
export const qFormerConfig: QFormerConfig = {
  width: 256,
  layers: 1,
  heads: 8,
  feedForwardWidth: 3072,
  encoderWidth: encoderConfig.width,
  crossAttentionFrequency: 1,
  queries: 8,
  vocabularySize,
  maxPositions: 32,
  epsilon: 1e-12,
};

/** From the queries' width to the language model's. */
export const adapterConfig: AdapterConfig = {
  name: 'llm_proj',
  width: qFormerConfig.width,
  outputWidth: 256,
};

/** What frames of videos have of their own: queries, and the V-Adapter. */
export const videoQueries = 'video_query_tokens';
export const videoAdapterConfig: AdapterConfig = { ...adapterConfig, name: 'video_proj' };

/** What the encoder gives per picture. */
export const patchCount = imageTokens(encoderConfig);

/** The share of each kind among the scenes that the encoder is taught; the rest are single things. */
export const encoderShare = { pair: 0.2, count: 0.04 };

/** The share of each kind among the scenes whose encoded pictures are cached. */
export const sceneShare = { pair: 0.2, count: 0.1 };
/**
 * How strongly they are augmented, batch by batch in turn. Weak ones show the interface what the encoder is sure of,
 * strong ones what it says when it is not, as of a style it never saw.
 */
export const sceneStrengths: readonly number[] = [0.3, 0.5, 0.7, 0.9];

/** The speech encoder: Conformer with CIF at its end; 80 ms a frame. */
export const speechEncoderConfig: ConformerConfig = {
  inputWidth: 80,
  width: 160,
  heads: 4,
  feedForwardWidth: 640,
  blocks: 6,
  kernel: 15,
  layerNormEpsilon: 1e-5,
  batchNormEpsilon: 1e-5,
  subsamplingChannels: 32,
  convolutionNorm: 'layer',
  poolAfter: [3],
};

/** The X2L interface for speech: what CIF gathers, as words of the language model. */
export const cFormerConfig: Omit<CFormerConfig, 'outputWidth'> = {
  inputWidth: speechEncoderConfig.width,
  width: 256,
  layers: 2,
  heads: 4,
  feedForwardWidth: 1024,
  maxPositions: 128,
  tokenTypes: 2,
  epsilon: 1e-12,
};

/** The S-Adapter. Word embeddings have both signs, so it has no ReLU. */
export const speechAdapterConfig: AdapterConfig = {
  name: 'post_bert_proj',
  width: cFormerConfig.width,
  outputWidth: 256,
};

/** How CIF counts syllables when nobody says how many there are. */
export const speechTokensConfig: SpeechEncoderConfig['cif'] = {
  threshold: firingThreshold,
  tail: 0.5,
  kernel: 3,
};

/** The most syllables of a recording that the interface learns from. */
export const maxFirings = 24;

/** What the model hears at a time; longer recordings are cut where it is quiet. Training has at most six seconds. */
export const maxSpeechSeconds = 8;

/** How many recordings are English, which takes longer to learn to hear. */
export const englishShare = 0.65;
