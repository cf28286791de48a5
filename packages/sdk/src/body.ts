/** Reading a whole answer. */
import { APIConnectionError } from './errors.ts';
import { type Answer, connectionError, type RequestOptions, type Transport } from './transport.ts';

/** The text. Throws `APIConnectionError` when the connection breaks on the way. */
export async function textBody(
  { response }: Answer,
  { baseURL }: Transport,
  { signal }: RequestOptions,
): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw connectionError(error, baseURL, signal);
  }
}

/** The server's side of the contract is trusted to have its shape; that it is JSON is not. */
export async function jsonBody<Body>(
  answer: Answer,
  transport: Transport,
  options: RequestOptions,
): Promise<Body> {
  const text = await textBody(answer, transport, options);
  try {
    return JSON.parse(text) as Body;
  } catch (cause) {
    throw new APIConnectionError(`${answer.response.url} did not answer with JSON; is it an X-LLM server?`, {
      cause,
    });
  }
}
