import { expect, test } from 'vitest';
import { Rng, type Scene, thingNamed } from '../data/index.ts';
import { world } from '../data/world.ts';
import { NamingQuestions, Recordings, thingIn } from './recordings.ts';

const named = (text: string) => {
  const thing = thingIn(text);
  return thing === undefined ? undefined : world[thing]?.en;
};

test('finds the thing that a sentence names, in either language, and the longest name that fits', () => {
  expect(named('I see a polar bear.')).toBe('polar bear');
  expect(named('Bear')).toBe('bear');
  expect(named('这是狐狸。')).toBe('fox');
  expect(named('What is this?')).toBeUndefined();
  expect(named('It is a foxy colour.')).toBeUndefined(); // whole words only
});

test('every name is found in itself', () => {
  for (const thing of world)
    for (const name of [thing.en, thing.zh]) expect(named(name)).toBe(thingNamed(name)?.en ?? thing.en);
});

test('a question that names things is asked of a picture that it makes sense of, and answered truly', () => {
  const texts = ['Is this a fox or an owl?', '这是狐狸吗？', 'What is this?'];
  const recordings = new Recordings({
    recordings: texts.map((text, place) => ({ place, text, pass: 'plain', count: 5 })),
  });
  const idOf = (name: string) => thingNamed(name)?.id ?? -1;
  const scenes = world.map((_, thing) => ({ kind: 'single', items: [{ thing }] })) as unknown as Scene[];
  const naming = new NamingQuestions({ scenes }, recordings);
  const rng = new Rng(1, 7);
  const asked = Array.from({ length: 300 }, () => naming.ask(rng));
  const answers = asked.map((one) => {
    const { image = -1, speech = -1 } = one?.media ?? {};
    return { seen: world[image], said: texts[speech], answer: one?.answer };
  });
  const which = answers.filter(({ said }) => said === texts[0]);
  expect(which.length).toBeGreaterThan(100);
  expect(new Set(which.map(({ seen }) => seen?.id))).toEqual(new Set([idOf('fox'), idOf('owl')]));
  for (const { seen, answer } of which) expect(answer).toBe(seen?.en);
  const isIt = answers.filter(({ said }) => said === texts[1]);
  expect(isIt.length + which.length).toBe(300);
  const [yes, no] = [true, false].map((fox) => isIt.filter(({ seen }) => (seen?.en === 'fox') === fox));
  for (const { answer } of yes ?? []) expect(answer).toBe('是的，这是狐狸。');
  for (const { seen, answer } of no ?? []) expect(answer).toBe(`不是，这是${seen?.zh}。`);
  expect(yes?.length).toBeGreaterThan(isIt.length / 3);
  expect(no?.length).toBeGreaterThan(isIt.length / 3);
});
