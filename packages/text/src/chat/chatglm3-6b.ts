import { chatGlm2CleanUp } from './chatglm2-6b.ts';
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
  // An answer begins with the line of its metadata, which is empty in a chat. process_response() of modeling_chatglm.py,
  // same version, then puts right what ChatGLM2-6B's does.
  cleanUp: chatGlm2CleanUp,
};
