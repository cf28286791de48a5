import { basename, dirname } from 'node:path';
import { type FamilyName, type ImageFamilyName, isModelFamily } from '@x-llm/engine/families';
import { type ImportOptions, importInterfaces } from '@x-llm/engine/import';
import { bytes } from './columns.ts';
import { modelsFolder } from './home.ts';
import { importFailure } from './import-failure.ts';
import { importProgress } from './import-progress.ts';
import type { Place } from './place.ts';
import { type EncoderFlags, encoderQuantization, quantizationLine } from './quantization.ts';
import { UserError } from './user-error.ts';

/** What imports of interfaces take, or refuse. */
export interface InterfaceImportFlags extends EncoderFlags {
  readonly name?: string | undefined;
  readonly family?: FamilyName | ImageFamilyName | undefined;
  readonly cFormer?: string | undefined;
  readonly quantize: 'int4' | 'int8' | 'none';
  readonly text?: string | undefined;
}

/** `xllm import` of a checkpoint that is no language model: a bundle of its interface, for `xllm compose`. */
export async function runInterfaceImport(
  { to, draft, keep }: Place,
  folder: string,
  flags: InterfaceImportFlags,
  source: ImportOptions['source'],
): Promise<void> {
  refuseModelFlags(flags);
  const { name, cFormer, quantizeEncoders, blockSize } = flags;
  const family = flags.family && !isModelFamily(flags.family) ? flags.family : undefined;
  const progress = importProgress();
  const started = performance.now();
  try {
    const made = await importInterfaces({
      from: folder,
      to: draft,
      name,
      family,
      cFormer,
      source,
      quantizeEncoders: encoderQuantization(quantizeEncoders, blockSize) ?? undefined,
      ...progress,
    });
    keep();
    const seconds = (performance.now() - started) / 1000;
    progress.end();
    const { manifest, untrained } = made;
    const [modality = '', one] = Object.entries(manifest.interfaces)[0] ?? [];
    console.log(
      `${to}: ${manifest.name} (${made.family}), an interface for ${modality} and no language model, ${made.tensors} tensors, ${bytes(made.sizeBytes)} in ${seconds.toFixed(1)} s`,
    );
    if (made.errors.length > 0) console.log(quantizationLine(made.errors, made.fidelity));
    console.log(`Licence: ${manifest.licence}`);
    if (untrained.length > 0) console.log(`Untrained, drawn at random: ${untrained.join(', ')}.`);
    if (!('adapter' in (one ?? {})))
      console.log('It has no adapter to a language model: compose draws one, which stage 2 has to teach.');
    const called = dirname(to) === modelsFolder() ? basename(to) : to;
    const example = `--llm chatglm3-6b --${modality} ${called} --name chatglm3-6b-${modality}`;
    console.log(`Give it a language model: npx xllm compose ${example}`);
  } catch (error) {
    progress.end();
    throw importFailure(error);
  }
}

/** Throws UserError for what only a language model has a use for: before anything is read, or fetched. */
export function refuseModelFlags({ quantize, text }: Pick<InterfaceImportFlags, 'quantize' | 'text'>): void {
  if (quantize === 'none' && text === undefined) return;
  throw new UserError(
    '--quantize and --text are of language models, not of an interface.',
    'Leave them out; --quantize-encoders is of what looks or listens.',
  );
}
