import type { RoundsTemplate } from './template.ts';

/** ChatGLM2-6B counts rounds from 1, frames the first one too, and has blank lines between. */
export const chatGlm2: RoundsTemplate = {
  form: 'rounds',
  source: 'build_prompt() of tokenization_chatglm.py, THUDM/chatglm2-6b @ 944d831',
  prefix: ['[gMASK]', 'sop'],
  single: '[Round 1]\n\n问：{question}\n\n答：',
  past: '[Round {round}]\n\n问：{question}\n\n答：{answer}\n\n',
  last: '[Round {round}]\n\n问：{question}\n\n答：',
  firstRound: 1,
};
