import type { RoundsTemplate } from './template.ts';

/** ChatGLM-6B was trained on rounds counted from 0, and on bare first questions. */
export const chatGlm6b: RoundsTemplate = {
  form: 'rounds',
  source: 'chat() of modeling_chatglm.py, phellonchen/X-LLM @ ab923aa',
  prefix: [],
  single: '{question}',
  past: '[Round {round}]\n问：{question}\n答：{answer}\n',
  last: '[Round {round}]\n问：{question}\n答：',
  firstRound: 0,
};
