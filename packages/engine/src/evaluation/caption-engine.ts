/**
 * The language model of a bundle, told in words what media show: the text stands between the tags where the media's
 * embeddings would, as it did while the language model was trained. What it answers is what can be hoped for of the
 * whole model, so the relative score measures against it.
 */
import { type InterfaceName, type MediaInterface, modalities } from '../interfaces/index.ts';
import { type LoadContext, loadEngineWith } from '../load.ts';
import type { EngineOptions } from '../options.ts';
import type { LoadedInterfaces } from '../prompt.ts';
import type { EngineMessage, EngineModel, GenerateEvent, GenerateRequest } from '../types.ts';

/** Text in place of a picture, a video, speech: one of each at most. */
export type Captions = { readonly [Name in InterfaceName]?: string };

/** A message with captions for its media. Media themselves are not looked at. */
export interface CaptionMessage extends EngineMessage {
  captions: Captions;
}

export interface CaptionEngine {
  readonly model: EngineModel;
  generate(
    request: Omit<GenerateRequest, 'messages'> & { messages: CaptionMessage[] },
    options?: { signal?: AbortSignal },
  ): AsyncIterable<GenerateEvent>;
  close(): Promise<void>;
}

/**
 * Loads the language model of a bundle and none of its interfaces; it takes a caption for any modality, whether the
 * bundle has an interface for it or not. Throws as `loadEngine` does.
 *
 *     const engine = await loadCaptionEngine('bundle');
 *     const media = { images: [], videos: [], speech: [] };
 *     engine.generate({ messages: [{ role: 'user', text: 'What is this?', ...media, captions: { image: 'fox' } }] });
 */
export function loadCaptionEngine(dir: string, options: EngineOptions = {}): Promise<CaptionEngine> {
  return loadEngineWith(async (context) => captionInterfaces(context), dir, options);
}

const names = Object.keys(modalities) as InterfaceName[];

const captionInterfaces = (context: LoadContext): LoadedInterfaces =>
  Object.fromEntries(names.map((name) => [name, captionInterface(name, context)]));

function captionInterface(name: InterfaceName, { tokenizer, sessions }: LoadContext): MediaInterface {
  return {
    items(message: EngineMessage & Partial<Pick<CaptionMessage, 'captions'>>) {
      const text = message.captions?.[name];
      if (text === undefined) return [];
      const ids = tokenizer.encode(text);
      const encode = async () => ({ count: ids.length, rows: await sessions.embed(ids) });
      return [{ modality: name, leastRows: ids.length, encode }];
    },
    [Symbol.dispose]() {},
  };
}
