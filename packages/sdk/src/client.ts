import type { ChatCompletion, ChatCompletionRequest, Model, ModelList } from '@x-llm/contract';
import { jsonBody } from './body.ts';
import type { ReadFile } from './source.ts';
import { ChatCompletionStream } from './stream.ts';
import { createTranscribe, type Transcribe } from './transcriptions.ts';
import { type ClientOptions, type RequestOptions, Transport } from './transport.ts';

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
export class Client {
  readonly baseURL: string;
  readonly chat: { readonly completions: Completions };
  readonly models: Models;
  /**
   * Writes down what is said in a sound file.
   *
   *     const { text } = await client.transcribe({ model: 'x-llm-tiny', file: 'speech.wav' });
   */
  readonly transcribe: Transcribe;

  constructor(options: ClientOptions, readFile: ReadFile) {
    const transport = new Transport(options);
    this.baseURL = transport.baseURL;
    this.chat = { completions: new Completions(transport) };
    this.models = new Models(transport);
    this.transcribe = createTranscribe(transport, readFile);
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
    if (request.stream === true) {
      return new ChatCompletionStream(
        ...(await this.#transport.open('createChatCompletion', { json: request }, options)),
      );
    }
    const answer = await this.#transport.send('createChatCompletion', { json: request }, options);
    return jsonBody(answer, this.#transport, options);
  }
}

export class Models {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async list(options: RequestOptions = {}): Promise<ModelList> {
    return jsonBody(await this.#transport.send('listModels', {}, options), this.#transport, options);
  }

  /** Throws `NotFoundError` for a model that is not served. */
  async retrieve(model: string, options: RequestOptions = {}): Promise<Model> {
    return jsonBody(
      await this.#transport.send('retrieveModel', { parameters: { model } }, options),
      this.#transport,
      options,
    );
  }
}
