import { describe, expect, it } from 'vitest';
import { randomScene } from '../data/augment/scene.ts';
import { Rng } from '../data/rng.ts';
import { drawnPictures } from '../data/testing.ts';
import { thingNamed, world } from '../data/world.ts';
import { colourOf } from './colours.ts';
import { withArticle } from './english.ts';
import { pictureQuestions, textExample } from './examples.ts';
import { askAbout, type Facts } from './facts.ts';
import { speechPrompts } from './hearing.ts';
import { canonicalQuestion, pictureQuestionTypes, questions } from './questions.ts';
import type { Slots, TextExample } from './rounds.ts';

const thing = (name: string) => {
  const found = thingNamed(name);
  if (!found) throw new Error(name);
  return found;
};
const apple: Facts = { kind: 'single', thing: thing('red apple'), count: 1, colour: 'red' };
const pair: Facts = { kind: 'pair', thing: thing('dog'), right: thing('cat'), count: 2, colour: null };
const chinese = /[\u4e00-\u9fff]/;

describe('questions', () => {
  it.each(['en', 'zh'] as const)('have at least 15 ways to ask for the name, none twice (%s)', (language) => {
    expect(questions[language].name.length).toBeGreaterThanOrEqual(15);
    for (const list of Object.values(questions[language])) expect(new Set(list).size).toBe(list.length);
  });

  it('have canonical wordings', () => {
    expect(canonicalQuestion('name', 'en')).toBe('What is this?');
    expect(canonicalQuestion('name', 'zh')).toBe('这是什么？');
  });
});

describe('answers about a picture', () => {
  const rng = new Rng(1);
  it.each([
    ['name', 'en', apple, 'red apple'],
    ['name', 'zh', apple, '红苹果'],
    ['translate', 'en', apple, '红苹果'],
    ['translate', 'zh', apple, 'red apple'],
    ['category', 'en', apple, 'fruit'],
    ['category', 'zh', apple, '水果'],
    ['colour', 'en', apple, 'red'],
    ['colour', 'zh', apple, '红色'],
    ['use', 'en', apple, 'It is used for eating.'],
    ['left', 'en', pair, 'dog'],
    ['right', 'zh', pair, '猫'],
    ['describe', 'en', pair, 'A dog on the left and a cat on the right.'],
    ['count', 'en', { ...apple, kind: 'count', count: 3 }, 'three'],
    ['count', 'zh', { ...apple, kind: 'count', count: 2 }, '两个'],
  ] as const)('%s (%s)', (type, language, facts, answer) => {
    expect(askAbout(facts, type, language, rng, 'canonical')).toMatchObject({
      question: canonicalQuestion(type, language),
      answer,
    });
  });

  it('yes and no are balanced, and no is said of another thing', () => {
    let yes = 0;
    for (let i = 0; i < 1000; i++) {
      const { question, answer } = askAbout(apple, 'isIt', 'en', rng);
      const asked = /\bred apple\b/i.test(question);
      if (answer.startsWith('Yes')) yes++;
      else expect(answer).toBe('No, it is a red apple.');
      if (asked) expect(answer).toBe('Yes, it is a red apple.');
    }
    expect(yes).toBeGreaterThan(420);
    expect(yes).toBeLessThan(580);
  });

  it('never asks what the facts do not hold', () => {
    expect(() => askAbout({ ...apple, colour: null }, 'colour', 'en', rng)).toThrow(/colour/);
    expect(() => askAbout(apple, 'right', 'en', rng)).toThrow(/right/);
  });

  it('fits every type and thing', () => {
    for (const one of world) {
      for (const type of pictureQuestionTypes) {
        if (type === 'right' || type === 'use') continue;
        const { question, answer } = askAbout({ ...apple, thing: one }, type, rng.pick(['en', 'zh']), rng);
        expect(`${question}${answer}`).not.toMatch(/[{}]|undefined/);
      }
    }
  });
});

