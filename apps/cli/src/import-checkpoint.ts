import { open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CheckpointError } from '@x-llm/checkpoint';
import { isModelFamily } from '@x-llm/engine/families';
import {
  addSpeechInterface,
  bundleName,
  findForm,
  type ImportOptions,
  importCheckpoint,
  type MeasuredPerplexity,
  type QuantizationError,
} from '@x-llm/engine/import';
import { bytes } from './columns.ts';
import { modelsFolder } from './home.ts';
import { adviceFor, importFailure } from './import-failure.ts';
import { type InterfaceImportFlags, runInterfaceImport } from './import-interfaces.ts';
import { findBundle } from './paths.ts';
import { createProgress } from './progress.ts';
import { UserError } from './user-error.ts';

export interface ImportFlags extends InterfaceImportFlags {
  readonly blockSize: '16' | '32' | '64' | '128' | '256';
  /** A bundle that the checkpoint, of a speech encoder, is to be the ears of; without one it becomes a bundle of its own. */
  readonly into?: string | undefined;
}

/** `xllm import`, and the second half of `xllm pull`, which knows the `source`. */
export async function runImport(
  folder: string,
  flags: ImportFlags,
  source?: ImportOptions['source'],
): Promise<void> {
  if (flags.into !== undefined) return runSpeechImport(folder, flags);
  const text = flags.text === undefined ? undefined : await readText(flags.text);
  const form = await findForm(folder, flags.family).catch((error: unknown) => {
    throw importFailure(error);
  });
  if (form !== 'model') return runInterfaceImport(folder, flags, source);
  if (flags.cFormer !== undefined) {
    const advice = 'Leave it out, or give the folder of a Paraformer.';
    throw new UserError(`--c-former is for a Paraformer, and ${folder} is none.`, advice);
  }
  const { out, name, quantize, blockSize } = flags;
  const family = flags.family && isModelFamily(flags.family) ? flags.family : undefined;
  const to = out ?? join(modelsFolder(), name ?? bundleName(folder));
  const progress = createProgress(process.stderr, { show: bytes });
  const started = performance.now();
  try {
    const { manifest, tensors, sizeBytes, errors, ...found } = await importCheckpoint({
      from: folder,
      to,
      name,
      family,
      quantize:
        quantize === 'none'
          ? undefined
          : { bits: quantize === 'int4' ? 4 : 8, blockSize: numbers[blockSize] },
      source,
      text,
      onProgress: (done, total) => progress.update(done, total, 'read'),
    });
    const seconds = (performance.now() - started) / 1000;
    progress.end();
    console.log(
      `${to}: ${manifest.name} (${found.family}), ${tensors} tensors, ${bytes(sizeBytes)} in ${seconds.toFixed(1)} s`,
    );
    if (errors.length > 0) console.log(quantizationLine(errors));
    if (found.perplexity) console.log(perplexityLine(found.perplexity));
    console.log(`Licence: ${manifest.licence}`);
    const called = dirname(resolve(to)) === modelsFolder() ? basename(to) : to;
    console.log(`Try it: npx xllm chat --bundle ${called} "Hello"`);
  } catch (error) {
    progress.end();
    throw importFailure(error);
  }
}

/** `xllm import PARAFORMER --into BUNDLE --c-former BERT`: the bundle with an interface for speech, under another name. */
async function runSpeechImport(folder: string, flags: ImportFlags): Promise<void> {
  const { into, cFormer, out, family, quantize } = flags;
  if (into === undefined || cFormer === undefined) {
    const advice =
      'For example: xllm import paraformer-large --into chatglm-6b --c-former bert-base-chinese. Pictures: xllm compose --help.';
    throw new UserError('--into, a bundle, and --c-former, a BERT, belong together.', advice);
  }
  if (family !== undefined || quantize !== 'none') {
    const advice = 'Leave them out; the bundle that --into names may be quantised.';
    throw new UserError(
      '--family and --quantize are of language models, not of an interface for speech.',
      advice,
    );
  }
  const bundle = findBundle(into);
  const name = flags.name ?? `${bundleName(bundle)}-speech`.slice(0, 64);
  const to = out ?? join(modelsFolder(), name);
  if (resolve(to) === resolve(bundle)) {
    throw new UserError(
      `${to} is the bundle that is read.`,
      'Give the new one another place with --out, or another --name.',
    );
  }
  try {
    const { untrained } = await addSpeechInterface({ encoder: folder, cFormer, bundle, to, name });
    console.log(`${to}: ${name}, with an interface for speech`);
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

const numbers = { 16: 16, 32: 32, 64: 64, 128: 128, 256: 256 } as const;

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

/** How far quantised matrices are from what they were: on the whole, and the worst of them. */
function quantizationLine(errors: readonly QuantizationError[]): string {
  const worst = errors.toSorted((a, b) => b.relative - a.relative).slice(0, 3);
  const mean = errors.reduce((sum, { relative }) => sum + relative, 0) / errors.length;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const named = worst.map(({ name, relative }) => `${name} ${percent(relative)}`).join(', ');
  return `Quantised: ${errors.length} matrices, off by ${percent(mean)} on average; most: ${named}`;
}
