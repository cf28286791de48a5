import { Descriptor } from '../descriptor.ts';
import { type OpenOptions, TensorFile } from '../tensor-file.ts';
import { type Header, lengthPrefixBytes, parseHeader, parseHeaderLength } from './header.ts';

/** An open safetensors file. */
export class SafetensorsFile extends TensorFile {
  readonly metadata: Readonly<Record<string, string>>;

  constructor(file: Descriptor, { tensors, metadata }: Header, options: OpenOptions) {
    super(file, tensors, options);
    this.metadata = metadata;
  }
}

/**
 * Opens a safetensors file and checks its header completely, so that no later `read` can leave the file or meet
 * another tensor's bytes.
 *
 * @example const file = await openSafetensors('llm.safetensors'); file.read('lm_head.weight');
 */
export async function openSafetensors(path: string, options: OpenOptions = {}): Promise<SafetensorsFile> {
  const file = new Descriptor(path);
  try {
    return new SafetensorsFile(file, readHeader(file), options);
  } catch (error) {
    file.close();
    throw error;
  }
}

function readHeader(file: Descriptor): Header {
  const { path, sizeBytes } = file;
  const prefix = file.read(0, Math.min(sizeBytes, lengthPrefixBytes));
  const length = parseHeaderLength(new Uint8Array(prefix), sizeBytes, path);
  const json = file.read(lengthPrefixBytes, length);
  return parseHeader(new Uint8Array(json), sizeBytes, path);
}
