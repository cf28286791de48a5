import { type ErrorResponse, isErrorCode, type ModelList, Problem } from '@x-llm/contract';
import type { Backend } from './backend.ts';

const ttlMs = 60_000;
const timeoutMs = 5_000;

/** Model id → side of its pictures in pixels, per backend, for the life of the isolate. */
const cache = new Map<string, { expires: number; sizes: Map<string, number> }>();

/** The size the model wants its pictures in; undefined when the backend has no such model. */
export async function modelImageSize(
  backend: Backend,
  model: string,
  requestId: string,
): Promise<number | undefined> {
  const known = cache.get(backend.url.href);
  if (known && known.expires > Date.now()) return known.sizes.get(model);
  const response = await backend.send({
    method: 'GET',
    path: '/v1/models',
    requestId,
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw await problemOf(response);
  const { data } = (await response.json()) as ModelList;
  const sizes = new Map(data.map(({ id, image_size }) => [id, image_size]));
  cache.set(backend.url.href, { expires: Date.now() + ttlMs, sizes });
  return sizes.get(model);
}

/** The backend's own words when it has some: a model that is still loading is not a backend that is gone. */
async function problemOf(response: Response): Promise<Problem> {
  const cause = new Error(`/v1/models answered ${response.status}`);
  const body = (await response.json().catch(() => undefined)) as Partial<ErrorResponse> | undefined;
  const code = body?.error?.code;
  return new Problem(isErrorCode(code) && response.status >= 500 ? code : 'backend_unavailable', { cause });
}
