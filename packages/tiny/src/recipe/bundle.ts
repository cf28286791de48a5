/** Last step of the recipe: what was trained becomes the bundle that ships, in half precision. */
import { fileURLToPath } from 'node:url';
import { type BundleManifest, type TensorSource, writeBundle } from '@x-llm/checkpoint';
import { clipNormalisation } from '@x-llm/media';
import type { StoredTensor } from '@x-llm/onnx';
import { hasCheckpoint, loadWeights } from '@x-llm/train';
import { trainingPackages } from '../data/packages.ts';
import { speechPackages } from '../data/speech/packages.ts';
import { speechPrompts } from '../text/index.ts';
import {
  adapterConfig,
  cFormerConfig,
  chatTemplateName,
  clipFrames,
  encoderConfig,
  llmConfig,
  maxSpeechSeconds,
  qFormerConfig,
  speechAdapterConfig,
  speechEncoderConfig,
  speechTokensConfig,
  videoAdapterConfig,
  videoQueries,
} from './config.ts';
import { encoderWeights } from './firings.ts';
import { float32, half, type Learnt, learntBy, type Named, type Weights } from './learnt.ts';
import { isOfVideo } from './stage2.ts';
import { loadTokenizer } from './tokenizer.ts';

/** Where the repository keeps the trained bundle. */
export const bundleDirectory = fileURLToPath(new URL('../../bundle', import.meta.url));

/**
 * Writes what the runs hold now. In a warm start, `keep` of every weight of the interfaces and the speech encoder stays as
 * it was before: a mean of both is often right more often on what neither was taught than either is (docs/decisions/0022).
 */
export async function assembleBundle({
  note,
  directory,
  name = 'x-llm-tiny',
  keep = 0,
  ...from
}: {
  readonly note: (message: string) => void;
  readonly directory: string;
  /** Another one for what is not the model that ships. */
  readonly name?: string;
  readonly keep?: number | undefined;
} & Learnt): Promise<void> {
  const { runs } = from;
  const { model, tokens } = await loadTokenizer(runs);
  const encoder = await loadWeights(runs('encoder'));
  const llm = await loadWeights(runs('llm'));
  const trained = await trainedInterfaces(from);
  const before = keep > 0 ? from.start : undefined;
  const stored = (weights: readonly Named[]): TensorSource[] =>
    weights.map((named) => half(mean(named, before?.get(named[0]), keep)));
  const encoderOnly = [...encoder].filter(([name]) => !name.startsWith('head.'));
  const imageFile = 'image.safetensors';
  const speech = trained.speech && (await speechPart(trained.speech, from));
  const manifest = await writeBundle(
    directory,
    {
      format: 1,
      name,
      licence: 'MIT',
      provenance: {
        summary:
          'Trained from scratch by packages/tiny of X-LLM on emoji artwork, clips made of it, text made from names, tags and glosses, and speech synthesised from that text; no other model was used.',
        sources: Object.values({ ...trainingPackages, ...(speech ? speechPackages : {}) }).map(
          ({ name, version, licence }) => ({ name: `${name}@${version}`, licence }),
        ),
      },
      llm: {
        architecture: 'chatglm',
        config: json(llmConfig(tokens)),
        weights: 'llm.safetensors',
        quantization: null,
      },
      interfaces: {
        image: {
          preprocessing: {
            size: encoderConfig.imageSize,
            mean: [...clipNormalisation.mean],
            std: [...clipNormalisation.std],
          },
          encoder: { architecture: 'eva-vit', config: json(encoderConfig), weights: imageFile },
          x2l: { architecture: 'q-former', config: json(qFormerConfig), weights: imageFile },
          adapter: { architecture: 'linear', config: json(adapterConfig), weights: imageFile },
        },
        video: videoPart,
        ...(speech ? { speech: speech.interface } : {}),
      },
      tokenizer: { type: 'sentencepiece', file: 'tokenizer.model' },
      chatTemplate: chatTemplateName,
      generation: { temperature: 0, topP: 1, maxTokens: 64 },
    },
    {
      'llm.safetensors': { tensors: [...llm].map(half) },
      [imageFile]: { tensors: [...encoderOnly.map(half), ...stored(trained.image)] },
      [videoFile]: { tensors: stored(trained.video) },
      ...(speech ? { [speechFile]: { tensors: stored(speech.weights) } } : {}),
      'tokenizer.model': model,
    },
  );
  const bytes = Object.values(manifest.files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  note(`${directory}: ${(bytes / 1e6).toFixed(1)} MB`);
}

const speechFile = 'speech.safetensors';

const videoFile = 'video.safetensors';

/**
 * What stage 2 taught each interface, if it was trained, with what stage 3 taught it since. Stage 3 is left out when it is
 * missing.
 */
async function trainedInterfaces(from: Learnt) {
  const { runs, start } = from;
  const stage3 = (await hasCheckpoint(runs('stage3')))
    ? await loadWeights(runs('stage3'))
    : new Map<string, StoredTensor>();
  const later = (weights: Weights): Weights =>
    new Map([...weights].map(([name, tensor]) => [name, stage3.get(name) ?? tensor]));
  const seen = [...later(await learntBy('stage2', from))];
  const hears = start !== undefined || (await hasCheckpoint(runs('stage2-speech')));
  return {
    image: seen.filter(([name]) => !isOfVideo(name)),
    video: seen.filter(([name]) => isOfVideo(name)),
    speech: hears ? later(await learntBy('stage2-speech', from)) : undefined,
  };
}

const videoPart: NonNullable<BundleManifest['interfaces']['video']> = {
  shares: 'image',
  queries: { name: videoQueries, weights: videoFile },
  adapter: { architecture: 'linear', config: json(videoAdapterConfig), weights: videoFile },
  frames: { count: clipFrames, sampling: 'uniform' },
};

async function speechPart(trained: Weights, from: Learnt) {
  const part: NonNullable<BundleManifest['interfaces']['speech']> = {
    preprocessing: {
      sampleRateHz: 16_000,
      melBins: speechEncoderConfig.inputWidth,
      cmvn: 'utterance',
      maxSeconds: maxSpeechSeconds,
    },
    encoder: {
      architecture: 'conformer-cif',
      config: json({ conformer: speechEncoderConfig, cif: speechTokensConfig }),
      weights: speechFile,
    },
    fires: 'syllables',
    x2l: { architecture: 'c-former', config: json(cFormerConfig), weights: speechFile },
    adapter: { architecture: 'linear', config: json(speechAdapterConfig), weights: speechFile },
    transcriptionPrompt: speechPrompts.transcribe[0],
  };
  return { interface: part, weights: [...(await encoderWeights(from)), ...trained] };
}

/** `keep` of what it was before, if it was anything, and the rest of what it is now. */
export function mean(now: Named, before: StoredTensor | undefined, keep: number): Named {
  if (!before) return now;
  const [name, tensor] = now;
  const [values, old] = [float32(now), float32([name, before])];
  if (values.length !== old.length) throw new Error(`${name}: ${old.length} weights became ${values.length}`);
  const data = Float32Array.from(values, (value, at) => (1 - keep) * value + keep * (old[at] ?? 0));
  return [name, { ...tensor, data }];
}

/** A configuration as the manifest's plain JSON. */
function json(config: object): Record<string, never> {
  return JSON.parse(JSON.stringify(config)) as Record<string, never>;
}
