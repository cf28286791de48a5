import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CheckpointError } from '@x-llm/checkpoint';
import { isModelFamily } from '@x-llm/engine/families';
import {
  addSpeechInterface,
  bundleName,
  findForm,
  type ImportOptions,
  importCheckpoint,
  type MeasuredPerplexity,
} from '@x-llm/engine/import';
import { bytes } from './columns.ts';
import { modelsFolder } from './home.ts';
import { adviceFor, importFailure } from './import-failure.ts';
import { type InterfaceImportFlags, runInterfaceImport } from './import-interfaces.ts';
import { importProgress } from './import-progress.ts';
import { findBundle } from './paths.ts';
import { type Place, reservePlace } from './place.ts';
import { blockSizeOf, encoderQuantization, quantizationLine } from './quantization.ts';
import { UserError } from './user-error.ts';

export interface ImportFlags extends InterfaceImportFlags {
  readonly out?: string | undefined;
  /** Whether a model that is there already is replaced. */
  readonly force: boolean;
  /** A bundle that the checkpoint, of a speech encoder, is to be the ears of; without one it becomes a bundle of its own. */
  readonly into?: string | undefined;
}

/** `xllm import`. */
export async function runImport(folder: string, flags: ImportFlags): Promise<void> {
  if (flags.into !== undefined) return runSpeechImport(folder, flags);
  const { out, name, cFormer, force } = flags;
  const to = out ?? join(modelsFolder(), name ?? bundleName(folder));
  const reads = cFormer === undefined ? [folder] : [folder, cFormer];
  await using place = await reservePlace(to, { force, doing: `importing ${folder}`, reads });
  await importInto(place, folder, flags);
}

/** Makes a model of a checkpoint, or a bundle of its interface; `xllm pull` knows the `source`. */
export async function importInto(
  place: Place,
  folder: string,
  flags: Omit<ImportFlags, 'out' | 'into' | 'force'>,
  source?: ImportOptions['source'],
): Promise<void> {
  const text = flags.text === undefined ? undefined : await readText(flags.text);
  const form = await findForm(folder, flags.family).catch((error: unknown) => {
    throw importFailure(error);
  });
  if (form !== 'model') return runInterfaceImport(place, folder, flags, source);
  if (flags.cFormer !== undefined) {
    const advice = 'Leave it out, or give the folder of a Paraformer.';
    throw new UserError(`--c-former is for a Paraformer, and ${folder} is none.`, advice);
  }
  const { name, quantize, blockSize, quantizeEncoders } = flags;
  const family = flags.family && isModelFamily(flags.family) ? flags.family : undefined;
  const { to, draft } = place;
  const progress = importProgress();
  const started = performance.now();
  try {
    const { manifest, tensors, sizeBytes, errors, ...found } = await importCheckpoint({
      from: folder,
      to: draft,
      name,
      family,
      quantize:
        quantize === 'none'
          ? undefined
          : { bits: quantize === 'int4' ? 4 : 8, blockSize: blockSizeOf[blockSize] },
      quantizeEncoders: encoderQuantization(quantizeEncoders, blockSize),
      source,
      text,
      ...progress,
    });
    place.keep();
    const seconds = (performance.now() - started) / 1000;
    progress.end();
    console.log(
      `${to}: ${manifest.name} (${found.family}), ${tensors} tensors, ${bytes(sizeBytes)} in ${seconds.toFixed(1)} s`,
    );
    if (errors.length > 0) console.log(quantizationLine(errors, found.fidelity));
    if (found.perplexity) console.log(perplexityLine(found.perplexity));
    console.log(`Licence: ${manifest.licence}`);
    const called = dirname(to) === modelsFolder() ? basename(to) : to;
    console.log(`Try it: npx xllm chat --bundle ${called} "Hello"`);
  } catch (error) {
    progress.end();
    throw importFailure(error);
  }
}

/** `xllm import PARAFORMER --into BUNDLE --c-former BERT`: the bundle with an interface for speech, under another name. */
async function runSpeechImport(folder: string, flags: ImportFlags): Promise<void> {
  const { into, cFormer, out, family, quantize, quantizeEncoders, blockSize } = flags;
  if (into === undefined || cFormer === undefined) {
    const advice =
      'For example: xllm import paraformer-large --into chatglm-6b --c-former bert-base-chinese. Pictures: xllm compose --help.';
    throw new UserError('--into, a bundle, and --c-former, a BERT, belong together.', advice);
  }
  if (family !== undefined || quantize !== 'none') {
    const advice =
      'Leave them out; the bundle that --into names may be quantised, and --quantize-encoders is of what listens.';
    throw new UserError(
      '--family and --quantize are of language models, not of an interface for speech.',
      advice,
    );
  }
  const bundle = findBundle(into);
  const name = flags.name ?? `${bundleName(bundle)}-speech`.slice(0, 64);
  const to = out ?? join(modelsFolder(), name);
  const { force } = flags;
  const reads = [bundle, folder, cFormer];
  await using place = await reservePlace(to, { force, doing: `importing ${folder}`, reads });
  try {
    const { untrained, errors } = await addSpeechInterface({
      encoder: folder,
      cFormer,
      bundle,
      to: place.draft,
      name,
      quantizeEncoders: encoderQuantization(quantizeEncoders, blockSize) ?? undefined,
    });
    place.keep();
    console.log(`${place.to}: ${name}, with an interface for speech`);
    if (errors.length > 0) console.log(quantizationLine(errors));
    if (untrained.length > 0) {
      console.log(`Untrained, drawn at random: ${untrained.join(', ')}.`);
      console.log('Teach them: npx xllm train stage2 --modality speech --print-config > speech.json');
    }
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new UserError(error.message, speechAdviceFor(error), { cause: error });
  }
}

function speechAdviceFor(error: CheckpointError): string {
  if (error.code === 'invalid_config' || error.code === 'not_found')
    return 'Give the folder of Paraformer (config.yaml, am.mvn, model.pt), and with --c-former that of a BERT (config.json, weights).';
  return adviceFor(error);
}

/** As much of a file as any tokenizer needs for the tokens that are measured. */
async function readText(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(1 << 18) });
      const text = new TextDecoder().decode(buffer.subarray(0, bytesRead)).trim();
      if (text !== '') return text;
    } finally {
      await file.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`--text: ${reason}`, 'Give a file of plain text.', { cause: error });
  }
  throw new UserError(`--text: ${path} has no text`, 'Give a file of plain text, a page or more.');
}

function perplexityLine({ tokens, before, after }: MeasuredPerplexity): string {
  const of = `Perplexity of ${tokens} tokens: ${before.toPrecision(5)}`;
  if (after === undefined) return of;
  const change = 100 * (after / before - 1);
  return `${of} before, ${after.toPrecision(5)} after (${change < 0 ? '' : '+'}${change.toFixed(1)} %)`;
}
