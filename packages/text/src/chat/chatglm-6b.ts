import type { CleanUp } from './clean-up.ts';
import type { RoundsTemplate } from './template.ts';

/**
 * The tokenizer folds full-width punctuation, so the model writes none. The placeholder comes from its training data.
 * From process_response() of model/chat.py, THUDM/VisualGLM-6B @ 0e1d4b2; modeling_chatglm.py has the same.
 */
export const chatGlmCleanUp: CleanUp = {
  replaced: { '[[训练时间]]': '2023年' },
  besideHan: { ',': '，', '!': '！', ':': '：', ';': '；', '?': '？' },
};

/** ChatGLM-6B was trained on rounds counted from 0, and on bare first questions. */
export const chatGlm6b = {
  form: 'rounds',
  source: 'chat() of modeling_chatglm.py, phellonchen/X-LLM @ ab923aa',
  prefix: [],
  single: '{question}',
  past: '[Round {round}]\n问：{question}\n答：{answer}\n',
  last: '[Round {round}]\n问：{question}\n答：',
  firstRound: 0,
  cleanUp: chatGlmCleanUp,
} as const satisfies RoundsTemplate;
