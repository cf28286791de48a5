/** Checkpoints of speech as they are published, small: the goldens' weights, in the layout of their makers. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSafetensors, type TensorSource, writeSafetensors } from '@x-llm/checkpoint';
import { writeTorch } from '../../testing/torch-file.ts';

export const goldenFolder = join(import.meta.dirname, '../../../../../tests/parity/golden');

interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
type Tensors = Record<string, Numbers>;

const sourcesOf = (tensors: Tensors): TensorSource[] =>
  Object.entries(tensors).map(([name, { shape, data }]) => ({
    name,
    dtype: 'float32',
    shape,
    data: new Float32Array(data),
  }));

export async function goldenTensors(file: string): Promise<Tensors> {
  using weights = await openSafetensors(join(goldenFolder, file));
  return Object.fromEntries(
    [...weights.tensors]
      .filter(([, { dtype }]) => dtype === 'float32')
      .map(([name, { shape }]) => [name, { shape, data: weights.readFloat32(name) }]),
  );
}

/** What `am.mvn` of the golden model would say: of no frame by frame, so that features can be given back their raw form. */
export const cmvn = {
  shift: Array.from({ length: 28 }, (_, at) => at / 8 - 2),
  scale: Array.from({ length: 28 }, (_, at) => 1 / (1 + (at % 5) / 4)),
};

const mvnPart = (name: string, values: readonly number[]) =>
  `<${name}> ${values.length} ${values.length} \n<LearnRateCoef> 0 [ ${values.join(' ')} ]\n`;
export const mvnText = ({ shift, scale }: { shift: readonly number[]; scale: readonly number[] }) =>
  `<Nnet> \n<Splice> ${shift.length} ${shift.length} \n[ 0 ]\n${mvnPart('AddShift', shift)}${mvnPart('Rescale', scale)}</Nnet> \n`;

export interface FunAsrSettings {
  readonly melBins?: number;
  readonly stack?: number;
  readonly step?: number;
  readonly width?: number;
  readonly feedForwardWidth?: number;
  readonly blocks?: number;
  readonly decoderBlocks?: number;
  readonly bias?: number;
  readonly encoder?: string;
}

/** `config.yaml` as FunASR publishes it; unless given, sizes are the golden's. */
export const funAsrYaml = ({
  melBins = 28,
  stack = 1,
  step = 1,
  width = 32,
  feedForwardWidth = 64,
  blocks = 3,
  decoderBlocks = 1,
  bias = 0,
  encoder = 'SANMEncoder',
}: FunAsrSettings): string => `
# network architecture
model: Paraformer
model_conf:
    ctc_weight: 0.0
    predictor_bias: ${bias}
encoder: ${encoder}
encoder_conf:
    output_size: ${width}
    attention_heads: 4
    linear_units: ${feedForwardWidth}
    num_blocks: ${blocks}
    dropout_rate: 0.1
    input_layer: pe
    pos_enc_class: SinusoidalPositionEncoder
    normalize_before: true
    kernel_size: 11
    sanm_shfit: 0
    selfattention_layer_type: sanm
decoder: ParaformerSANMDecoder
decoder_conf:
    attention_heads: 4
    linear_units: ${feedForwardWidth}
    num_blocks: ${decoderBlocks}
    att_layer_num: ${decoderBlocks}
    kernel_size: 11
    sanm_shfit: 0
predictor: CifPredictorV2
predictor_conf:
    idim: ${width}
    threshold: 1.0
    l_order: 1
    r_order: 1
    tail_threshold: 0.45
frontend: WavFrontend
frontend_conf:
    fs: 16000
    window: hamming
    n_mels: ${melBins}
    frame_length: 25
    frame_shift: 10
    lfr_m: ${stack}
    lfr_n: ${step}
    dither: 0.0
tokenizer: CharTokenizer
input_size: null
`;

/** A decoder's tensor, which the import leaves out. */
const decoder: Tensors = {
  'decoder.embed.0.weight': { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
  'decoder.decoders.0.norm1.weight': { shape: [2], data: Float32Array.of(1, 2) },
};

/** A folder as FunASR publishes it; `change` sees its tensors first. */
export async function funAsrFolder(
  root: string,
  settings: FunAsrSettings = {},
  change: (tensors: Tensors) => Tensors = (tensors) => tensors,
): Promise<string> {
  const folder = await mkdtemp(join(root, 'paraformer-'));
  const tensors = { ...(await goldenTensors('paraformer/weights.safetensors')), ...decoder };
  await writeTorch(join(folder, 'model.pt'), sourcesOf(change(tensors)));
  await writeFile(join(folder, 'config.yaml'), funAsrYaml(settings));
  await writeFile(join(folder, 'am.mvn'), mvnText(cmvn));
  return folder;
}

export const bertConfig = {
  model_type: 'bert',
  num_attention_heads: 4,
  layer_norm_eps: 1e-12,
  hidden_act: 'gelu',
};

/** A folder as Hugging Face's hub has BERT; `rename` gives names as another release has them. */
export async function bertFolder(
  root: string,
  {
    form = 'safetensors',
    rename = (name: string) => name,
    config = bertConfig as object | null,
  }: { form?: 'safetensors' | 'bin'; rename?: (name: string) => string; config?: object | null } = {},
): Promise<string> {
  const folder = await mkdtemp(join(root, 'bert-'));
  const all = Object.entries(await goldenTensors('c-former/weights_bert.safetensors')).filter(([name]) =>
    name.startsWith('speech_bert_adaptor.'),
  );
  const tensors = all.map(([name, tensor]) => [rename(name.replace('speech_bert_adaptor.', '')), tensor]);
  await writeWeights(folder, Object.fromEntries(tensors), form);
  if (config) await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  return folder;
}

/** X-LLM's own checkpoint, in the width of the golden. */
export async function xLlmFolder(root: string, prefix = ''): Promise<string> {
  const folder = await mkdtemp(join(root, 'x-llm-'));
  const tensors = Object.entries(await goldenTensors('c-former/weights_bert.safetensors'));
  const one = { shape: [1], data: Float32Array.of(1) };
  const others: Tensors = { 'Qformer.bert.x': one, 'opt_proj.weight': one };
  const named = [...tensors, ...Object.entries(others)].map(([name, tensor]) => [prefix + name, tensor]);
  await writeWeights(folder, Object.fromEntries(named), 'bin');
  await writeFile(join(folder, 'config.json'), JSON.stringify(bertConfig));
  return folder;
}

async function writeWeights(folder: string, tensors: Tensors, form: 'safetensors' | 'bin'): Promise<void> {
  const sources = sourcesOf(tensors);
  if (form === 'bin') await writeTorch(join(folder, 'pytorch_model.bin'), sources);
  else await writeSafetensors(join(folder, 'model.safetensors'), sources);
}
