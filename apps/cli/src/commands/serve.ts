import { buildCommand } from '@stricli/core';
import { choosePort, parsePort } from '../port.ts';
import { servedFlag } from './model-flags.ts';

interface Flags {
  readonly port?: number;
  readonly host: string;
  readonly bundle?: readonly string[];
}

export const serve = buildCommand({
  docs: {
    brief: 'Serve one model or several over HTTP, without gateway and page',
    fullDescription: [
      'Serve one model or several over HTTP, without gateway and page.',
      '',
      '  xllm serve',
      '  xllm serve --bundle chatglm-6b --bundle chatglm-6b-hears',
      '',
      'Requests choose by "model"; GET /v1/models lists the names. What several have in common, such as the language model,',
      'is in memory once, with one queue. XLLM_BUNDLE may list several, as PATH does.',
      '',
      'XLLM_API_KEY is the key that clients send; XLLM_BACKEND_SECRET the secret shared with a gateway.',
      'With neither, the key in .xllm/api-key holds, which is made if need be.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      port: { kind: 'parsed', parse: parsePort, optional: true, brief: 'Where to listen (8788)' },
      host: { kind: 'parsed', parse: String, default: '127.0.0.1', brief: 'The address to listen on' },
      bundle: servedFlag,
    },
  },
  async func({ port, host, bundle }: Flags) {
    const { serveModel } = await import('../serve.ts');
    await serveModel({ port: choosePort(port, 8788), host, bundles: bundle });
  },
});
