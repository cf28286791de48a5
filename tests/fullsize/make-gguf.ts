/**
 * The same sizes of random numbers as make-bundle.ts, as a GGUF file for llama.cpp: matrices in Q4_0, scores in Q6_K, as its
 * own quantiser makes them.
 * The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md; names of `LLM_ARCH_CHATGLM` in llama.cpp.
 */
import { randomFillSync } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { GlmConfig } from '@x-llm/models';

/** Values of the header, by their types in the file. */
const types = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;

/** Blocks of weights: how they are numbered, how many a block has, and its bytes. */
const kinds = {
  float32: { number: 0, weights: 1, bytes: 4 },
  q4_0: { number: 2, weights: 32, bytes: 18 },
  q6_k: { number: 14, weights: 256, bytes: 210 },
} as const;

interface GgufTensor {
  readonly name: string;
  readonly kind: keyof typeof kinds;
  /** Rows, and what each has; a vector has one row. */
  readonly rows: number;
  readonly columns: number;
}

const alignment = 32;
const aligned = (size: number): number => Math.ceil(size / alignment) * alignment;

/** Blocks of noise that all tensors are cut from. */
const poolBlocks = 1 << 16;

/** Writes the file to `path`. */
export async function makeGguf(path: string, glm: GlmConfig): Promise<void> {
  const tensors = tensorsOf(glm);
  const head = new Writer();
  head.bytes(Buffer.from('GGUF'));
  head.uint32(3);
  head.uint64(tensors.length);
  const values = metadata(glm);
  head.uint64(values.length);
  for (const write of values) write(head);
  let offset = 0;
  for (const tensor of tensors) {
    head.string(tensor.name);
    const shape = tensor.rows === 1 ? [tensor.columns] : [tensor.columns, tensor.rows];
    head.uint32(shape.length);
    for (const size of shape) head.uint64(size);
    head.uint32(kinds[tensor.kind].number);
    head.uint64(offset);
    offset += aligned(sizeOf(tensor));
  }
  const file = await open(path, 'w');
  try {
    const header = head.done();
    await file.write(Buffer.concat([header, Buffer.alloc(aligned(header.length) - header.length)]));
    for (const tensor of tensors) {
      const size = sizeOf(tensor);
      for (const part of noise(tensor, size)) await file.write(part);
      await file.write(Buffer.alloc(aligned(size) - size));
    }
  } finally {
    await file.close();
  }
}

const sizeOf = ({ kind, rows, columns }: GgufTensor): number =>
  ((rows * columns) / kinds[kind].weights) * kinds[kind].bytes;

/** Numbers of deviation √(1/columns), as in make-bundle.ts; norms are 1, biases 0.02. */
function* noise({ name, kind, columns }: GgufTensor, size: number): Generator<Uint8Array> {
  if (kind === 'float32') {
    const values = new Float32Array(size / 4).fill(/norm/.test(name) ? 1 : 0.02);
    yield new Uint8Array(values.buffer);
    return;
  }
  const { bytes } = kinds[kind];
  const pool = randomFillSync(new Uint8Array(poolBlocks * bytes));
  const view = new DataView(pool.buffer);
  const deviation = columns ** -0.5;
  for (let block = 0; block < poolBlocks; block++) {
    const at = block * bytes;
    if (kind === 'q4_0') {
      view.setFloat16(at, deviation / 4.6, true);
      continue;
    }
    pool.fill(1, at + 192, at + 208); // the scales of its sixteen parts
    view.setFloat16(at + 208, deviation / 18.5, true);
  }
  for (let written = 0; written < size; written += pool.length)
    yield pool.subarray(0, Math.min(pool.length, size - written));
}

