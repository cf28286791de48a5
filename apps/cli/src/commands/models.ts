import { buildCommand, buildRouteMap } from '@stricli/core';

const list = buildCommand({
  docs: {
    brief: 'List the models that are on this machine',
    fullDescription: [
      'List the models that are on this machine: what was pulled or imported, and the one that ships.',
      '',
      '  xllm models',
      '  xllm chat --bundle chatglm3-6b "Hello"',
      '',
      'They are kept in ~/.local/share/xllm/models; XDG_DATA_HOME moves that, XLLM_HOME moves models and downloads.',
    ].join('\n'),
  },
  parameters: {
    flags: { json: { kind: 'boolean', default: false, withNegated: false, brief: 'For machines' } },
  },
  async func({ json }: { readonly json: boolean }) {
    const { runModels } = await import('../models.ts');
    await runModels(json);
  },
});

const rm = buildCommand({
  docs: { brief: 'Delete a model that was pulled or imported' },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, placeholder: 'name', brief: 'As `xllm models` lists it' }],
    },
    flags: { yes: { kind: 'boolean', default: false, withNegated: false, brief: 'Do not ask' } },
    aliases: { y: 'yes' },
  },
  async func({ yes }: { readonly yes: boolean }, name: string) {
    const { removeModel } = await import('../models.ts');
    await removeModel(name, { yes });
  },
});

export const models = buildRouteMap({
  routes: { list, rm },
  defaultCommand: 'list',
  docs: { brief: 'List the models that are on this machine, or delete one' },
});
