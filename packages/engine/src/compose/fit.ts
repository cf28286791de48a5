/** Whether the parts of a bundle fit each other: the graphs of all are built, and nothing is loaded. */
import type { Bundle } from '@x-llm/checkpoint';
import { buildEmbedding, buildSection, modalityTags } from '@x-llm/models';
import { GraphError } from '@x-llm/onnx';
import { chatTemplate } from '@x-llm/text';
import type { LanguageModel } from '../architectures/index.ts';
import { EngineError } from '../error.ts';
import { buildPictureEncoder, buildPictureReader } from '../interfaces/pictures.ts';
import { buildSpeech } from '../interfaces/speech-sessions.ts';
import { videoReader } from '../interfaces/video.ts';
import { loadTokenizer } from '../load-tokenizer.ts';
import type { InterfacePart, Plan } from './plan.ts';

/** Every reason for which the engine would refuse the bundle; none if it would not. `llm` brings `language` and the tokenizer. */
export async function misfits(
  { manifest, weights }: Plan,
  language: LanguageModel,
  llm: Bundle,
): Promise<string[]> {
  const reasons: string[] = [];
  const attempt = <Result>(make: () => Result): Result | undefined => {
    try {
      return make();
    } catch (error) {
      reasons.push(reasonOf(error));
      return undefined;
    }
  };
  const { image, video, speech } = manifest.interfaces;
  const source = weights(manifest.llm.weights);
  attempt(() => [buildEmbedding(language, source), buildSection(language, source)]);
  const { hiddenSize } = language;

  if (image) {
    const pictures = attempt(() => buildPictureEncoder(image, weights));
    const read = (reader: Parameters<typeof buildPictureReader>[1]) =>
      pictures && attempt(() => buildPictureReader(pictures, reader, { weights, hiddenSize }));
    read({ modality: 'image', adapter: image.adapter });
    if (video) read(videoReader(video));
  }
  if (speech) attempt(() => buildSpeech(speech, { weights, hiddenSize }));

  const tokenizer = await loadTokenizer(llm, language).catch((error: unknown) => {
    reasons.push(reasonOf(error));
  });
  if (!tokenizer) return reasons;
  const tags = { ...modalityTags, ...chatTemplate(manifest.chatTemplate).media };
  for (const part of Object.keys(manifest.interfaces) as InterfacePart[]) {
    const { open, close } = tags[part];
    const unsaid = [open, close].filter((tag) => tokenizer.decode(tokenizer.encode(tag)).trim() !== tag);
    if (unsaid.length > 0) {
      const named = unsaid.join(' and ');
      reasons.push(
        `${part}: the tokenizer of ${llm.manifest.name} cannot write ${named}, between which it stands`,
      );
    }
  }
  return reasons;
}

export function reasonOf(error: unknown): string {
  if (error instanceof EngineError || error instanceof GraphError) return error.message;
  throw error;
}
