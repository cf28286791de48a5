import { createBackend } from '@x-llm/backend';
import { APIConnectionError, AuthenticationError, XLLM } from '@x-llm/sdk';
import { findApiKey, newApiKey } from '../api-key.ts';
import { createLogger, loadModel } from '../model.ts';
import { paths } from '../paths.ts';
import { UserError } from '../user-error.ts';

export interface ServerOptions {
  url?: string;
  key?: string;
  bundle?: string;
  model?: string;
}

export interface Server {
  readonly client: XLLM;
  readonly model: string;
  close(): Promise<void>;
}

/** The server at an address; without one, the model in this process behind a private port. */
export async function connect({ url, key, bundle, model }: ServerOptions): Promise<Server> {
  if (url !== undefined) return connectTo(url, key, model);
  const engine = await loadModel(bundle);
  const apiKey = newApiKey();
  const running = await createBackend({ engines: [engine], apiKey, logger: createLogger('error') }).serve();
  const client = new XLLM({ apiKey, baseURL: `${running.url}/v1` });
  return { client, model: model ?? engine.model.id, close: () => running.close() };
}

async function connectTo(url: string, key: string | undefined, model: string | undefined): Promise<Server> {
  if (!URL.canParse(url))
    throw new UserError(`${url} is not an address.`, 'It looks like http://127.0.0.1:8787');
  const apiKey = (await findApiKey(key, paths.apiKey)) ?? null;
  const client = new XLLM({
    apiKey,
    baseURL: `${url.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`,
    maxRetries: 0,
  });
  try {
    const { data } = await client.models.list();
    const found = model ?? data[0]?.id;
    if (found === undefined)
      throw new UserError(`${url} serves no model.`, 'Name another server after --url.');
    return { client, model: found, close: async () => {} };
  } catch (cause) {
    if (cause instanceof AuthenticationError) {
      throw new UserError(
        `${url} did not accept the key.`,
        'Pass the right one with --key or XLLM_API_KEY.',
        { cause },
      );
    }
    if (cause instanceof APIConnectionError) {
      throw new UserError(
        `No X-LLM server answers at ${url}.`,
        'Start one with npm start, or leave --url out.',
        { cause },
      );
    }
    throw cause;
  }
}
