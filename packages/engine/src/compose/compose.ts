/** A model of parts: the language model of one bundle, interfaces of others and of public checkpoints. */
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type BundleManifest,
  CheckpointError,
  diskOf,
  type FileSource,
  requireSpace,
  writeBundle,
} from '@x-llm/checkpoint';
import { languageModels, makePart } from '../architectures/index.ts';
import type { InterfaceOptions } from '../import/interfaces.ts';
import { counted } from '../import/tensors.ts';
import { ComposeError } from './error.ts';
import { misfits, reasonOf } from './fit.ts';
import {
  type CheckpointOptions,
  isCheckpointFolder,
  isModel,
  type Origin,
  openBundleOrigin,
  openCheckpointOrigin,
} from './origin.ts';
import {
  type InterfacePart,
  type PartName,
  type Parts,
  type PlannedFile,
  partNames,
  planBundle,
  taughtElsewhere,
  type Untrained,
} from './plan.ts';

export interface ComposeOptions {
  /** What the model is to be called. */
  readonly name: string;
  /** The bundle to write: a folder that is not there, or empty. */
  readonly to: string;
  /**
   * The folders that the parts come from: bundles, and for interfaces public checkpoints, too. `video` needs an `image` that
   * it shares encoder and X2L with.
   */
  readonly parts: { readonly llm: string } & Readonly<Partial<Record<InterfacePart, string>>>;
  /** How those that are public checkpoints are read. */
  readonly checkpoints?: CheckpointOptions;
  /** Told of how many bytes of checkpoints were read. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

export interface Composed {
  readonly manifest: BundleManifest;
  /** Interfaces that learnt to speak to a language model of other weights. */
  readonly taughtElsewhere: readonly InterfacePart[];
  /** What was drawn at random, because no checkpoint has it: stage 2 has to teach it. */
  readonly untrained: readonly Untrained[];
  /** Of files that are hard links, of those that had to be copied, and of those made of public checkpoints. */
  readonly linkedBytes: number;
  readonly copiedBytes: number;
  readonly madeBytes: number;
}

/**
 * Writes a bundle of parts of others. The llm part brings tokenizer, chat template and generation; the others encoder, X2L
 * interface, adapter and preprocessing. Files of bundles are hard links where they can be; those of public checkpoints are
 * written, one tensor in memory at a time. An adapter that a part lacks is drawn at random.
 *
 * @throws ComposeError `incompatible_parts` with every reason why these parts make no model, `exists` for a folder that is
 * not empty; CheckpointError `no_space`, `hash_mismatch` for a part's file that was changed, `invalid_tensor` for a number
 * that is none. Nothing is left behind then.
 * @example await composeBundle({ name: 'sees', to: 'sees', parts: { llm: 'chatglm-6b', image: 'visualglm-6b' } });
 */
export async function composeBundle(options: ComposeOptions): Promise<Composed> {
  const { name, parts: named, checkpoints = {}, onProgress = () => {} } = options;
  const to = resolve(options.to);
  const isThere = existsSync(to);
  if (isThere && (!(await stat(to)).isDirectory() || (await readdir(to)).length > 0))
    throw new ComposeError('exists', [`${to} is there already`]);
  using cleanup = new DisposableStack();
  const parts = await openParts(named, checkpoints, cleanup);
  const { bundle } = parts.llm;
  // Without the language model every width would be a guess.
  const [language, plan] = attempt(() => {
    const made = makePart(languageModels, bundle.manifest.llm, 'llm');
    return [made, planBundle(name, parts, made, checkpoints.seed ?? 0)] as const;
  });
  const reasons = await misfits(plan, language, bundle);
  if (reasons.length > 0) throw new ComposeError('incompatible_parts', reasons);
  for (const { from, file } of plan.files.values()) await from.bundle?.verify([file]);

  const { disk } = await diskOf(to);
  const files = await Promise.all(
    [...plan.files].map(async ([file, planned]) => ({
      ...planned,
      file,
      how: await howWritten(planned, disk),
    })),
  );
  const bytes = (how: Awaited<ReturnType<typeof howWritten>>) =>
    files.filter((one) => one.how === how).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const madeBytes = bytes('made');
  await requireSpace(to, bytes('copied') + madeBytes);
  const sources = watched(files, (done) => onProgress(done, madeBytes));
  try {
    const manifest = await writeBundle(to, plan.manifest, sources);
    return {
      manifest,
      taughtElsewhere: taughtElsewhere(parts),
      untrained: plan.untrained,
      linkedBytes: bytes('linked'),
      copiedBytes: bytes('copied'),
      madeBytes,
    };
  } catch (error) {
    if (isThere) for (const { file } of files) await rm(join(to, file), { force: true });
    else await rm(to, { recursive: true, force: true });
    throw error;
  }
}

/** Throws what is wrong with the manifests of the parts as a reason. */
function attempt<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    throw new ComposeError('incompatible_parts', [reasonOf(error)]);
  }
}

