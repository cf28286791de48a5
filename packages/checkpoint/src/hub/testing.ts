/** A hub on this machine, for tests: the part of Hugging Face's API that is used here, over HTTP, with its bad days. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalRepository {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly cardData?: Readonly<Record<string, unknown>>;
  /** Only for those who have this token. */
  readonly token?: string;
  /** With a token and without accepted conditions. */
  readonly gated?: boolean;
  /** It has moved: where to. */
  readonly movedTo?: string;
}

/** What goes wrong; tests set it as they go. */
export interface Mischief {
  /** Entries that the listing has beside the files. */
  listed?: readonly unknown[];
  /** Sizes that the listing gives in place of the true ones. */
  sizes?: Readonly<Record<string, number>>;
  /** A connection to the store of files brings so many bytes and no more, until `breakConnections`. */
  hangAfter?: number;
  /** As `hangAfter`, and the answer ends as if that were all of it. */
  endAfter?: number;
  ignoreRange?: boolean;
  /** A file whose last byte is another. */
  corrupt?: string;
  /** Answers of the hub itself, as 503. */
  status?: number;
}

export interface LocalHub {
  readonly url: string;
  /** `GET /path` of the hub and `GET store/path` of its store of files, with the range that was asked for. */
  readonly requests: string[];
  /** Bytes of files that were sent. */
  sentBytes: number;
  /** Every `authorization` that the store of files got; there should be none. */
  readonly storeTokens: string[];
  mischief: Mischief;
  /** Those to the store of files. What a client has not read by then may be lost to it. */
  breakConnections(): void;
  close(): Promise<void>;
}

const sha = (algorithm: string, ...parts: (string | Uint8Array)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash(algorithm)).digest('hex');
const isLarge = (name: string): boolean => /\.(safetensors|bin|model)$/.test(name);

/** What the hub says the revision of its repositories is. */
export const localCommit = sha('sha1', 'a commit');

/** Few, so that a listing has several pages. */
const pageEntries = 2;

/**
 * Serves repositories as the hub does: an API, small files by itself, large ones by a redirect to a store on another port,
 * both with Range.
 *
 * @example const hub = await startLocalHub({ 'zai-org/chatglm3-6b': { files: { 'config.json': bytes } } });
 */
export async function startLocalHub(
  repositories: Readonly<Record<string, LocalRepository>>,
): Promise<LocalHub> {
  const blobs = new Map<string, { name: string; bytes: Uint8Array }>();
  for (const { files } of Object.values(repositories))
    for (const [name, bytes] of Object.entries(files)) blobs.set(sha('sha256', bytes), { name, bytes });

  const store = createServer((request, response) => {
    note('store', request);
    if (request.headers.authorization) local.storeTokens.push(request.headers.authorization);
    const blob = blobs.get(request.url?.slice(1) ?? '');
    if (blob) send(request, response, blob.name, blob.bytes);
    else response.writeHead(404).end();
  });
  const server = createServer((request, response) => {
    note('', request);
    const { pathname, searchParams } = new URL(request.url ?? '', local.url);
    const found = Object.entries(repositories).find(([id]) => pathname.includes(`/${id}/`));
    const refuse = (status: number, says: string) =>
      response
        .writeHead(status, { 'x-error-code': says, 'content-type': 'application/json' })
        .end('{"error":"no"}');
    if (local.mischief.status) return refuse(local.mischief.status, '');
    if (!found) return refuse(401, 'RepoNotFound');
    const [id, repository] = found;
    if (repository.movedTo)
      return response.writeHead(307, { location: request.url?.replace(id, repository.movedTo) }).end();
    const { authorization } = request.headers;
    if (repository.token && authorization !== `Bearer ${repository.token}`)
      return refuse(401, 'RepoNotFound');
    if (repository.gated) return refuse(authorization ? 403 : 401, 'GatedRepo');
    const rest = pathname.split(`/${id}/`)[1] ?? '';
    const [kind, revision = '', name = ''] = rest.split('/');
    if (!['main', localCommit].includes(revision)) return refuse(404, 'RevisionNotFound');
    const json = (value: unknown, headers = {}) =>
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
    if (kind === 'revision') {
      const { cardData } = repository;
      return json({
        _id: '1',
        id,
        private: false,
        gated: false,
        downloads: 0,
        likes: 0,
        lastModified: new Date(),
        sha: localCommit,
        cardData,
      });
    }
    if (kind === 'tree') {
      const from = Number(searchParams.get('cursor') ?? 0);
      const entries = [...Object.entries(repository.files).map(entryOf), ...(local.mischief.listed ?? [])];
      const next = `<${local.url}${pathname}?cursor=${from + pageEntries}>; rel="next"`;
      const more = from + pageEntries < entries.length;
      return json(entries.slice(from, from + pageEntries), more ? { link: next } : {});
    }
    const bytes = repository.files[decodeURIComponent(name)];
    if (kind !== 'resolve' || !bytes) return refuse(404, 'EntryNotFound');
    if (!isLarge(name)) return send(request, response, name, bytes);
    return response.writeHead(302, { location: `${urlOf(store)}/${sha('sha256', bytes)}` }).end();
  });

  const entryOf = ([path, bytes]: [string, Uint8Array]) => {
    const size = local.mischief.sizes?.[path] ?? bytes.length;
    const oid = sha('sha1', `blob ${bytes.length}\0`, bytes);
    if (!isLarge(path)) return { type: 'file', path, size, oid };
    return { type: 'file', path, size, oid, lfs: { oid: sha('sha256', bytes), size, pointerSize: 130 } };
  };

  function send(request: IncomingMessage, response: ServerResponse, name: string, whole: Uint8Array): void {
    const { ignoreRange, corrupt, endAfter, hangAfter } = local.mischief;
    const bytes = name === corrupt ? whole.with(-1, (whole.at(-1) ?? 0) ^ 1) : whole;
    const asked = ignoreRange ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const start = Number(asked ?? 0);
    if (start >= bytes.length && start > 0) {
      response.writeHead(416).end();
      return;
    }
    const part = bytes.subarray(start);
    const range = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    const limit = Math.min(isLarge(name) ? (endAfter ?? hangAfter ?? part.length) : part.length, part.length);
    local.sentBytes += limit;
    response.writeHead(asked === undefined ? 200 : 206, {
      ...(endAfter === undefined && { 'content-length': part.length }),
      ...(asked !== undefined && range),
    });
    if (limit === part.length || endAfter !== undefined) response.end(part.subarray(0, limit));
    else response.write(part.subarray(0, limit));
  }

  function note(where: string, request: IncomingMessage): void {
    const { range } = request.headers;
    local.requests.push(`${request.method} ${where}${request.url}${range === undefined ? '' : ` ${range}`}`);
  }

  const servers = [server, store];
  const urlOf = (one: typeof server) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
  for (const one of servers) await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  const local: LocalHub = {
    url: urlOf(server),
    requests: [],
    sentBytes: 0,
    storeTokens: [],
    mischief: {},
    breakConnections: () => store.closeAllConnections(),
    async close() {
      for (const one of servers) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
  return local;
}
