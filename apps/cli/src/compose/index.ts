import { basename, dirname, join, resolve } from 'node:path';
import { CheckpointError } from '@x-llm/checkpoint';
import { type Composed, ComposeError, composeBundle, type PartName, partNames } from '@x-llm/engine/compose';
import type { ImageFamilyName } from '@x-llm/engine/families';
import { bytes, columns } from '../columns.ts';
import { isModelName, modelsFolder } from '../home.ts';
import { importProgress } from '../import-progress.ts';
import { reservePlace } from '../place.ts';
import { type EncoderFlags, encoderQuantization, quantizationLine } from '../quantization.ts';
import { UserError } from '../user-error.ts';
import { findPart, type PartSource } from './part.ts';

export interface ComposeFlags {
  readonly llm: string;
  readonly image?: string;
  readonly video?: string;
  readonly speech?: string;
  /** Of public checkpoints. */
  readonly cFormer?: string;
  readonly family?: ImageFamilyName;
  readonly quantizeEncoders?: EncoderFlags['quantizeEncoders'];
  readonly name: string;
  readonly out?: string;
  readonly force: boolean;
}

/** `xllm compose`. */
export async function runCompose(flags: ComposeFlags): Promise<void> {
  const { name, out, force, cFormer, family, quantizeEncoders } = flags;
  if (!isModelName(name))
    throw new UserError(
      `${name} is no name for a model.`,
      'Use up to 64 small letters, digits, dots, dashes and underscores, as in x-llm-tiny.',
    );
  const parts = await findParts(flags);
  const folders = Object.fromEntries(Object.entries(parts).map(([part, { folder }]) => [part, folder]));
  const to = resolve(out ?? join(modelsFolder(), name));
  // A part may be replaced by what has its weights: they are links.
  const others = Object.values(folders).filter((folder) => folder !== to);
  const reads = cFormer === undefined ? others : [...others, cFormer];
  await using place = await reservePlace(to, { force, doing: `composing ${name}`, reads });
  const progress = importProgress();
  const made = await composeBundle({
    name,
    to: place.draft,
    parts: { ...folders, llm: parts.llm.folder },
    checkpoints: { cFormer, family },
    quantizeEncoders: encoderQuantization(quantizeEncoders, '128') ?? undefined,
    ...progress,
  })
    .catch((cause: unknown) => {
      throw refusal(cause);
    })
    .finally(() => progress.end());
  place.keep();
  console.log(report(place.to, parts, made));
}

type PartSources = { readonly llm: PartSource } & Readonly<Partial<Record<PartName, PartSource>>>;

/** Throws UserError with all that are not there. */
async function findParts(flags: ComposeFlags): Promise<PartSources> {
  const failures: UserError[] = [];
  const found: Partial<Record<PartName, PartSource>> = {};
  for (const part of partNames) {
    const asked = flags[part];
    if (asked === undefined) continue;
    try {
      found[part] = await findPart(part, asked);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(new UserError(`--${part}: ${error.message}`, error.advice, { cause: error }));
    }
  }
  const [first] = failures;
  const { llm } = found;
  if (first || !llm)
    throw new UserError(failures.map(({ message }) => message).join('\n'), first?.advice ?? '', {
      cause: first,
    });
  return { ...found, llm };
}

function refusal(cause: unknown): unknown {
  if (cause instanceof ComposeError) {
    const reasons = cause.reasons.map((reason) => `  - ${reason}`).join('\n');
    return new UserError(
      `These parts make no model (${cause.code}), and nothing was written:\n${reasons}`,
      '`xllm inspect PART` says what is in a model, `xllm compose --help` what else may be a part.',
      { cause },
    );
  }
  if (!(cause instanceof CheckpointError)) return cause;
  const advice =
    cause.code === 'no_space'
      ? 'Name a folder on another disk with --out, best on that of the parts.'
      : 'Get that part again, or make it again with the command that made it.';
  return new UserError(cause.message, advice, { cause });
}

function report(
  to: string,
  parts: PartSources,
  { manifest, linkedBytes, copiedBytes, madeBytes, taughtElsewhere, untrained, errors, fidelity }: Composed,
): string {
  const made = madeBytes === 0 ? '' : `, ${bytes(madeBytes)} made anew`;
  const called = dirname(to) === modelsFolder() ? basename(to) : to;
  const rows = partNames.flatMap((part) => {
    const source = parts[part];
    return source ? [[part, source.label]] : [];
  });
  const sources = manifest.provenance.sources.map(({ name, licence, url = '' }) => [name, licence, url]);
  return [
    `${to}: ${manifest.name}, ${bytes(linkedBytes)} shared with its parts, ${bytes(copiedBytes)} copied${made}`,
    columns(rows, 'words'),
    ...(errors.length > 0 ? [quantizationLine(errors, fidelity)] : []),
    `Licence: ${manifest.licence}`,
    columns([['source', 'licence', ''], ...sources], 'words'),
    ...untrained.map(
      ({ part, tensors }) =>
        `Note: the adapter of ${part} is untrained, drawn at random (${tensors.join(', ')}). Train it: npx xllm train stage2 --modality ${part} --print-config > ${part}.json`,
    ),
    ...taughtElsewhere.map(
      (part) =>
        `Note: ${part} learnt to speak to a language model of other weights. If this one does not understand it, teach it: xllm train stage2.`,
    ),
    `Try it: npx xllm chat --bundle ${called} "Hello"`,
  ].join('\n');
}
