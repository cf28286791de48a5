import { type OperationId, parseChatRequest, parseTranscription, transcriptionForm } from '@x-llm/contract';
import { encodeInnerRequest } from '@x-llm/contract/inner';
import { type Backend, passOn } from './backend.ts';
import { readForm, readJson } from './body.ts';
import type { Settings } from './env.ts';
import { attachMedia, blaming } from './media.ts';
import { modelImageSize } from './models.ts';
import { prepareSound } from './sound.ts';

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
    if (parsed.media.length === 0) {
      return passOn(await send('application/json', utf8.encode(JSON.stringify(parsed.request))));
    }
    const size = parsed.media.some(({ kind }) => kind === 'image')
      ? (settings.imageSize ?? (await modelImageSize(backend, parsed.request.model, requestId)))
      : undefined;
    const inner = await attachMedia(parsed, size);
    const { contentType, body } = encodeInnerRequest(inner.request, inner.attachments);
    return passOn(await send(contentType, body));
  },
  async createTranscription({ request, requestId, backend }) {
    const given = { type: request.headers.get('content-type') ?? '', body: await readForm(request) };
    const { request: fields, file } = parseTranscription(given.body, given.type);
    const sound = await blaming('file', () => prepareSound(file.bytes));
    const form = new Response(transcriptionForm(fields, { ...file, ...sound }));
    return passOn(
      await backend.send({
        method: 'POST',
        path: '/v1/audio/transcriptions',
        requestId,
        contentType: form.headers.get('content-type') ?? '',
        body: new Uint8Array(await form.arrayBuffer()),
        signal: request.signal,
      }),
    );
  },
  listModels: forward,
  retrieveModel: forward,
  getHealth: () => Response.json({ status: 'ok' }),
  getReadiness: forward,
  getMetrics: forward,
};
