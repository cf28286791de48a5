import type { RoundsTemplate } from './template.ts';

/** X-LLM's training prompts: a question by itself is framed too; dialogues are ChatGLM-6B's rounds. */
export const xLlm: RoundsTemplate = {
  form: 'rounds',
  source: 'X-LLM, arXiv 2305.04160, prompt_format of phellonchen/X-LLM @ ab923aa',
  prefix: [],
  single: '问：{question}\n答：',
  past: '[Round {round}]\n问：{question}\n答：{answer}\n',
  last: '[Round {round}]\n问：{question}\n答：',
  firstRound: 0,
};