async function howWritten({ source }: PlannedFile, disk: number): Promise<'made' | 'linked' | 'copied'> {
  if (typeof source !== 'object' || !('linkOf' in source)) return 'made';
  return (await stat(source.linkOf)).dev === disk ? 'linked' : 'copied';
}

/** What `writeBundle` takes; `onRead` is told of the bytes of what is made. */
function watched(
  files: readonly { readonly file: string; readonly source: FileSource }[],
  onRead: (doneBytes: number) => void,
): Record<string, FileSource> {
  const made = files.flatMap(({ file, source }) =>
    typeof source === 'object' && 'tensors' in source
      ? [[file, { tensors: [...source.tensors] }] as const]
      : [],
  );
  return {
    ...Object.fromEntries(files.map(({ file, source }) => [file, source])),
    ...counted(Object.fromEntries(made), onRead),
  };
}

/** Throws `incompatible_parts` with all that cannot be opened or is not in its bundle. */
async function openParts(
  named: ComposeOptions['parts'],
  checkpoints: CheckpointOptions,
  cleanup: DisposableStack,
): Promise<Parts> {
  const reasons: string[] = [];
  const opened = new Map<string, Origin | undefined>();
  const options = Object.keys(useless) as (keyof typeof useless)[];
  const unused = new Set(options.filter((one) => checkpoints[one] !== undefined));
  const open = async (part: PartName, folder: string): Promise<Origin | undefined> => {
    const path = resolve(folder);
    if (opened.has(path)) return opened.get(path);
    const opening =
      part !== 'llm' && isCheckpointFolder(path)
        ? openCheckpointOrigin(path, optionsFor(part, checkpoints, unused), cleanup)
        : openBundleOrigin(path, cleanup);
    const origin = await opening.catch((error: unknown) => {
      if (!(error instanceof CheckpointError)) throw error;
      reasons.push(`${part}: ${error.message}`);
      return undefined;
    });
    opened.set(path, origin);
    return origin;
  };
  let llm: Parts['llm'] | undefined;
  const interfaces: Partial<Record<InterfacePart, Origin>> = {};
  for (const part of partNames) {
    const folder = named[part];
    const origin = folder === undefined ? undefined : await open(part, folder);
    if (!origin) continue;
    const { name, interfaces: has } = origin.manifest;
    if (part === 'llm') {
      if (isLanguagePart(origin)) llm = origin;
      else reasons.push(`llm: ${name} has no language model, only ${listed(has)}`);
    } else if (has[part]) interfaces[part] = origin;
    else reasons.push(`${part}: ${name} has no interface for ${part}; it has ${listed(has)}`);
  }
  const unshared = videoMisfit(interfaces, named.image);
  if (unshared !== undefined) reasons.push(unshared);
  for (const one of unused) reasons.push(`${one}: ${useless[one]}`);
  if (reasons.length > 0 || !llm) throw new ComposeError('incompatible_parts', reasons);
  return { llm, interfaces };
}

const isLanguagePart = (origin: Origin): origin is Parts['llm'] => isModel(origin.bundle);

const listed = (interfaces: object): string => Object.keys(interfaces).join(', ') || 'none';

/** Options that say how a checkpoint is read, and what it means that no part has a use for one. */
const useless = {
  family: 'no part is a public checkpoint of pictures, whose form it would tell',
  sizes: 'no part is a public checkpoint of pictures, whose sizes it would tell',
  cFormer: 'no part is a public checkpoint of speech, which would be read with it',
} as const;

/** Those for a part; they are taken out of `unused`. */
function optionsFor(
  part: InterfacePart,
  { family, sizes, cFormer, seed }: CheckpointOptions,
  unused: Set<keyof typeof useless>,
): CheckpointOptions & Pick<InterfaceOptions, 'modality'> {
  const own = part === 'speech' ? { cFormer } : { family, sizes };
  for (const one of Object.keys(own) as (keyof typeof useless)[]) unused.delete(one);
  return { ...own, seed, modality: part === 'speech' ? 'speech' : 'image' };
}

/** Frames are looked at with the picture's encoder and Q-Former, which the queries and the adapter of video were taught with. */
function videoMisfit({ image, video }: Parts['interfaces'], named: string | undefined): string | undefined {
  if (!video) return undefined;
  const { name } = video.manifest;
  if (named === undefined)
    return `video: it shares encoder and X2L interface of the pictures of ${name}; name ${name} for image, too`;
  if (!image || image === video || seenWith(image) === seenWith(video)) return undefined;
  return `video: it shares encoder and X2L interface of the pictures of ${name}, and those of ${image.manifest.name} are others; name one bundle for both`;
}

/** Equal for bundles whose pictures go through the same encoder and X2L interface. */
function seenWith({ manifest, file }: Origin): string {
  const { preprocessing, encoder, x2l } = manifest.interfaces.image ?? {};
  const parts = [encoder, x2l].map(
    (one) => one && [one.architecture, one.config, file(one.weights).entry?.sha256],
  );
  return JSON.stringify([preprocessing, parts]);
}
