/** Interfaces of public checkpoints, for a language model that is elsewhere: opened, or written as a bundle of their own. */
import { basename, resolve } from 'node:path';
import {
  type PartsManifest,
  type Quantization,
  requireSpace,
  type TensorSource,
  writeBundle,
} from '@x-llm/checkpoint';
import { wrongConfig } from './config.ts';
import { encoderNote, quantizeEncoders } from './encoders.ts';
import { type Fidelity, fidelityIn, type OnCompared } from './fidelity.ts';
import { bundleName, isParaformer } from './form.ts';
import { type ImageSizes, openImageInterface } from './image.ts';
import { imageFamilies } from './image-families.ts';
import type { ImageFamilyName } from './image-family.ts';
import { type QuantizationError, Quantizer } from './quantize.ts';
import { importSpeechInterface } from './speech/index.ts';
import { pathsIn } from './speech/paraformer.ts';
import { counted, writtenBytes } from './tensors.ts';

export interface InterfaceOptions {
  /** The checkpoint's folder: of pictures as `openImageInterface` takes it, or Paraformer's. */
  readonly from: string;
  /** What the parts are to be called; the folder's name unless given. */
  readonly name?: string | undefined;
  /** What is wanted of it; unless given, speech of a Paraformer and pictures of anything else. */
  readonly modality?: 'image' | 'speech' | undefined;
  /** Of pictures, where the folder does not tell. */
  readonly family?: ImageFamilyName | undefined;
  /** Of pictures: other sizes than BLIP-2's, for checkpoints without a configuration. */
  readonly sizes?: ImageSizes | undefined;
  /** What a Paraformer needs: a BERT, or the weights of X-LLM's speech interface. */
  readonly cFormer?: string | undefined;
  /** Of what has to be drawn at random; 0 unless given. */
  readonly seed?: number | undefined;
  /** Where it was fetched from and under which licence, for the manifest; the family's own unless given. */
  readonly source?: { readonly name: string; readonly licence: string; readonly url: string } | undefined;
}

/** Interfaces that are open: tensors are read when they are written. Close them, or declare them with `using`. */
export interface OpenInterfaces extends Disposable {
  /** Whose form the checkpoint has. */
  readonly family: ImageFamilyName | 'paraformer';
  /** Adapters are missing where the checkpoint has none for language models of this project. */
  readonly manifest: Omit<PartsManifest, 'files'>;
  /** What `writeBundle` makes the files of that the manifest names. */
  readonly files: Readonly<Record<string, { readonly tensors: readonly TensorSource[] }>>;
  /** Names of tensors that were drawn at random: stage 2 has to teach them. */
  readonly untrained: readonly string[];
}

/**
 * Opens what a public checkpoint has for pictures or for speech.
 *
 * @throws CheckpointError as `openImageInterface` and `importSpeechInterface` do; `invalid_config` for a Paraformer without
 * a `cFormer`, and for options that are of the other modality.
 * @example using eyes = await openInterfaces({ from: 'blip2' });
 */
export function openInterfaces(options: InterfaceOptions): Promise<OpenInterfaces> {
  const { from, modality = isParaformer(resolve(from)) ? 'speech' : 'image' } = options;
  return modality === 'speech' ? openSpeech(options) : openImage(options);
}

async function openImage(options: InterfaceOptions): Promise<OpenInterfaces> {
  const { from, cFormer, family, sizes } = options;
  if (isParaformer(resolve(from)))
    throw wrongConfig(from, 'is a Paraformer, which has no interface for pictures');
  if (cFormer !== undefined)
    throw wrongConfig(from, 'is no Paraformer, so there is nothing for a --c-former to do');
  const image = await openImageInterface({ from, family, sizes });
  const { about } = imageFamilies[image.family];
  const source = options.source ?? image.source;
  const called = options.source?.name ?? basename(resolve(from));
  return {
    family: image.family,
    manifest: {
      format: 1,
      name: options.name ?? bundleName(from),
      licence: source.licence,
      provenance: {
        summary: `The picture interface is that of ${called} (${about}), weights as they were.`,
        sources: [source],
      },
      interfaces: { image: image.interface },
    },
    files: { [image.interface.encoder.weights]: { tensors: image.tensors } },
    untrained: [],
    [Symbol.dispose]: () => image[Symbol.dispose](),
  };
}

