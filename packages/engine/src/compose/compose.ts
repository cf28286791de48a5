/** A model of parts: the language model of one bundle, interfaces of others and of public checkpoints. */
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type BundleManifest,
  CheckpointError,
  diskOf,
  type FileSource,
  type Quantization,
  requireSpace,
  writeBundle,
} from '@x-llm/checkpoint';
import { languageModels, makePart } from '../architectures/index.ts';
import { type Fidelity, fidelityIn, type OnCompared } from '../import/fidelity.ts';
import { type QuantizationError, Quantizer } from '../import/quantize.ts';
import { counted } from '../import/tensors.ts';
import { ComposeError } from './error.ts';
import { tensorsIn, withFewBits } from './few.ts';
import { misfits, reasonOf } from './fit.ts';
import { type NamedParts, openParts } from './open-parts.ts';
import type { CheckpointOptions } from './origin.ts';
import {
  type InterfacePart,
  type Parts,
  type PlannedFile,
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
  readonly parts: NamedParts;
  /** How those that are public checkpoints are read. */
  readonly checkpoints?: CheckpointOptions;
  /** Matrices of the encoders of pictures and speech in few bits; as they are unless given. */
  readonly quantizeEncoders?: Quantization | undefined;
  /** Told of how many bytes of checkpoints were read. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Told of how many blocks of a quantised encoder of pictures were compared with what they were. */
  readonly onCompared?: OnCompared;
}

export interface Composed {
  readonly manifest: BundleManifest;
  /** Interfaces that learnt to speak to a language model of other weights. */
  readonly taughtElsewhere: readonly InterfacePart[];
  /** What was drawn at random, because no checkpoint has it: stage 2 has to teach it. */
  readonly untrained: readonly Untrained[];
  /** Of what was quantised: how far each matrix is from what it was. */
  readonly errors: readonly QuantizationError[];
  /** Of a quantised encoder of pictures. */
  readonly fidelity?: Fidelity;
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
  const { name, parts: named, checkpoints = {}, quantizeEncoders: few, onProgress = () => {} } = options;
  const to = resolve(options.to);
  const isThere = existsSync(to);
  if (isThere && (!(await stat(to)).isDirectory() || (await readdir(to)).length > 0))
    throw new ComposeError('exists', [`${to} is there already`]);
  using cleanup = new DisposableStack();
  await using quantizer = new Quantizer();
  const asTheyAre = await openParts(named, checkpoints, cleanup);
  const parts = few ? withFewBits(asTheyAre, few, quantizer) : asTheyAre;
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
    const fidelity = few ? await fidelityOf(asTheyAre, manifest, to, options.onCompared) : undefined;
    return {
      ...(fidelity && { fidelity }),
      manifest,
      taughtElsewhere: taughtElsewhere(parts),
      untrained: plan.untrained,
      errors: quantizer.errors,
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

/** How far the states of the encoder of pictures are from those of the part's own. */
function fidelityOf(
  { interfaces: { image: from } }: Parts,
  { interfaces: { image } }: BundleManifest,
  to: string,
  onCompared: OnCompared | undefined,
): Promise<Fidelity | undefined> | undefined {
  const own = from?.manifest.interfaces.image?.encoder.weights;
  if (!from || !image || own === undefined) return undefined;
  return fidelityIn(to, { [image.encoder.weights]: { tensors: tensorsIn(from, own) } }, onCompared);
}

/** Throws what is wrong with the manifests of the parts as a reason. */
function attempt<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    const isRefused = error instanceof CheckpointError && error.code === 'invalid_config';
    throw new ComposeError('incompatible_parts', [isRefused ? error.message : reasonOf(error)]);
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
