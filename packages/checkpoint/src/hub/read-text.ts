/** A small file of a repository, in memory only. */
import { CheckpointError } from '../error.ts';
import { expectOk, type Hub } from './connect.ts';
import { addressOf, type RemoteFile, type Repository, startHash } from './repository.ts';

/** An index of the largest checkpoints has some hundred kilobytes. */
const maxBytes = 16 << 20;

/**
 * The text of a file, compared with the hash that the hub lists.
 *
 * @throws CheckpointError `hash_mismatch`, `size_mismatch` for what is no small file, `hub_*`; the signal's reason.
 */
export async function readText(
  hub: Hub,
  repository: Repository,
  file: RemoteFile,
  signal?: AbortSignal,
): Promise<string> {
  const { name, sizeBytes, hash } = file;
  if (sizeBytes > maxBytes)
    throw new CheckpointError(
      'size_mismatch',
      name,
      `has ${sizeBytes} bytes, too many for what it should be`,
    );
  const answer = await hub.fetch(addressOf(hub, repository, file), { ...(signal && { signal }) });
  const response = await expectOk(hub, answer, `${repository.id}/${name}`, repository.page);
  const chunks: Uint8Array[] = [];
  let left = sizeBytes;
  for await (const chunk of response.body ?? []) {
    left -= chunk.length;
    if (left < 0) {
      const detail = `the hub sends more than the ${sizeBytes} bytes that it lists`;
      throw new CheckpointError('size_mismatch', name, detail);
    }
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const found = startHash(file).update(bytes).digest('hex');
  if (found === hash.hex) return bytes.toString('utf8');
  throw new CheckpointError(
    'hash_mismatch',
    name,
    `what came has ${hash.algorithm} ${found}, the hub lists ${hash.hex}`,
  );
}