function tensorsOf(glm: GlmConfig): GgufTensor[] {
  const { vocabSize, hiddenSize, heads, keyValueHeads, headWidth, ffnSize } = glm;
  const matrix = (name: string, rows: number, columns: number): GgufTensor => ({
    name: `${name}.weight`,
    kind: 'q4_0',
    rows,
    columns,
  });
  const vector = (name: string, columns: number): GgufTensor => ({ name, kind: 'float32', rows: 1, columns });
  const joined = (heads + 2 * keyValueHeads) * headWidth;
  return [
    matrix('token_embd', vocabSize, hiddenSize),
    vector('output_norm.weight', hiddenSize),
    { ...matrix('output', vocabSize, hiddenSize), kind: 'q6_k' },
    ...Array.from({ length: glm.layers }, (_, layer) => `blk.${layer}`).flatMap((block) => [
      vector(`${block}.attn_norm.weight`, hiddenSize),
      matrix(`${block}.attn_qkv`, joined, hiddenSize),
      vector(`${block}.attn_qkv.bias`, joined),
      matrix(`${block}.attn_output`, hiddenSize, heads * headWidth),
      vector(`${block}.ffn_norm.weight`, hiddenSize),
      matrix(`${block}.ffn_up`, 2 * ffnSize, hiddenSize),
      matrix(`${block}.ffn_down`, hiddenSize, ffnSize),
    ]),
  ];
}

type Write = (to: Writer) => void;

function metadata(glm: GlmConfig): Write[] {
  const pieces = Array.from({ length: glm.vocabSize }, (_, id) => piece(id));
  const key =
    (name: string, type: keyof typeof types, write: Write): Write =>
    (to) => {
      to.string(name);
      to.uint32(types[type]);
      write(to);
    };
  const list = (name: string, type: keyof typeof types, write: (to: Writer, id: number) => void): Write =>
    key(name, 'array', (to) => {
      to.uint32(types[type]);
      to.uint64(pieces.length);
      for (const id of pieces.keys()) write(to, id);
    });
  const text = (name: string, value: string) => key(name, 'string', (to) => to.string(value));
  const whole = (name: string, value: number) => key(name, 'uint32', (to) => to.uint32(value));
  const real = (name: string, value: number) => key(name, 'float32', (to) => to.float32(value));
  const switched = (name: string, value: boolean) =>
    key(name, 'bool', (to) => to.bytes(Buffer.of(Number(value))));
  return [
    text('general.architecture', 'chatglm'),
    text('general.name', 'random numbers'),
    whole('general.alignment', alignment),
    whole('chatglm.context_length', glm.maxPositions),
    whole('chatglm.embedding_length', glm.hiddenSize),
    whole('chatglm.feed_forward_length', glm.ffnSize),
    whole('chatglm.block_count', glm.layers),
    whole('chatglm.attention.head_count', glm.heads),
    whole('chatglm.attention.head_count_kv', glm.keyValueHeads),
    real('chatglm.attention.layer_norm_rms_epsilon', glm.normEpsilon),
    whole('chatglm.rope.dimension_count', glm.headWidth / 2),
    real('chatglm.rope.freq_base', glm.rotaryBase),
    text('tokenizer.ggml.model', 'llama'),
    list('tokenizer.ggml.tokens', 'string', (to, id) => to.string(pieces[id]?.text ?? '')),
    list('tokenizer.ggml.scores', 'float32', (to, id) => to.float32(-id)),
    list('tokenizer.ggml.token_type', 'int32', (to, id) => to.uint32(pieces[id]?.type ?? 1)),
    whole('tokenizer.ggml.unknown_token_id', 0),
    whole('tokenizer.ggml.bos_token_id', 1),
    whole('tokenizer.ggml.eos_token_id', 2),
    switched('tokenizer.ggml.add_bos_token', false),
  ];
}

/** A vocabulary that a tokenizer can be made of: what it writes is never read. */
function piece(id: number): { text: string; type: number } {
  const special = ['<unk>', '<s>', '</s>'][id];
  if (special !== undefined) return { text: special, type: id === 0 ? 2 : 3 };
  const byte = id - 3;
  if (byte < 256) return { text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, type: 6 };
  return { text: `▁${id}`, type: 1 };
}

/** Little-endian, piece by piece. */
class Writer {
  readonly #parts: Uint8Array[] = [];

  bytes(part: Uint8Array): void {
    this.#parts.push(part);
  }

  uint32(value: number): void {
    const part = Buffer.alloc(4);
    part.writeUInt32LE(value);
    this.bytes(part);
  }

  uint64(value: number): void {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(value));
    this.bytes(part);
  }

  float32(value: number): void {
    const part = Buffer.alloc(4);
    part.writeFloatLE(value);
    this.bytes(part);
  }

  string(value: string): void {
    const part = Buffer.from(value);
    this.uint64(part.length);
    this.bytes(part);
  }

  done(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
