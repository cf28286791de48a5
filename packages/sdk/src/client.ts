import type { ChatCompletion, ChatCompletionRequest, Model, ModelList } from '@x-llm/contract';
import { APIConnectionError } from './errors.ts';
import { ChatCompletionStream } from './stream.ts';
import {
  type Answer,
  type ClientOptions,
  connectionError,
  type RequestOptions,
  Transport,
} from './transport.ts';

type Plain = ChatCompletionRequest & { stream?: false | null };
type Streaming = ChatCompletionRequest & { stream: true };

/**
 * The client.
 *
 *     const client = new XLLM({ apiKey });
 *     const answer = await client.chat.completions.create({
 *       model: 'x-llm-tiny',
 *       messages: [{ role: 'user', content: [await image('cat.png'), { type: 'text', text: 'What is this?' }] }],
 *     });
 */
export class XLLM {
  readonly baseURL: string;
  readonly chat: { readonly completions: Completions };
  readonly models: Models;

  constructor(options: ClientOptions = {}) {
    const transport = new Transport(options);
    this.baseURL = transport.baseURL;
    this.chat = { completions: new Completions(transport) };
    this.models = new Models(transport);
  }
}

export class Completions {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Asks. With `stream: true` it resolves when the server starts to answer. */
  create(request: Plain, options?: RequestOptions): Promise<ChatCompletion>;
  create(request: Streaming, options?: RequestOptions): Promise<ChatCompletionStream>;
  create(
    request: ChatCompletionRequest,
    options?: RequestOptions,
  ): Promise<ChatCompletion | ChatCompletionStream>;
  async create(
    request: ChatCompletionRequest,
    options: RequestOptions = {},
  ): Promise<ChatCompletion | ChatCompletionStream> {
    if (request.stream !== true) {
      return json(
        await this.#transport.send('createChatCompletion', { json: request }, options),
        this.#transport,
        options,
      );
    }
    const controller = new AbortController();
    const signal =
      options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal]);
    const answer = await this.#transport.send(
      'createChatCompletion',
      { json: request },
      { ...options, signal },
    );
    return new ChatCompletionStream(answer, controller, signal);
  }
}

export class Models {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async list(options: RequestOptions = {}): Promise<ModelList> {
    return json(await this.#transport.send('listModels', {}, options), this.#transport, options);
  }

  /** Throws `NotFoundError` for a model that is not served. */
  async retrieve(model: string, options: RequestOptions = {}): Promise<Model> {
    return json(
      await this.#transport.send('retrieveModel', { parameters: { model } }, options),
      this.#transport,
      options,
    );
  }
}

/** The body. The server's side of the contract is trusted to have its shape; that it is JSON is not. */
async function json<Body>(
  { response }: Answer,
  { baseURL }: Transport,
  { signal }: RequestOptions,
): Promise<Body> {
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    throw connectionError(error, baseURL, signal);
  }
  try {
    return JSON.parse(text) as Body;
  } catch (cause) {
    throw new APIConnectionError(`${response.url} did not answer with JSON; is it an X-LLM server?`, {
      cause,
    });
  }
}
