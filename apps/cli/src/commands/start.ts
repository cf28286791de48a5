import { buildCommand } from '@stricli/core';
import { choosePort, parsePort } from '../port.ts';

interface Flags {
  readonly port?: number;
  readonly bundle?: string;
}

export const start = buildCommand({
  docs: {
    brief: 'Start everything on this machine: the model, the gateway and the page',
    fullDescription: [
      'Start everything on this machine: the model, the gateway and the page.',
      '',
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
      bundle: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'MODEL',
        brief: 'The model to run: a name as `xllm models` lists it, or the folder of a bundle',
      },
    },
  },
  async func({ port, bundle }: Flags) {
    const { startAll } = await import('../start.ts');
    await startAll({ port: choosePort(port, 8787), bundle });
  },
});
