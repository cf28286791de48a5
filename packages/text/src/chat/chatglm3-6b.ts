import type { RolesTemplate } from './template.ts';

export const chatGlm3: RolesTemplate = {
  form: 'roles',
  source: 'build_chat_input() of tokenization_chatglm.py, THUDM/chatglm3-6b @ 456aa87',
  prefix: ['[gMASK]', 'sop'],
  roles: {
    system: '<|system|>',
    user: '<|user|>',
    assistant: '<|assistant|>',
    observation: '<|observation|>',
  },
  withTools: (text, tools) => `${text}\n${JSON.stringify(tools, null, 4)}`,
};