describe('the corpus', () => {
  const examples = Array.from({ length: 4000 }, (_, i) => textExample(new Rng(7, i)));

  it('is a function of the seed', () => {
    expect(textExample(new Rng(7, 5))).toEqual(examples[5]);
  });

  it('answers in the language of the question, but for translations', () => {
    const mixed = examples.filter(
      ({ language, rounds }) => chinese.test(rounds.at(-1)?.answer ?? '') !== (language === 'zh'),
    );
    const share = mixed.length / examples.length;
    expect(share).toBeGreaterThan(0.05); // translations
    expect(share).toBeLessThan(0.25);
  });

  it('is half English, of all media in their shares, and short', () => {
    const share = (holds: (example: TextExample) => boolean) =>
      examples.filter(holds).length / examples.length;
    const has = (slot: keyof Slots) => (example: TextExample) =>
      example.rounds.some((round) => round[slot] !== undefined);
    expect(share((example) => example.language === 'en')).toBeCloseTo(0.5, 1);
    expect(share(has('speech'))).toBeCloseTo(0.38, 1);
    expect(share(has('video'))).toBeCloseTo(0.16, 1);
    expect(share(has('image'))).toBeCloseTo(0.56, 1);
    expect(share(({ rounds }) => rounds.length > 1)).toBeCloseTo(0.08, 1);
    for (const { rounds } of examples) {
      for (const { question, answer, image = '', video = '', speech = '' } of rounds) {
        expect(question.length).toBeLessThan(140);
        expect(answer.length).toBeLessThan(190);
        expect(image.length).toBeLessThan(170);
        expect(speech.length).toBeLessThan(190);
        expect(video.length).toBeLessThan(1000);
        expect(`${question}${answer}${image}${video}${speech}`).not.toMatch(/[{}]|undefined|\n/);
      }
    }
  });

  it('asks for a transcript of what stands in the slot, or of what was meant', () => {
    const asked = new Set<string>(speechPrompts.transcribe);
    const dictations = examples.flatMap(({ rounds: [{ speech, question, answer }] }) =>
      asked.has(question) ? [speech === answer] : [],
    );
    expect(dictations.length).toBeGreaterThan(300);
    const exact = dictations.filter(Boolean).length / dictations.length;
    expect(exact).toBeGreaterThan(0.88);
    expect(exact).toBeLessThan(0.97);
  });

  it('mentions every thing in both languages', () => {
    const text = Array.from({ length: 100_000 }, (_, i) =>
      (textExample(new Rng(8, i)).rounds.at(-1)?.answer ?? '').toLowerCase(),
    );
    const said = new Set(text);
    expect(
      world
        .filter(({ en, zh }) => !said.has(en.toLowerCase()) || !said.has(zh.toLowerCase()))
        .map((t) => t.en),
    ).toEqual([]);
  });

  it('asks about pictures what their scenes hold', () => {
    const pictures = drawnPictures();
    const ask = pictureQuestions(pictures);
    for (let i = 0; i < 500; i++) {
      const rng = new Rng(3, i);
      const scene = randomScene(pictures, rng, { pair: 0.3, count: 0.3 });
      const asked = ask(scene, rng);
      if (!asked) throw new Error('there is always something to ask');
      const { type, answer, language } = asked;
      const named = scene.items.map((item) => world[item.thing]?.[language]);
      if (type === 'right') expect(answer).toBe(named[1]);
      if (type === 'left' || type === 'name') expect(answer).toBe(named[0]);
      if (type === 'count')
        expect(answer).toBe(
          { en: ['one', 'two', 'three'], zh: ['一个', '两个', '三个'] }[language][named.length - 1],
        );
      if (!scene.keepColour) expect(type).not.toBe('colour');
    }
  });

  it('asks what is wanted, where the scene has an answer', () => {
    const pictures = drawnPictures();
    const ask = pictureQuestions(pictures);
    for (let i = 0; i < 200; i++) {
      const rng = new Rng(4, i);
      const scene = randomScene(pictures, rng, { pair: 0.4, count: 0.3 });
      const isPair = scene.kind === 'pair';
      expect(ask(scene, rng, { wanted: 'right' })?.type).toBe(isPair ? 'right' : undefined);
      expect(ask(scene, rng, { wanted: 'name' })?.type).toBe(isPair ? undefined : 'name');
      if (!scene.keepColour) expect(ask(scene, rng, { wanted: 'colour' })).toBeUndefined();
    }
  });
});

it.each([
  [255, 0, 0, 'red'],
  [20, 160, 40, 'green'],
  [30, 80, 220, 'blue'],
  [250, 220, 40, 'yellow'],
  [250, 140, 20, 'orange'],
  [120, 70, 30, 'brown'],
  [250, 160, 190, 'pink'],
  [140, 60, 200, 'purple'],
  [20, 20, 20, 'black'],
  [130, 130, 130, 'grey'],
  [250, 250, 250, 'white'],
  [60, 190, 190, null],
] as const)('calls rgb(%i, %i, %i) %s', (r, g, b, name) => {
  expect(colourOf(r, g, b)).toBe(name);
});

it.each([
  ['fox', 'a fox'],
  ['owl', 'an owl'],
  ['unicorn', 'a unicorn'],
  ['umbrella', 'an umbrella'],
  ['ewe', 'a ewe'],
  ['grapes', 'grapes'],
  ['salt', 'salt'],
  ['octopus', 'an octopus'],
  ['wine glass', 'a wine glass'],
  ['hourglass done', 'an hourglass done'],
  ['nest with eggs', 'a nest with eggs'],
  ['mouse', 'a mouse'],
  ['scissors', 'scissors'],
  ['one-piece swimsuit', 'a one-piece swimsuit'],
])('%s takes its article', (name, phrase) => {
  expect(withArticle(name)).toBe(phrase);
});
