import { createRandom, seedOf } from '@x-llm/train';
import { expect, test } from 'vitest';
import { countScene, type FrameTruth, pairScene, Rng, world } from '../data/index.ts';
import { frameVocabulary } from '../text/index.ts';
import { initialiseByFanIn, initialiseInterface } from './initialise.ts';
import { phrasePerQuery, phrasesOfFrame } from './words.ts';

test('the halves of the queries say the two things of a pair, all of them what there are several of', () => {
  expect(phrasePerQuery(pairScene(3, 5, 0, 0, new Rng(1)), 4)).toEqual([3, 3, 5, 5]);
  expect(phrasePerQuery(countScene(7, 0, 3, new Rng(2)), 3)).toEqual([7, 7, 7]);
});

test('without a scene a query may say anything', () => {
  expect(phrasePerQuery(undefined, 2)).toEqual([-100, -100]);
});

test('queries of a frame say the thing and then its place, size and turn; of an empty one that there is nothing', () => {
  const frame: FrameTruth = { visible: true, x: -1, y: 0, size: 'large', turned: 'upside down' };
  const said = (visible: boolean) =>
    phrasesOfFrame(3, { ...frame, visible }, 6).map(
      (phrase) => frameVocabulary[phrase - world.length]?.en ?? phrase,
    );
  expect(said(true)).toEqual([3, 3, 'left', 'centre', 'big', 'upside-down']);
  expect(said(false)).toEqual(Array(6).fill('nothing'));
});

test("the picture's path through the Q-Former starts stronger, all else as by fan-in", () => {
  const layer = 'Qformer.bert.encoder.layer.0';
  const gain = (name: string) => {
    const [plain, strong] = [initialiseByFanIn, initialiseInterface].map((initialise) =>
      initialise(name, [8, 8], createRandom(seedOf(name))),
    );
    return (strong?.[0] ?? 0) / (plain?.[0] ?? 1);
  };
  expect(gain(`${layer}.crossattention.output.dense.weight`)).toBeCloseTo(4, 5);
  expect(gain(`${layer}.crossattention.self.value.weight`)).toBeCloseTo(Math.sqrt(3), 5);
  expect(gain(`${layer}.output_query.dense.weight`)).toBeCloseTo(3, 5);
  expect(gain(`${layer}.attention.output.dense.weight`)).toBe(1);
  expect(gain('llm_proj.weight')).toBe(1);
});
