/** What `torch.save` writes since PyTorch 1.6: a zip archive of a pickle and a file per storage, none of them compressed. */
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { Descriptor } from '../descriptor.ts';
import { dtypes } from '../dtype.ts';
import { CheckpointError } from '../error.ts';
import type { TorchContents } from './contents.ts';
import { maxPickleBytes, PickleInput } from './pickle-input.ts';
import { unpickle } from './unpickle.ts';

interface Member {
  readonly offset: number;
  readonly sizeBytes: number;
}

export async function readZip(file: Descriptor): Promise<TorchContents> {
  const { path } = file;
  const fail = (detail: string) => new CheckpointError('invalid_archive', path, detail);
  const members = await membersOf(file);
  const pickles = [...members.keys()].filter((name) => /^([^/]+\/)?data\.pkl$/.test(name));
  const [name] = pickles;
  if (name === undefined || pickles.length > 1)
    throw fail(`the archive has ${pickles.length} files data.pkl; one of PyTorch has one`);
  const prefix = name.slice(0, -'data.pkl'.length);
  const pickle = members.get(name) ?? { offset: 0, sizeBytes: 0 };
  if (pickle.sizeBytes > maxPickleBytes)
    throw fail(`data.pkl has ${pickle.sizeBytes} bytes; ${maxPickleBytes} are the limit`);
  const order = members.get(`${prefix}byteorder`);
  if (order && latin1(file, order) !== 'little') throw fail('the numbers are not little-endian');
  const { value } = unpickle(new PickleInput(file, pickle.offset, pickle.offset + pickle.sizeBytes));
  return {
    value,
    offsetOf({ key, dtype, count }) {
      const member = members.get(`${prefix}data/${key}`);
      if (!member) throw fail(`the storage ${JSON.stringify(key)} is not in the archive`);
      const needed = count * dtypes[dtype].sizeBytes;
      if (member.sizeBytes < needed)
        throw fail(`the storage ${key} is said to have ${needed} bytes and has ${member.sizeBytes}`);
      return member.offset;
    },
  };
}

/** Where each file of the archive lies. */
async function membersOf({ path, sizeBytes }: Descriptor): Promise<Map<string, Member>> {
  const fail = (detail: string, cause?: unknown) =>
    new CheckpointError('invalid_archive', path, detail, { cause });
  const members = new Map<string, Member>();
  let archive: ZipFile | undefined;
  try {
    archive = await openPromise(path, { lazyEntries: true, autoClose: false });
    for await (const entry of archive.eachEntry()) {
      if (members.has(entry.fileName)) throw fail(`the archive has ${JSON.stringify(entry.fileName)} twice`);
      members.set(entry.fileName, await memberOf(archive, entry));
    }
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw fail(`not a whole zip archive (${reason}); fetch it again`, error);
  } finally {
    archive?.close();
  }
  for (const [name, { offset, sizeBytes: size }] of members) {
    if (offset + size > sizeBytes)
      throw fail(`${JSON.stringify(name)} reaches beyond the file; fetch it again`);
  }
  return members;

  async function memberOf(zip: ZipFile, entry: Entry): Promise<Member> {
    if (entry.compressionMethod !== 0 || entry.isEncrypted())
      throw fail(`${JSON.stringify(entry.fileName)} is compressed or encrypted, which PyTorch never does`);
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return { offset: fileDataStart, sizeBytes: entry.uncompressedSize };
  }
}

const latin1 = (file: Descriptor, { offset, sizeBytes }: Member): string =>
  String.fromCharCode(...new Uint8Array(file.read(offset, Math.min(sizeBytes, 16))));
