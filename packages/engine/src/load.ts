/** From a bundle to an engine that answers. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bundle, type BundleManifest, openBundle, type SafetensorsFile } from '@x-llm/checkpoint';
import { GraphError } from '@x-llm/onnx';
import { Runtime, type SessionOptions } from '@x-llm/ort';
import { type Tokenizer, chatTemplate as templateOf } from '@x-llm/text';
import { type LanguageModel, languageModels, makePart } from './architectures/index.ts';
import { EmbeddingCache } from './embedding-cache.ts';
import { LocalEngine } from './engine.ts';
import { EngineError } from './error.ts';
import { type InterfaceContext, type InterfaceName, modalities } from './interfaces/index.ts';
import { loadPictureEncoder } from './interfaces/pictures.ts';
import { LanguageRunner } from './language-runner.ts';
import { LanguageSessions } from './language-sessions.ts';
import { loadTokenizer } from './load-tokenizer.ts';
import { defaultOptions, type EngineOptions } from './options.ts';
import { type LoadedInterfaces, PromptReader } from './prompt.ts';
import { largeBytes, sectionsFor } from './sections.ts';
import { contentOf, SharedParts } from './shared-parts.ts';
import { transcriptionPromptOf } from './transcription.ts';
import type { EngineModel } from './types.ts';
import { parametersIn } from './weights.ts';

/**
 * Opens a bundle, builds its graphs, maps its weights and answers once for itself, so that the first request is as
 * quick as the others. Throws CheckpointError for a damaged bundle, `invalid_bundle` for one this version cannot run,
 * OrtError for a provider that is not there.
 *
 *     const engine = await loadEngine('packages/tiny/bundle');
 */
export function loadEngine(dir: string, options: EngineOptions = {}): Promise<LocalEngine> {
  return loadEngineWith(loadInterfaces, dir, options);
}

export interface LoadContext extends Omit<InterfaceContext, 'pictures'> {
  readonly tokenizer: Tokenizer;
  readonly sessions: LanguageSessions;
}

/** What turns media into rows; `cleanup` takes what has to be disposed of. */
export type LoadInterfaces = (context: LoadContext, cleanup: DisposableStack) => Promise<LoadedInterfaces>;

/** `loadEngine`, with the interfaces that are given in place of the bundle's. */
export async function loadEngineWith(
  interfacesOf: LoadInterfaces,
  dir: string,
  options: EngineOptions,
): Promise<LocalEngine> {
  const settings = { ...defaultOptions, ...options };
  checkOptions(settings);
  using bundle = await openBundle(dir, { verify: settings.verify });
  using cleanup = new DisposableStack();
  const language = makePart(languageModels, bundle.manifest.llm, 'llm');
  const tokenizer = await loadTokenizer(bundle, language);
  const contextLength = contextLengthOf(settings, language);

  // Idle threads that spin take the cores from the event loop, and from other processes; where every token passes
  // hundreds of products of gigabytes, waking them up costs more (docs/benchmarks.md).
  const llmBytes = bundle.manifest.files[bundle.manifest.llm.weights]?.sizeBytes ?? 0;
  const runtime = cleanup.use(
    Runtime.load({
      allowSpinning: llmBytes >= largeBytes,
      ...(settings.threads === undefined ? {} : { intraOpThreads: settings.threads }),
    }),
  );
  const session: SessionOptions = { provider: settings.provider };
  const media = new EmbeddingCache(settings.mediaCacheBytes);
  try {
    const weights = bundle.weights(bundle.manifest.llm.weights);
    const { parts = new SharedParts(), maxConcurrent, maxQueued } = settings;
    const pieces = tokenizer.vocabSize;
    const recipe = [
      'language model',
      session,
      contentOf(bundle.manifest.llm, bundle.manifest),
      { pieces, contextLength, maxConcurrent, maxQueued },
    ];
    const { part: runner } = cleanup.use(
      await parts.lease(recipe, async () => {
        const sessions = await LanguageSessions.load(runtime, language, parametersIn(weights), {
          slots: maxConcurrent,
          length: contextLength,
          sections: sectionsFor(bytesIn(weights), runtime.intraOpThreads),
          session,
        });
        return new LanguageRunner({ sessions, language, pieces, maxConcurrent, maxQueued });
      }),
    );
    const { hiddenSize } = language;
    const { sessions } = runner;
    const context = { bundle, runtime, session, hiddenSize, cache: media, parts, tokenizer, sessions };
    const interfaces = await interfacesOf(context, cleanup);
    const { chatTemplate } = bundle.manifest;
    const engine = new LocalEngine({
      model: {
        id: bundle.manifest.name,
        ...mediaOf(bundle.manifest.interfaces),
        contextLength,
        created: await createdAt(bundle),
      },
      generation: bundle.manifest.generation,
      cleanUp: templateOf(chatTemplate).cleanUp,
      transcriptionPrompt: transcriptionPromptOf(bundle.manifest.interfaces.speech),
      fires: bundle.manifest.interfaces.speech?.fires ?? 'tokens',
      language,
      tokenizer,
      prompts: new PromptReader({ tokenizer, chatTemplate, language, contextLength, interfaces }),
      runner,
      media,
      maxConcurrent,
      maxQueued,
      resources: cleanup.move(),
    });
    const { image } = bundle.manifest.interfaces;
    const seeingBytes = image ? (bundle.manifest.files[image.encoder.weights]?.sizeBytes ?? 0) : 0;
    await engine.warmUp({ pictures: seeingBytes < costlyBytes }).catch(async (error: unknown) => {
      await engine.close();
      throw error;
    });
    return engine;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    throw new EngineError('invalid_bundle', `${bundle.path}: ${error.message}`, { cause: error });
  }
}