async function openSpeech(options: InterfaceOptions): Promise<OpenInterfaces> {
  const { from, cFormer, family, seed } = options;
  if (family !== undefined) throw wrongConfig(from, `is a Paraformer, which --family ${family} is none of`);
  pathsIn(resolve(from)); // what is no Paraformer is not asked for its C-Former
  if (cFormer === undefined) {
    const detail =
      'is a Paraformer, which takes a C-Former to reach a language model: give a BERT with --c-former';
    throw wrongConfig(from, detail);
  }
  const imported = await importSpeechInterface({ encoder: from, cFormer, seed });
  const { speech, files, untrained, provenance } = imported;
  const [encoder, ...others] = provenance.sources;
  const sources = [...(options.source ? [options.source] : encoder ? [encoder] : []), ...others];
  return {
    family: 'paraformer',
    manifest: {
      format: 1,
      name: options.name ?? bundleName(from),
      licence: [...new Set(sources.map(({ licence }) => licence))].join('; '),
      provenance: { ...provenance, sources },
      interfaces: { speech },
    },
    files,
    untrained,
    [Symbol.dispose]: () => imported[Symbol.dispose](),
  };
}

export interface ImportInterfacesOptions extends InterfaceOptions {
  /** The bundle to write. */
  readonly to: string;
  /** Matrices of the encoder in few bits; as they are unless given. */
  readonly quantizeEncoders?: Quantization | undefined;
  /** Told of how many of all bytes were read. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Told of how many blocks of a quantised encoder of pictures were compared with what they were. */
  readonly onCompared?: OnCompared;
}

export interface ImportedInterfaces extends Pick<OpenInterfaces, 'family' | 'untrained'> {
  readonly manifest: PartsManifest;
  readonly tensors: number;
  readonly sizeBytes: number;
  /** Of what was quantised: how far each matrix is from what it was. */
  readonly errors: readonly QuantizationError[];
  /** Of a quantised encoder of pictures. */
  readonly fidelity?: Fidelity;
}

/**
 * Writes a bundle without a language model of what a public checkpoint has for pictures or for speech; `composeBundle` gives
 * it one. One tensor is in memory at a time.
 *
 * @throws CheckpointError as `openInterfaces` does, `no_space`.
 * @example await importInterfaces({ from: 'blip2-opt-2.7b', to: 'bundles/blip2' });
 */
export async function importInterfaces(options: ImportInterfacesOptions): Promise<ImportedInterfaces> {
  const { from, to, quantizeEncoders: few, onProgress = () => {} } = options;
  using opened = await openInterfaces(options);
  await using quantizer = new Quantizer();
  const { interfaces, provenance } = opened.manifest;
  const made = few
    ? quantizeEncoders(opened.files, interfaces, few, { quantizer, path: resolve(from) })
    : opened.files;
  const summary = few ? `${provenance.summary} ${encoderNote(few)}` : provenance.summary;
  const all = Object.values(made).flatMap(({ tensors }) => tensors);
  const sizeBytes = writtenBytes(all);
  await requireSpace(to, sizeBytes);
  const files = counted(made, (done) => onProgress(done, sizeBytes));
  const described = { ...opened.manifest, provenance: { ...provenance, summary } };
  const manifest = await writeBundle(to, described, files);
  onProgress(sizeBytes, sizeBytes);
  const { family, untrained } = opened;
  const fidelity = few ? await fidelityIn(to, opened.files, options.onCompared) : undefined;
  return {
    family,
    untrained,
    manifest,
    tensors: all.length,
    sizeBytes,
    errors: quantizer.errors,
    ...(fidelity && { fidelity }),
  };
}
