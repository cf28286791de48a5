import type { SpeechInterface } from '@x-llm/checkpoint';
import { loadSentencePiece, trainSentencePieceBpe } from '@x-llm/text';
import { describe, expect, it } from 'vitest';
import { saysAll, timedTokens, transcriptionPromptOf } from './transcription.ts';

const model = trainSentencePieceBpe(['a b c 一只猫'], {
  vocabSize: 264,
  characterCoverage: 1,
  controlSymbols: [],
  userSymbols: [],
});
const tokenizer = loadSentencePiece(model);
const second = (start: number) => ({ startSeconds: start, endSeconds: start + 1 });
const heard = [second(0), second(2), second(4)];
const times = (text: string, firings = heard, unit: 'tokens' | 'syllables' = 'tokens') =>
  timedTokens(tokenizer.encode(text), tokenizer, { firings, unit, durationSeconds: 6 }).map(
    ({ text, startSeconds, endSeconds }) => [
      text,
      Math.round(startSeconds * 100) / 100,
      Math.round(endSeconds * 100) / 100,
    ],
  );

describe('tokens of a transcript', () => {
  it('have the times of the tokens that were heard, when they are as many', () => {
    expect(times('猫猫')).toHaveLength(3 - 1); // the dummy prefix is a token without text
    expect(times('猫猫').map(([text]) => text)).toEqual(['猫', '猫']);
    expect(tokenizer.encode('猫猫')).toHaveLength(3);
    expect(times('猫猫')).toEqual([
      ['猫', 0, 3],
      ['猫', 4, 5],
    ]);
  });

  it('are spread over what was heard, when they are more or fewer', () => {
    expect(times('猫猫', [second(1), ...heard.slice(1)].slice(0, 2))).toEqual([
      ['猫', 1, 2.33],
      ['猫', 2.33, 3],
    ]);
  });

  it('are spread over all of it, when nothing was heard', () => {
    expect(times('猫猫', [])).toEqual([
      ['猫', 0, 4],
      ['猫', 4, 6],
    ]);
    const speech = { firings: heard, durationSeconds: 6 };
    expect(timedTokens([], tokenizer, { ...speech, unit: 'tokens' })).toEqual([]);
    expect(timedTokens([], tokenizer, { ...speech, unit: 'syllables' })).toEqual([]);
  });

  it('have the times of the syllables they are letters of, when syllables were heard', () => {
    expect(times('猫猫只', heard, 'syllables')).toEqual([
      ['猫', 0, 1],
      ['猫', 2, 3],
      ['只', 4, 5],
    ]);
    const word = times('abba c', heard, 'syllables'); // ab, ba and the blank, c
    expect(word.filter(([text]) => text === 'b').map(([, start, end]) => [start, end])).toEqual([
      [0.5, 1],
      [2, 2.33],
    ]);
    expect(word.at(-1)).toEqual(['c', 4, 5]);
  });

  it('are spread over the syllables that were heard, when they have more or fewer', () => {
    expect(times('猫猫只', [second(0), second(2)], 'syllables').map(([, start]) => start)).toEqual([
      0, 0.67, 2.33,
    ]);
    expect(times('…', heard, 'syllables').map(([, start, end]) => [start, end])).toEqual([[0, 5]]);
  });

  it('that are half a character are one', () => {
    expect(tokenizer.encode('é').length).toBeGreaterThanOrEqual(3); // bytes
    const [only, ...more] = times('é');
    expect([only?.[0], more]).toEqual(['é', []]);
    expect([only?.[1], only?.[2]]).toEqual([0, 5]);
  });
});

it('the question is the language’s own, the bundle’s, or X-LLM’s', () => {
  const bundle = { transcriptionPrompt: 'write', transcriptionPrompts: { zh: '写' } } as SpeechInterface;
  const prompt = transcriptionPromptOf(bundle);
  expect([prompt('zh'), prompt('en'), prompt(undefined)]).toEqual(['写', 'write', 'write']);
  expect(transcriptionPromptOf(undefined)(undefined)).toBe('请忠实地识别该语音');
});

describe('a transcript', () => {
  it('ends where it says more than was heard', () => {
    const ends = saysAll(4, 'syllables');
    const runsOn = ['This is', ' the sun', '. It', ' is so', ' bright', ' up there'];
    const texts = runsOn.map((_, at) => runsOn.slice(0, at + 1).join(''));
    expect(texts.map((text, at) => ends(text, at + 1))).toEqual([false, false, false, false, false, true]);
    expect(ends('左边是雪豹右边', 7)).toBe(false);
    expect(ends('左边是雪豹右边是胡', 9)).toBe(true);
    // Punctuation has no syllables.
    expect([ends('…', 15), ends('…', 16)]).toEqual([false, true]);
  });

  it('is measured by tokens alone where those were heard', () => {
    const ends = saysAll(4, 'tokens');
    expect([ends('左边是雪豹右边是胡萝卜', 11), ends('左', 15), ends('左', 16)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
