/**
 * For tests: does a response keep the contract? The validators stand alone, so it works in workerd as well.
 *
 *     await expectContract('listModels', response);
 */
import { validators } from './generated/responses.js';
import type { OperationId } from './operations.ts';
import { requestIdHeader } from './request-id.ts';

/** What a response held: the JSON, the events of a stream (without `[DONE]`), or the text. */
export type ContractBody = { json: unknown } | { events: unknown[]; done: boolean } | { text: string };

/** Reads `response`, checks status, media type, headers and body, and returns the body. Throws on a breach. */
export async function expectContract(id: OperationId, response: Response): Promise<ContractBody> {
  if (response.headers.get(requestIdHeader) === null) throw new Error(`${id}: no ${requestIdHeader} header`);
  const media = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  const text = await response.text();
  if (media === 'text/event-stream') {
    const data = text
      .split(/\r?\n\r?\n/)
      .flatMap((event) => event.split(/\r?\n/).filter((line) => line.startsWith('data: ')))
      .map((line) => line.slice('data: '.length));
    const events = data.filter((line) => line !== '[DONE]').map((line): unknown => JSON.parse(line));
    for (const event of events) expectBody(id, response.status, media, event);
    return { events, done: data.at(-1) === '[DONE]' };
  }
  const body: unknown = media === 'application/json' ? JSON.parse(text) : text;
  expectBody(id, response.status, media, body);
  return media === 'application/json' ? { json: body } : { text };
}

/** Checks one body (or one event) against the schema for its status and media type. */
export function expectBody(id: OperationId, status: number, media: string, body: unknown): void {
  const known = validators[id];
  const validate = known[`${status} ${media}`] ?? (status >= 400 ? known[`default ${media}`] : undefined);
  if (validate === undefined) {
    throw new Error(`${id}: the contract has no ${status} ${media}; it has ${Object.keys(known).join(', ')}`);
  }
  if (!validate(body)) {
    const why = validate.errors?.map(
      (error) => `${error.instancePath || '(body)'} ${error.message ?? error.keyword}`,
    );
    throw new Error(
      `${id} ${status} ${media}: ${why?.join('; ')}\n${JSON.stringify(body, null, 2).slice(0, 2000)}`,
    );
  }
}
