/** Where parts come from: a bundle, or a public checkpoint that is opened for its interface. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AnyManifest,
  type Bundle,
  type FileEntry,
  type FileSource,
  hasLanguageModel,
  openAnyBundle,
  quantizedBits,
  type TensorSource,
} from '@x-llm/checkpoint';
import type { ParameterSource } from '@x-llm/onnx';
import { type InterfaceOptions, openInterfaces } from '../import/interfaces.ts';
import { writtenBytes } from '../import/tensors.ts';
import { parametersIn } from '../weights.ts';

/** A file of an origin. */
export interface OriginFile {
  readonly sizeBytes: number;
  /** What is known of one that is there already. */
  readonly entry?: FileEntry;
  /** What `writeBundle` makes it of. */
  readonly source: FileSource;
  /** Its weights, for graphs; called for what is named as weights only. */
  parameters(): ParameterSource;
}

export interface Origin {
  /** Without the hashes: what is opened has none yet. */
  readonly manifest: Omit<AnyManifest, 'files'>;
  /** Undefined for a public checkpoint. */
  readonly bundle?: Bundle<AnyManifest>;
  /** Names of tensors that were drawn at random when it was opened. */
  readonly untrained: readonly string[];
  /** Throws RangeError for what the origin does not have. */
  file(name: string): OriginFile;
}

/** How checkpoints that are no bundles are opened. */
export type CheckpointOptions = Pick<InterfaceOptions, 'family' | 'sizes' | 'cFormer' | 'seed'>;

/** A file of tensors that are not written yet. */
export function unwritten(tensors: readonly TensorSource[]): OriginFile {
  const names = new Set(tensors.map(({ name }) => name));
  return {
    sizeBytes: writtenBytes(tensors),
    source: { tensors },
    // Of the shape that is asked for: whoever made them looked.
    parameters: () => (name, _, use) => {
      const isFew = use === 'matrix' && quantizedBits.some((bits) => names.has(`${name}.q${bits}`));
      return names.has(name) || isFew ? 'input' : undefined;
    },
  };
}

/** @throws CheckpointError as `openAnyBundle` does. */
export async function openBundleOrigin(path: string, cleanup: DisposableStack): Promise<Origin> {
  // Only files that are used are hashed, later.
  const bundle = cleanup.use(await openAnyBundle(path, { verify: false }));
  return {
    manifest: bundle.manifest,
    bundle,
    untrained: [],
    file(name) {
      const entry = bundle.manifest.files[name];
      if (!entry) throw new RangeError(`${path} lists no ${name}`); // the manifest was checked
      return {
        sizeBytes: entry.sizeBytes,
        entry,
        source: { linkOf: bundle.file(name), entry },
        parameters: () => parametersIn(bundle.weights(name)),
      };
    },
  };
}

/** @throws CheckpointError as `openInterfaces` does. */
export async function openCheckpointOrigin(
  path: string,
  options: Omit<InterfaceOptions, 'from'>,
  cleanup: DisposableStack,
): Promise<Origin> {
  const { manifest, files, untrained } = cleanup.use(await openInterfaces({ from: path, ...options }));
  const made = new Map(Object.entries(files).map(([name, { tensors }]) => [name, unwritten(tensors)]));
  return {
    manifest,
    untrained,
    file(name) {
      const found = made.get(name);
      if (!found) throw new RangeError(`${path} makes no ${name}`);
      return found;
    },
  };
}

/** A folder that is there and no bundle. */
export const isCheckpointFolder = (path: string): boolean =>
  existsSync(path) && !existsSync(join(path, 'xllm.json'));

export const isModel = (bundle: Bundle<AnyManifest> | undefined): bundle is Bundle =>
  bundle !== undefined && hasLanguageModel(bundle.manifest);