function checkOptions(options: EngineOptions): void {
  const least = { maxConcurrent: 1, maxQueued: 0, contextLength: 1, mediaCacheBytes: 0 } as const;
  for (const [name, minimum] of Object.entries(least)) {
    const value = options[name as keyof typeof least];
    if (value === undefined || (Number.isSafeInteger(value) && value >= minimum)) continue;
    throw new RangeError(`loadEngine: ${name} must be an integer of ${minimum} or more, got ${value}`);
  }
}

function contextLengthOf({ contextLength }: EngineOptions, { maxLength }: LanguageModel): number {
  if (contextLength === undefined || contextLength <= maxLength) return contextLength ?? maxLength;
  throw new RangeError(`loadEngine: contextLength is ${contextLength}, but the model's is ${maxLength}`);
}

/** From so many bytes on an encoder takes seconds for a picture, and its first is as quick as the next. */
const costlyBytes = 500e6;

/** Of all tensors of a file. */
const bytesIn = ({ tensors }: SafetensorsFile): number =>
  [...tensors.values()].reduce((sum, tensor) => sum + tensor.sizeBytes, 0);

/** What the model takes besides text. */
function mediaOf({
  image,
  video,
  speech,
}: BundleManifest['interfaces']): Pick<EngineModel, 'imageSize' | 'video' | 'speech'> {
  const imageSize = image?.preprocessing.size ?? 0;
  return {
    imageSize,
    video: video && { frames: video.frames.count, size: imageSize },
    speech: speech && {
      sampleRateHz: speech.preprocessing.sampleRateHz,
      maxSeconds: speech.preprocessing.maxSeconds,
    },
  };
}

async function loadInterfaces(shared: LoadContext, cleanup: DisposableStack): Promise<LoadedInterfaces> {
  const pictures = await loadPictureEncoder(shared);
  if (pictures) cleanup.use(pictures);
  const context = { ...shared, pictures };
  const names = Object.keys(modalities) as InterfaceName[];
  const loaded = await Promise.all(
    names.map(async (name) => [name, await modalities[name].load(context)] as const),
  );
  for (const [, one] of loaded) if (one) cleanup.use(one);
  return Object.fromEntries(loaded.filter(([, one]) => one !== undefined));
}

/** A bundle carries no date, so that equal bundles are equal bytes. */
async function createdAt(bundle: Bundle): Promise<number> {
  const { mtimeMs } = await stat(join(bundle.path, 'xllm.json'));
  return Math.floor(mtimeMs / 1000);
}
