/** Several models in one process. */
import { openBundle } from '@x-llm/checkpoint';
import type { LocalEngine } from './engine.ts';
import { EngineError } from './error.ts';
import { loadEngine } from './load.ts';
import type { EngineOptions } from './options.ts';
import { SharedParts } from './shared-parts.ts';

/**
 * Loads bundles one after the other, as `loadEngine` does; parts that are the same in several (a language model, an encoder)
 * are loaded once. Throws, with nothing left loaded, what `loadEngine` throws, and `invalid_bundle` when two have one name.
 *
 *     const [plain, hearing] = await loadEngines(['bundles/chatglm-6b', 'bundles/chatglm-6b-speech']);
 */
export async function loadEngines(
  dirs: readonly string[],
  options: Omit<EngineOptions, 'parts'> = {},
): Promise<LocalEngine[]> {
  await refuseEqualNames(dirs);
  const parts = new SharedParts();
  const engines: LocalEngine[] = [];
  try {
    for (const dir of dirs) engines.push(await loadEngine(dir, { ...options, parts }));
  } catch (error) {
    await Promise.all(engines.map((engine) => engine.close()));
    throw error;
  }
  return engines;
}

/** Before any is loaded: requests choose by the name. */
async function refuseEqualNames(dirs: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const dir of dirs) {
    using bundle = await openBundle(dir, { verify: false });
    const { name } = bundle.manifest;
    const other = seen.get(name);
    if (other !== undefined) {
      throw new EngineError(
        'invalid_bundle',
        `${other} and ${bundle.path} are both called "${name}", and requests choose a model by its name`,
      );
    }
    seen.set(name, bundle.path);
  }
}
