/** What a frozen encoder says of media, one file each, found again by what the media and the encoder consist of. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Rows of equal width. */
export interface FeatureRows {
  readonly rows: number;
  readonly width: number;
  readonly data: Float32Array<ArrayBuffer>;
}

export type Precision = 'float16' | 'float32';

/** "XLF1", rows, width, bytes of a value, CRC-32 of the values; little-endian. */
const magic = 0x31464c58;
const headerBytes = 20;

export const contentHash = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

export class FeatureCache {
  readonly #folder: string;
  readonly #precision: Precision;

  /** `encoder` names everything that features depend on besides the media themselves. */
  constructor(folder: string, encoder: string, precision: Precision) {
    this.#folder = join(folder, `${encoder.slice(0, 24)}-${precision}`);
    this.#precision = precision;
  }

  #path = (content: string): string => join(this.#folder, content.slice(0, 2), `${content}.bin`);

  /** Undefined when they are not there, or damaged: then they are made again. */
  async get(content: string): Promise<FeatureRows | undefined> {
    const file = await readFile(this.#path(content)).catch(() => undefined);
    if (!file || file.length < headerBytes || file.readUInt32LE(0) !== magic) return undefined;
    const rows = file.readUInt32LE(4);
    const width = file.readUInt32LE(8);
    const valueBytes = file.readUInt32LE(12);
    const body = file.subarray(headerBytes);
    if (body.length !== rows * width * valueBytes || crc32(body) !== file.readUInt32LE(16)) return undefined;
    const bytes = new Uint8Array(body).buffer;
    const data = valueBytes === 2 ? Float32Array.from(new Float16Array(bytes)) : new Float32Array(bytes);
    return { rows, width, data };
  }

  async set(content: string, { rows, width, data }: FeatureRows): Promise<void> {
    const values = this.#precision === 'float16' ? Float16Array.from(data) : data;
    const body = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const header = Buffer.alloc(headerBytes);
    const numbers = [magic, rows, width, values.BYTES_PER_ELEMENT, crc32(body)];
    for (const [at, value] of numbers.entries()) header.writeUInt32LE(value, 4 * at);
    const path = this.#path(content);
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${randomUUID()}.part`; // runs may share the cache
    await writeFile(temporary, Buffer.concat([header, body]));
    await rename(temporary, path);
  }
}
