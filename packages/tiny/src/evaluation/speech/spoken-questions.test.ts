import { expect, test } from 'vitest';
import type { Sample } from '../sample.ts';
import { spokenAsks } from './spoken-questions.ts';

const voicesOf = (language: 'en' | 'zh', ...names: string[]) =>
  names.map((id) => ({ id, engine: 'espeak', language }) as const);
const heldOut = { en: voicesOf('en', 'a', 'b', 'c'), zh: voicesOf('zh', 'd', 'e') };

test('every voice asks every type of question, however many types a picture is asked', () => {
  const types = ['name', 'isIt', 'which'] as const; // as many as there are English voices
  const sample = {
    asks: types.flatMap((type) =>
      (['en', 'zh'] as const).map((language) => ({
        type,
        language,
        question: language === 'en' ? 'What?' : '什么？',
      })),
    ),
  } as unknown as Sample;
  const asks = spokenAsks(Array<Sample>(6).fill(sample), {
    voices: { heldOut, choosing: heldOut, heard: heldOut },
  });
  expect(asks).toHaveLength(36);
  for (const type of types) {
    const asked = asks.filter(({ ask }) => ask.type === type);
    const by = (id: string) => asked.filter(({ voice }) => voice.id === id).length;
    expect(['a', 'b', 'c', 'd', 'e'].map(by)).toEqual([2, 2, 2, 3, 3]);
  }
  expect(new Set(asks.map(({ seed, language }) => `${language} ${seed}`)).size).toBe(36);
});
