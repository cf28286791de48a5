/** Last step of the recipe: what was trained becomes the bundle that ships, in half precision. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BundleManifest, type TensorSource, writeBundle } from '@x-llm/checkpoint';
import { clipNormalisation } from '@x-llm/media';
import type { StoredTensor } from '@x-llm/onnx';
import { loadWeights } from '@x-llm/train';
import { trainingPackages } from '../data/packages.ts';
import { speechPrompts } from '../text/index.ts';
import {
  adapterConfig,
  cFormerConfig,
  chatTemplateName,
  encoderConfig,
  llmConfig,
  maxSpeechSeconds,
  qFormerConfig,
  runsDirectory,
  speechAdapterConfig,
  speechEncoderConfig,
  speechTokensConfig,
} from './config.ts';
import { encoderWeights } from './firings.ts';
import { loadTokenizer } from './tokenizer.ts';

/** Where the repository keeps the trained bundle. */
export const bundleDirectory = fileURLToPath(new URL('../../bundle', import.meta.url));

/** Writes what the runs hold now. */
export async function assembleBundle(note: (message: string) => void): Promise<void> {
  const { model, tokens } = await loadTokenizer();
  const encoder = await loadWeights(`${runsDirectory}/encoder`);
  const x2l = await loadWeights(`${runsDirectory}/stage2`);
  const llm = await loadWeights(`${runsDirectory}/llm`);
  const encoderOnly = [...encoder].filter(([name]) => !name.startsWith('head.'));
  const imageFile = 'image.safetensors';
  const speech = await speechPart();
  const manifest = await writeBundle(
    bundleDirectory,
    {
      format: 1,
      name: 'x-llm-tiny',
      licence: 'MIT',
      provenance: {
        summary:
          'Trained from scratch by packages/tiny of X-LLM on emoji artwork and text made from names, tags and glosses; no other model was used.',
        sources: Object.values(trainingPackages).map(({ name, version, licence }) => ({
          name: `${name}@${version}`,
          licence,
        })),
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
        ...(speech ? { speech: speech.interface } : {}),
      },
      tokenizer: { type: 'sentencepiece', file: 'tokenizer.model' },
      chatTemplate: chatTemplateName,
      generation: { temperature: 0, topP: 1, maxTokens: 64 },
    },
    {
      'llm.safetensors': { tensors: [...llm].map(half) },
      [imageFile]: { tensors: [...encoderOnly, ...x2l].map(half) },
      ...(speech ? { [speechFile]: { tensors: speech.weights.map(half) } } : {}),
      'tokenizer.model': model,
    },
  );
  const bytes = Object.values(manifest.files).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  note(`${bundleDirectory}: ${(bytes / 1e6).toFixed(1)} MB`);
}

const speechFile = 'speech.safetensors';

/** The interface for speech, if it was trained. */
async function speechPart() {
  if (!existsSync(`${runsDirectory}/stage2-speech`)) return undefined;
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
    x2l: { architecture: 'c-former', config: json(cFormerConfig), weights: speechFile },
    adapter: { architecture: 'linear', config: json(speechAdapterConfig), weights: speechFile },
    transcriptionPrompt: speechPrompts.transcribe[0],
  };
  const weights = [...(await encoderWeights()), ...(await loadWeights(`${runsDirectory}/stage2-speech`))];
  return { interface: part, weights };
}

/** Half precision is plenty for weights that were trained in float32 and are used in float32 again. */
function half([name, { shape, data }]: readonly [string, StoredTensor]): TensorSource {
  if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32 in memory`);
  return { name, dtype: 'float16', shape, data: Float16Array.from(data) };
}

/** A configuration as the manifest's plain JSON. */
const json = (config: object): Record<string, never> =>
  JSON.parse(JSON.stringify(config)) as Record<string, never>;
