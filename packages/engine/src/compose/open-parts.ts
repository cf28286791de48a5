/** The parts of a model by the folders that were named. */
import { resolve } from 'node:path';
import { CheckpointError } from '@x-llm/checkpoint';
import type { InterfaceOptions } from '../import/interfaces.ts';
import { ComposeError } from './error.ts';
import {
  type CheckpointOptions,
  isCheckpointFolder,
  isModel,
  type Origin,
  openBundleOrigin,
  openCheckpointOrigin,
} from './origin.ts';
import { type InterfacePart, type PartName, type Parts, partNames } from './plan.ts';

export type NamedParts = { readonly llm: string } & Readonly<Partial<Record<InterfacePart, string>>>;

/** Throws `incompatible_parts` with all that cannot be opened or is not where it was looked for. `cleanup` closes them. */
export async function openParts(
  named: NamedParts,
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
