/** What a folder holds: which public checkpoint, and what can be made of it. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readConfig, wrongConfig } from './config.ts';
import { type FamilyName, families, familyNames, isModelFamily } from './families.ts';
import type { HubConfig } from './family.ts';
import { imageFamilyOf } from './image-families.ts';
import { type ImageFamilyName, imageFamilyNames } from './image-family.ts';
import { paraformerFiles } from './speech/paraformer.ts';

/** A language model, which may have interfaces, or an interface alone. */
export type Form = 'model' | 'image' | 'speech';

/**
 * What the checkpoint in a folder is: by `family` where that is said, else by its files and its `config.json`.
 * @throws CheckpointError `not_found`, `invalid_config`.
 */
export async function findForm(folder: string, family?: FamilyName | ImageFamilyName): Promise<Form> {
  if (family !== undefined) return isModelFamily(family) ? 'model' : 'image';
  const from = resolve(folder);
  if (isParaformer(from)) return 'speech';
  const path = join(from, 'config.json');
  if (!existsSync(path) && existsSync(from) && (await readdir(from)).some((name) => name.endsWith('.pth')))
    return 'image'; // as LAVIS has it
  const config = await readConfig(path);
  const isModel = familyNames.some((name) => families[name].is(config));
  if (!isModel && imageFamilyOf(config)) return 'image';
  familyOf(config, path, basename(from)); // or says why not
  return 'model';
}

/** Whose picture interface a `config.json` is of; undefined for none, and for what is no JSON object. */
export function imageFamilyIn(json: string): ImageFamilyName | undefined {
  try {
    const config: unknown = JSON.parse(json);
    return typeof config === 'object' && config !== null ? imageFamilyOf(config as HubConfig) : undefined;
  } catch {
    return undefined; // whoever imports it says what is wrong
  }
}

/** Whether a folder is one of FunASR's. */
export const isParaformer = (folder: string): boolean =>
  existsSync(join(folder, paraformerFiles.config)) && !existsSync(join(folder, 'config.json'));

/** Where the configuration fits several families, the folder's name may tell. */
export function familyOf(config: HubConfig, path: string, folder: string): FamilyName {
  const found = familyNames.filter((name) => families[name].is(config));
  const named = found.filter((name) => folder.toLowerCase().startsWith(name));
  const [only, ...more] = named.length === 1 ? named : found;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined) throw wrongConfig(path, `may be of ${found.join(' or ')}; say which with --family`);
  const type = JSON.stringify(config['model_type'] ?? null);
  const seeing = imageFamilyOf(config);
  if (seeing) {
    const rest =
      'its language model is none that this version knows; only its interface for pictures can be used';
    throw wrongConfig(path, `is of ${seeing} (model_type ${type}): ${rest}`);
  }
  const all = [...new Set([...familyNames, ...imageFamilyNames])].join(', ');
  throw wrongConfig(path, `is of no family that this version knows (model_type ${type}); it knows ${all}`);
}

/** What a bundle of the checkpoint in a folder is called unless it is said. */
export const bundleName = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64) || 'imported';
