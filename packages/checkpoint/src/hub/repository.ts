/** What a repository on the hub holds. */
import { createHash, type Hash } from 'node:crypto';
import { listFiles, modelInfo } from '@huggingface/hub';
import { z } from 'zod';
import { isSafeFileName } from '../bundle/component.ts';
import { CheckpointError } from '../error.ts';
import { expectOk, type Hub } from './connect.ts';

export interface RemoteFile {
  /** Its name in the repository, and in the folder that it is fetched to. */
  readonly name: string;
  readonly sizeBytes: number;
  /** SHA-256 of what is kept beside git (LFS, Xet); git's own hash of a blob for the rest. */
  readonly hash: { readonly algorithm: 'sha256' | 'git-sha1'; readonly hex: string };
}

export interface Repository {
  /** `OWNER/NAME`, as it is called now. */
  readonly id: string;
  /** What the revision that was asked for is: 40 hexadecimal digits. */
  readonly commit: string;
  /** Its page, for people. */
  readonly page: string;
  /** As its card says. */
  readonly licence: { readonly name: string; readonly url: string } | undefined;
  /** In its uppermost folder. */
  readonly files: readonly RemoteFile[];
}

export interface RepositoryOptions {
  /** A branch, a tag, or a commit; `main` unless given. */
  readonly revision?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whether `name` has the form of a repository’s: `OWNER/NAME`. */
export const isRepositoryId = (name: string): boolean =>
  /^[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95}$/.test(name) && !name.includes('..');

/** Where a file of a repository is, at the commit that was looked at. */
export const addressOf = (
  hub: Hub,
  { id, commit }: Pick<Repository, 'id' | 'commit'>,
  { name }: RemoteFile,
): string => `${hub.endpoint}/${id}/resolve/${commit}/${encodeURIComponent(name)}`;

/** What becomes the hash that the hub lists of a file when its bytes have gone through. */
export function startHash({ hash, sizeBytes }: RemoteFile): Hash {
  if (hash.algorithm === 'sha256') return createHash('sha256');
  return createHash('sha1').update(`blob ${sizeBytes}\0`); // as git hashes a file
}

/** More than any checkpoint has; a listing without end is no listing. */
const maxEntries = 10_000;

/**
 * Asks the hub for a model’s repository: which commit a revision is, its licence, its files with their sizes and hashes.
 *
 * @throws CheckpointError `hub_offline`, `hub_denied`, `hub_not_found`, `hub_failed`; `unsafe_path` for a listing with a
 * name that leads out of a folder.
 * @example const { commit, files } = await openRepository(hub, 'zai-org/chatglm3-6b');
 */
export async function openRepository(
  hub: Hub,
  id: string,
  { revision = 'main', signal }: RepositoryOptions = {},
): Promise<Repository> {
  const page = `${hub.endpoint}/${id}`;
  const of = revision === 'main' ? id : `${id} at ${revision}`;
  if (!isRepositoryId(id)) throw new CheckpointError('invalid_config', id, 'is not a repository, OWNER/NAME');
  const ask: typeof fetch = async (input, init) =>
    expectOk(hub, await hub.fetch(String(input), { ...init, ...(signal && { signal }) }), of, page);
  const asked = { hubUrl: hub.endpoint, fetch: ask };
  try {
    const found = info.parse(
      await modelInfo({ ...asked, name: id, revision, additionalFields: ['sha', 'cardData'] }),
    );
    const files: RemoteFile[] = [];
    let entries = 0;
    const repo = { type: 'model', name: found.name } as const;
    for await (const one of listFiles({ ...asked, repo, revision: found.sha })) {
      if (++entries > maxEntries)
        throw new CheckpointError('hub_failed', of, `lists more than ${maxEntries} files`);
      const { type, path, size, oid, lfs } = entry.parse(one);
      if (!isSafeFileName(path))
        throw new CheckpointError(
          'unsafe_path',
          of,
          `lists ${JSON.stringify(path)}, which is not a file in a folder`,
        );
      if (type !== 'file') continue;
      const hash = lfs
        ? ({ algorithm: 'sha256', hex: lfs.oid } as const)
        : ({ algorithm: 'git-sha1', hex: oid } as const);
      files.push({ name: path, sizeBytes: lfs?.size ?? size, hash });
    }
    return {
      id: found.name,
      commit: found.sha,
      page: `${hub.endpoint}/${found.name}`,
      licence: licenceOf(found, page),
      files,
    };
  } catch (error) {
    if (error instanceof CheckpointError || signal?.aborted) throw error;
    const why =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
    throw new CheckpointError('hub_failed', of, `the hub’s answer makes no sense: ${why}`, { cause: error });
  }
}

const hex = (digits: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `not ${digits} hexadecimal digits`);

const info = z.object({
  name: z.string().refine(isRepositoryId, 'not OWNER/NAME'),
  sha: hex(40),
  cardData: z
    .object({
      license: z
        .union([z.string(), z.array(z.string())])
        .optional()
        .catch(undefined),
      license_name: z.string().optional().catch(undefined),
      license_link: z.string().optional().catch(undefined),
    })
    .optional(),
});

const entry = z.object({
  type: z.string(),
  path: z.string(),
  size: z.int().nonnegative(),
  oid: hex(40),
  lfs: z.object({ oid: hex(64), size: z.int().nonnegative() }).optional(),
});

function licenceOf({ name, cardData }: z.infer<typeof info>, page: string): Repository['licence'] {
  const { license, license_name: called, license_link: link } = cardData ?? {};
  const listed = [license ?? []].flat().join(', ');
  const title = listed === 'other' || listed === '' ? called : listed;
  if (title === undefined) return undefined;
  const url = link === undefined ? page : new URL(link, `${page}/blob/main/`).href;
  return { name: `${title} (as the card of ${name} says)`, url };
}
