import { expect, test } from 'vitest';
import { Rng } from '../data/rng.ts';
import { world } from '../data/world.ts';
import { askAbout } from './facts.ts';
import { readNamingQuestion } from './naming-questions.ts';
import { spokenSentence, taughtSentence } from './spoken.ts';

const read = (text: string) => {
  const found = readNamingQuestion(text);
  return found && [found.type, found.language, ...found.things.map(({ en }) => en)];
};

test('reads what a question names, in either language', () => {
  expect(read('Is this a fox?')).toEqual(['isIt', 'en', 'fox']);
  expect(read('Is it an owl or a fox?')).toEqual(['which', 'en', 'owl', 'fox']);
  expect(read('A fox or an owl?')).toEqual(['which', 'en', 'fox', 'owl']);
  expect(read('这是狐狸吗？')).toEqual(['isIt', 'zh', 'fox']);
  expect(read('图片里是狐狸还是猫头鹰？')).toEqual(['which', 'zh', 'fox', 'owl']);
});

test('every other text names nothing', () => {
  for (const text of ['What is this?', 'Is this an animal?', 'a fox', 'It is a fox.', '这是什么？', ''])
    expect(readNamingQuestion(text)).toBeUndefined();
});

test('reads back whatever is asked', () => {
  const rng = new Rng(4, 2);
  for (const [at, thing] of world.entries()) {
    const facts = { kind: 'single', thing, count: 1, colour: null } as const;
    const type = at % 2 === 0 ? 'which' : 'isIt';
    const { question, language } = askAbout(facts, type, at % 3 === 0 ? 'zh' : 'en', rng, 'spoken');
    expect(readNamingQuestion(question), question).toMatchObject({ type, language });
    expect(thing.id).toBe(at);
  }
});

test('what is taught has more sentences that name two things than what is measured', () => {
  const share = (draw: (rng: Rng) => { text: string }) => {
    const texts = Array.from({ length: 2000 }, (_, n) => draw(new Rng(8, n)).text);
    return texts.filter((text) => readNamingQuestion(text)?.type === 'which').length / texts.length;
  };
  expect(share((rng) => spokenSentence(rng))).toBeLessThan(0.03);
  expect(share((rng) => taughtSentence(rng))).toBeGreaterThan(0.07);
  expect(share((rng) => taughtSentence(rng, 0.5, 1))).toBeGreaterThan(0.45);
});
