import { chatGlm2CleanUp } from './chatglm2-6b.ts';
import { chatGlm3 } from './chatglm3-6b.ts';
import type { RolesTemplate } from './template.ts';

/** GLM-4's words behind the description of a tool. */
const calling = '在调用上述函数时，请使用 Json 格式表示调用的参数。';

const nameOf = (tool: unknown): string =>
  typeof tool === 'object' && tool !== null && 'name' in tool ? String(tool.name) : '';

export const glm4: RolesTemplate = {
  form: 'roles',
  source: 'chat_template of THUDM/glm-4-9b-chat',
  prefix: ['[gMASK]', '<sop>'],
  roles: chatGlm3.roles,
  withTools: (text, tools) =>
    text +
    tools.map((tool) => `\n\n## ${nameOf(tool)}\n\n${JSON.stringify(tool, null, 4)}\n${calling}`).join(''),
  // process_response() of modeling_chatglm.py, THUDM/glm-4-9b-chat, is ChatGLM3-6B's.
  cleanUp: chatGlm2CleanUp,
};
