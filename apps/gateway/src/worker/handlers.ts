import { type OperationId, parseChatRequest } from '@x-llm/contract';
import { encodeInnerRequest } from '@x-llm/contract/inner';
import { type Backend, passOn } from './backend.ts';
import { readJson } from './body.ts';
import type { Settings } from './env.ts';
import { attachImages } from './images.ts';
import { modelImageSize } from './models.ts';

export interface Call {
  request: Request;
  requestId: string;
  backend: Backend;
  settings: Settings;
}

type Handler = (call: Call) => Promise<Response> | Response;

/** Questions about state are answered at once or not at all. */
const probeTimeoutMs = 5_000;

/** Asks the backend the same question. */
async function forward({ request, requestId, backend }: Call): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(probeTimeoutMs)]);
  return passOn(await backend.send({ method: 'GET', path: pathname + search, requestId, signal }));
}

const utf8 = new TextEncoder();

/** One per operation of the contract; the type proves that none is missing. */
export const handlers: { [Id in OperationId]: Handler } = {
  async createChatCompletion({ request, requestId, backend, settings }) {
    const parsed = parseChatRequest(await readJson(request));
    const send = (contentType: string, body: Uint8Array) =>
      backend.send({
        method: 'POST',
        path: '/v1/chat/completions',
        requestId,
        contentType,
        body,
        signal: request.signal,
      });
    if (parsed.images.length === 0) {
      return passOn(await send('application/json', utf8.encode(JSON.stringify(parsed.request))));
    }
    const size = settings.imageSize ?? (await modelImageSize(backend, parsed.request.model, requestId));
    const inner = await attachImages(parsed, size);
    const { contentType, body } = encodeInnerRequest(inner.request, inner.attachments);
    return passOn(await send(contentType, body));
  },
  listModels: forward,
  retrieveModel: forward,
  getHealth: () => Response.json({ status: 'ok' }),
  getReadiness: forward,
  getMetrics: forward,
};
