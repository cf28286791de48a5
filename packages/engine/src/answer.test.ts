import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatTemplates, loadChatGlm } from '@x-llm/text';
import { describe, expect, it } from 'vitest';
import { Answer, type AnswerOptions } from './answer.ts';

const golden = join(import.meta.dirname, '../../../tests/parity/golden');
const tokenizer = loadChatGlm(readFileSync(join(golden, 'tokenizer/ice_text.model')));
const { cleanUp } = chatTemplates['chatglm-6b'];
const end = 130_005;

/** What is sent of an answer whose tokens are given, and why it ended. */
function written(text: string, options: Partial<AnswerOptions> = {}) {
  const sent: string[] = [];
  const answer = new Answer({
    sampling: { temperature: 0, topP: 1, topK: 0, repetitionPenalty: 1 },
    seed: 0,
    stop: [],
    maxTokens: 100,
    endTokens: [end],
    repetitionOf: 'answer',
    promptIds: [],
    decoder: tokenizer.decoder(),
    cleanUp,
    onText: (piece) => sent.push(piece),
    ...options,
  });
  for (const id of [...tokenizer.encode(text, { recogniseSpecial: false }), end]) {
    const scores = new Float32Array(end + 1);
    scores[id] = 1;
    const reason = answer.next(scores);
    if (reason !== undefined) return { sent, reason };
  }
  throw new Error('it did not end');
}

describe('an answer', () => {
  it('is put right while it is written', () => {
    const { sent, reason } = written('你好,我是 ChatGLM, 谢谢!OK?');
    expect(sent.join('')).toBe('你好，我是 ChatGLM, 谢谢！OK?');
    expect(sent.length).toBeGreaterThan(4);
    expect(reason).toBe('stop');
    expect(written('你好,OK?', { cleanUp: undefined }).sent.join('')).toBe('你好,OK?');
  });

  it('ends at a stop string of what is read', () => {
    expect(written('好的,再见', { stop: ['，'] })).toEqual({ sent: ['好', '的'], reason: 'stop' });
    expect(written('好的,再见', { stop: [','] }).sent.join('')).toBe('好的，再见');
    // Only known when nothing follows.
    expect(written('OK?', { stop: ['?'] })).toEqual({ sent: ['O', 'K'], reason: 'stop' });
  });

  it('that is too long keeps its last sign', () => {
    const text = 'It is so, yes';
    const maxTokens = tokenizer.encode('It is so,').length;
    expect(written(text, { maxTokens })).toMatchObject({ reason: 'length' });
    expect(written(text, { maxTokens }).sent.join('')).toBe('It is so,');
  });
});
