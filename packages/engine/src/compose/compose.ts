/** A model of parts: the language model of one bundle, interfaces of others. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type AnyManifest,
  type Bundle,
  type BundleManifest,
  CheckpointError,
  diskOf,
  hasLanguageModel,
  openAnyBundle,
  requireSpace,
  writeBundle,
} from '@x-llm/checkpoint';
import { contentOf } from '../shared-parts.ts';
import { ComposeError } from './error.ts';
import { misfits } from './fit.ts';
import {
  type InterfacePart,
  type PartName,
  type Parts,
  partNames,
  planBundle,
  taughtElsewhere,
} from './plan.ts';

export interface ComposeOptions {
  /** What the model is to be called. */
  readonly name: string;
  /** The bundle to write: a folder that is not there, or empty. */
  readonly to: string;
  /** The folders of the bundles that the parts come from. `video` needs an `image` that it shares encoder and X2L with. */
  readonly parts: { readonly llm: string } & Readonly<Partial<Record<InterfacePart, string>>>;
}

export interface Composed {
  readonly manifest: BundleManifest;
  /** Interfaces that learnt to speak to a language model of other weights. */
  readonly taughtElsewhere: readonly InterfacePart[];
  /** Of files that are hard links, and of those that had to be copied. */
  readonly linkedBytes: number;
  readonly copiedBytes: number;
}

/**
 * Writes a bundle of parts of others. The llm part brings tokenizer, chat template and generation; the others encoder, X2L
 * interface, adapter and preprocessing. Files are hard links where they can be.
 *
 * @throws ComposeError `incompatible_parts` with every reason why these parts make no model, `exists` for a folder that is
 * not empty; CheckpointError `no_space`, `hash_mismatch` for a part's file that was changed. Nothing is written then.
 * @example await composeBundle({ name: 'sees', to: 'sees', parts: { llm: 'chatglm-6b', image: 'visualglm-6b' } });
 */
export async function composeBundle({ name, to: given, parts: named }: ComposeOptions): Promise<Composed> {
  const to = resolve(given);
  if (existsSync(to) && (!(await stat(to)).isDirectory() || (await readdir(to)).length > 0))
    throw new ComposeError('exists', [`${to} is there already`]);
  using cleanup = new DisposableStack();
  const parts = await openParts(named, cleanup);
  const plan = planBundle(name, parts);
  const reasons = await misfits(plan, parts.llm);
  if (reasons.length > 0) throw new ComposeError('incompatible_parts', reasons);
  for (const { from, file } of plan.files.values()) await from.verify([file]);

  const { disk } = await diskOf(to);
  const files = await Promise.all(
    [...plan.files].map(async ([file, { from, file: there, entry }]) => {
      const linkOf = from.file(there);
      return { file, linkOf, entry, isCopied: (await stat(linkOf)).dev !== disk };
    }),
  );
  const bytes = (copied: boolean) =>
    files.filter(({ isCopied }) => isCopied === copied).reduce((sum, { entry }) => sum + entry.sizeBytes, 0);
  await requireSpace(to, bytes(true));
  const sources = Object.fromEntries(files.map(({ file, linkOf, entry }) => [file, { linkOf, entry }]));
  return {
    manifest: await writeBundle(to, plan.manifest, sources),
    taughtElsewhere: taughtElsewhere(parts),
    linkedBytes: bytes(false),
    copiedBytes: bytes(true),
  };
}

/** Throws `incompatible_parts` with all that cannot be opened or is not in its bundle. */
async function openParts(named: ComposeOptions['parts'], cleanup: DisposableStack): Promise<Parts> {
  const reasons: string[] = [];
  const opened = new Map<string, Bundle<AnyManifest> | undefined>();
  const open = async (part: PartName, folder: string) => {
    const path = resolve(folder);
    if (opened.has(path)) return opened.get(path);
    // Only files that are used are hashed, later.
    const bundle = await openAnyBundle(path, { verify: false }).catch((error: unknown) => {
      if (!(error instanceof CheckpointError)) throw error;
      reasons.push(`${part}: ${error.message}`);
    });
    opened.set(path, bundle ? cleanup.use(bundle) : undefined);
    return bundle ?? undefined;
  };
  let llm: Bundle | undefined;
  const interfaces: Partial<Record<InterfacePart, Bundle<AnyManifest>>> = {};
  for (const part of partNames) {
    const folder = named[part];
    const bundle = folder === undefined ? undefined : await open(part, folder);
    if (!bundle) continue;
    const { name, interfaces: has } = bundle.manifest;
    if (part === 'llm') {
      if (isModel(bundle)) llm = bundle;
      else reasons.push(`llm: ${name} has no language model, only ${listed(has)}`);
    } else if (has[part]) interfaces[part] = bundle;
    else reasons.push(`${part}: ${name} has no interface for ${part}; it has ${listed(has)}`);
  }
  const unshared = videoMisfit(interfaces, named.image);
  if (unshared !== undefined) reasons.push(unshared);
  if (reasons.length > 0 || !llm) throw new ComposeError('incompatible_parts', reasons);
  return { llm, interfaces };
}

const isModel = (bundle: Bundle<AnyManifest>): bundle is Bundle => hasLanguageModel(bundle.manifest);

const listed = (interfaces: object): string => Object.keys(interfaces).join(', ') || 'none';

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
function seenWith({ manifest }: Bundle<AnyManifest>): string {
  const { preprocessing, encoder, x2l } = manifest.interfaces.image ?? {};
  return JSON.stringify([preprocessing, [encoder, x2l].map((one) => one && contentOf(one, manifest))]);
}
