import { chatGlmCleanUp } from './chatglm-6b.ts';
import type { RoundsTemplate } from './template.ts';

/** VisualGLM-6B's rounds have no numbers. It was taught with one picture, in front of the first of them. */
export const visualGlm = {
  form: 'rounds',
  source: 'build_inputs_with_image() of modeling_chatglm.py, THUDM/visualglm-6b @ 8164134',
  prefix: [],
  media: { image: { open: '<img>', close: '</img>', joinsText: true } },
  single: '问：{question}\n答：',
  past: '问：{question}\n答：{answer}\n',
  last: '问：{question}\n答：',
  firstRound: 0,
  cleanUp: chatGlmCleanUp,
} as const satisfies RoundsTemplate;
