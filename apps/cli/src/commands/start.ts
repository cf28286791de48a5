import { buildCommand } from '@stricli/core';
import { choosePort, parsePort } from '../port.ts';
import { servedFlag } from './model-flags.ts';

interface Flags {
  readonly port?: number;
  readonly bundle?: readonly string[];
}

export const start = buildCommand({
  docs: {
    brief: 'Start everything on this machine: the model, the gateway and the page',
    fullDescription: [
      'Start everything on this machine: the model, the gateway and the page.',
      '',
      '  xllm start',
      '  xllm start --bundle x-llm-tiny --bundle chatglm3-6b    the page has a choice among several',
      '',
      'XLLM_BUNDLE may list several models, as PATH does.',
      'PORT changes the port, XLLM_API_KEY the key; without it one is made and kept in .xllm/api-key.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      port: {
        kind: 'parsed',
        parse: parsePort,
        optional: true,
        brief: 'Where to listen on 127.0.0.1 (8787)',
      },
      bundle: servedFlag,
    },
  },
  async func({ port, bundle }: Flags) {
    const { startAll } = await import('../start.ts');
    await startAll({ port: choosePort(port, 8787), bundles: bundle });
  },
});
