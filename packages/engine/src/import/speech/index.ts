/** Public checkpoints of speech become the speech interface of a bundle. */
import type { BundleManifest, Component, SpeechInterface, TensorSource } from '@x-llm/checkpoint';
import { writtenBytes } from '../tensors.ts';
import { untrainedNote } from '../untrained.ts';
import { calledBy, readCFormer } from './c-former.ts';
import { funAsrNames } from './names.ts';
import { readParaformer } from './paraformer.ts';

export interface SpeechImportOptions {
  /** Paraformer's folder as FunASR has it: `config.yaml`, `am.mvn`, `model.pt`. */
  readonly encoder: string;
  /** BERT's folder or file (`bert-base-chinese`), or X-LLM's own checkpoint. */
  readonly cFormer: string;
  /** Width of the language model that the interface is for; where it is left out, an adapter that no checkpoint has is, too. */
  readonly hiddenSize?: number | undefined;
  /** Of what has to be drawn at random; 0 unless given. */
  readonly seed?: number | undefined;
  /** The longest that is listened to; 30 unless given. */
  readonly maxSeconds?: number;
}

/** Parts of a bundle. Files are read when they are written: close it afterwards, or declare it with `using`. */
export interface ImportedSpeech extends Disposable {
  /** `interfaces.speech` of the manifest. */
  readonly speech: Omit<SpeechInterface, 'adapter'> & { readonly adapter?: Component };
  /** What `writeBundle` makes the files of that are named in `speech`. */
  readonly files: Readonly<Record<string, { readonly tensors: readonly TensorSource[] }>>;
  readonly provenance: BundleManifest['provenance'];
  /** Of all tensors. */
  readonly sizeBytes: number;
  /** Names of tensors that were drawn at random: stage 2 has to teach them. */
  readonly untrained: readonly string[];
}

const encoderFile = 'speech-encoder.safetensors';
const interfaceFile = 'speech.safetensors';

/**
 * Reads a speech encoder and a C-Former and makes them one interface, without writing anything.
 *
 * @throws CheckpointError as `readParaformer` and `readCFormer` do.
 * @example
 * using imported = await importSpeechInterface({ encoder: 'paraformer-large', cFormer: 'bert-base-chinese', hiddenSize: 4096 });
 * await writeBundle(to, { ...manifest, interfaces: { speech: imported.speech } }, { ...files, ...imported.files });
 */
export async function importSpeechInterface(options: SpeechImportOptions): Promise<ImportedSpeech> {
  const { encoder: encoderFolder, cFormer: from, hiddenSize, seed = 0, maxSeconds = 30 } = options;
  using opened = new DisposableStack();
  const heard = await readParaformer(encoderFolder, maxSeconds, opened);
  const inputWidth = heard.config.sanm.width;
  const read = await readCFormer({ from, inputWidth, outputWidth: hiddenSize, seed }, opened);
  const kept = opened.move();
  return {
    speech: {
      preprocessing: heard.preprocessing,
      encoder: { architecture: 'paraformer', config: { ...heard.config }, weights: encoderFile },
      fires: 'tokens',
      x2l: { ...read.x2l, weights: interfaceFile },
      ...(read.adapter && { adapter: { ...read.adapter, weights: interfaceFile } }),
    },
    files: { [encoderFile]: { tensors: heard.tensors }, [interfaceFile]: { tensors: read.tensors } },
    provenance: {
      summary: summaryOf(calledBy(encoderFolder), calledBy(from), read.untrained, seed),
      sources: [
        { name: `${calledBy(encoderFolder)} (${funAsrNames.about})`, licence: funAsrNames.licence },
        { name: `${calledBy(from)} (${read.names.about})`, licence: read.names.licence },
      ],
    },
    sizeBytes: writtenBytes([...heard.tensors, ...read.tensors]),
    untrained: read.untrained,
    [Symbol.dispose]: () => kept.dispose(),
  };
}

function summaryOf(encoder: string, cFormer: string, untrained: readonly string[], seed: number): string {
  const from = `The speech encoder is that of ${encoder}, the C-Former that of ${cFormer}, weights as they were`;
  if (untrained.length === 0) return `${from}.`;
  return `${from}; ${untrainedNote(untrained, seed, { means: 'speech means', modality: 'speech' })}.`;
}
