import { chatGlmCleanUp } from './chatglm-6b.ts';
import type { CleanUp } from './clean-up.ts';
import type { RoundsTemplate } from './template.ts';

/**
 * Its tokenizer and its successors' keep full-width punctuation, so only the placeholder and blanks are left to put right.
 * From process_response() of modeling_chatglm.py, THUDM/chatglm2-6b @ d7067ec.
 */
export const chatGlm2CleanUp: CleanUp = { replaced: chatGlmCleanUp.replaced, besideHan: {} };

/** ChatGLM2-6B counts rounds from 1, frames the first one too, and has blank lines between. */
export const chatGlm2: RoundsTemplate = {
  form: 'rounds',
  source: 'build_prompt() of tokenization_chatglm.py, THUDM/chatglm2-6b @ 944d831',
  prefix: ['[gMASK]', 'sop'],
  single: '[Round 1]\n\n问：{question}\n\n答：',
  past: '[Round {round}]\n\n问：{question}\n\n答：{answer}\n\n',
  last: '[Round {round}]\n\n问：{question}\n\n答：',
  firstRound: 1,
  cleanUp: chatGlm2CleanUp,
};
