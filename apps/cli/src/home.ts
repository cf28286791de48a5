/** Where models and downloads are kept for this person: `XLLM_HOME`, else as the XDG base directories say. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** Models that were pulled or imported: `$XLLM_HOME/models`, else `$XDG_DATA_HOME/xllm/models` (~/.local/share). */
export const modelsFolder = (): string => folderFor('models', 'XDG_DATA_HOME', '.local/share');

/** What `pull` fetches before it is imported: `$XLLM_HOME/hub`, else `$XDG_CACHE_HOME/xllm/hub` (~/.cache). */
export const downloadsFolder = (): string => folderFor('hub', 'XDG_CACHE_HOME', '.cache');

function folderFor(what: string, variable: string, usual: string): string {
  const { XLLM_HOME: home, [variable]: base = '' } = process.env;
  if (home !== undefined && home !== '') return join(resolve(home), what);
  // The specification wants relative ones ignored.
  return join(isAbsolute(base) ? base : join(homedir(), usual), 'xllm', what);
}

export const isBundle = (folder: string): boolean => existsSync(join(folder, 'xllm.json'));

/** As the manifest wants names; so never a path. */
export const isModelName = (name: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(name);

/** Of the models that were pulled or imported. */
export function modelNames(): string[] {
  const folder = modelsFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isModelName(name) && isBundle(join(folder, name)))
    .sort();
}
