/** An imported speech interface beside a language model, as one bundle. */
import { resolve } from 'node:path';
import {
  type BundleManifest,
  type FileSource,
  openBundle,
  type Quantization,
  requireSpace,
  weightsOf,
  writeBundle,
} from '@x-llm/checkpoint';
import { languageModels, makePart } from '../../architectures/index.ts';
import { encoderNote, quantizeEncoders } from '../encoders.ts';
import { type QuantizationError, Quantizer } from '../quantize.ts';
import { writtenBytes } from '../tensors.ts';
import { whole } from '../whole.ts';
import { importSpeechInterface, type SpeechImportOptions } from './index.ts';

export interface AddSpeechOptions extends Omit<SpeechImportOptions, 'hiddenSize'> {
  /** The bundle that has the language model; it stays as it is. */
  readonly bundle: string;
  /** The bundle to write. */
  readonly to: string;
  /** What it is to be called. */
  readonly name: string;
  /** Matrices of the speech encoder in few bits; as they are unless given. */
  readonly quantizeEncoders?: Quantization | undefined;
}

export interface AddedSpeech {
  readonly manifest: BundleManifest;
  /** Names of tensors that stage 2 has to teach. */
  readonly untrained: readonly string[];
  /** Of what was quantised: how far each matrix is from what it was. */
  readonly errors: readonly QuantizationError[];
}

/**
 * Writes a bundle of all that `bundle` has, with the imported interface for speech in place of any of its own. What is kept
 * is a hard link where it can be.
 *
 * @throws CheckpointError as `importSpeechInterface` and `openBundle` do, `no_space`; EngineError `invalid_bundle`.
 * @example await addSpeechInterface({ encoder: 'paraformer-large', cFormer: 'bert-base-chinese', bundle: 'chatglm-6b', to: 'hearing', name: 'hearing' });
 */
export async function addSpeechInterface(options: AddSpeechOptions): Promise<AddedSpeech> {
  const { bundle: from, to, name, quantizeEncoders: few, ...parts } = options;
  using bundle = await openBundle(from);
  const { files, ...manifest } = bundle.manifest;
  const { hiddenSize } = makePart(languageModels, manifest.llm, 'llm');
  using imported = await importSpeechInterface({ ...parts, hiddenSize });
  await using quantizer = new Quantizer();
  const made = few
    ? quantizeEncoders(imported.files, { speech: imported.speech }, few, {
        quantizer,
        path: resolve(options.encoder),
      })
    : imported.files;
  const kept = Object.entries(files).filter(([file]) => !isOnlyOfSpeech(manifest, file));
  const madeBytes = writtenBytes(Object.values(made).flatMap(({ tensors }) => tensors));
  const size = kept.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, madeBytes);
  await requireSpace(to, size);
  const shared = kept.map(([file, entry]): [string, FileSource] => [
    file,
    { linkOf: bundle.file(file), entry },
  ]);
  const { provenance } = imported;
  const written = await writeBundle(
    to,
    {
      ...manifest,
      name,
      licence: [manifest.licence, ...provenance.sources.map(({ licence }) => licence)].join('; '),
      provenance: {
        summary: [manifest.provenance.summary, provenance.summary, ...(few ? [encoderNote(few)] : [])].join(
          ' ',
        ),
        sources: [...manifest.provenance.sources, ...provenance.sources],
      },
      interfaces: { ...manifest.interfaces, speech: whole(imported.speech) },
    },
    { ...Object.fromEntries(shared), ...made },
  );
  return { manifest: written, untrained: imported.untrained, errors: quantizer.errors };
}

/** Whether a file is of the interface that is replaced, and of nothing else. */
function isOnlyOfSpeech(
  { interfaces, llm, tokenizer }: Omit<BundleManifest, 'files'>,
  file: string,
): boolean {
  const { speech, ...others } = interfaces;
  const elsewhere = [llm.weights, tokenizer.file, ...Object.values(others).flatMap(weightsOf)];
  return weightsOf(speech).includes(file) && !elsewhere.includes(file);
}
