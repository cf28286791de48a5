import { expect, test } from 'vitest';
import type { TrainingStep } from '../training-step.ts';
import { planShapes, roundUp, StepsByShape } from './steps-by-shape.ts';

interface Shape {
  readonly [name: string]: number;
  readonly images: number;
  readonly length: number;
  readonly targets: number;
}
const cost = ({ length, targets }: Shape) => length + targets;
const shape = (images: number, length: number, targets: number): Shape => ({ images, length, targets });

test('few shapes stay as they are', () => {
  const needs = [shape(1, 32, 16), shape(0, 32, 16), shape(1, 32, 16)];
  expect(planShapes(needs, 2, cost)).toEqual([shape(1, 32, 16), shape(0, 32, 16)]);
});

test('those become one whose union costs least, by how often they are needed', () => {
  const often = Array.from({ length: 10 }, () => shape(1, 32, 16));
  // 48 and 64 are as far apart as 32 and 48, which would make ten batches dearer.
  expect(planShapes([...often, shape(1, 48, 16), shape(1, 64, 16)], 2, cost)).toEqual([
    shape(1, 32, 16),
    shape(1, 64, 16),
  ]);
  // A union is as large as either in each size.
  expect(planShapes([shape(1, 32, 48), shape(1, 64, 16)], 1, cost)).toEqual([shape(1, 64, 48)]);
});

test('what has no pictures never gets a graph with them', () => {
  const needs = [shape(1, 32, 16), shape(0, 64, 16), shape(0, 32, 16)];
  expect(planShapes(needs, 1, cost)).toEqual([shape(1, 32, 16), shape(0, 64, 16)]);
});

test('a thousand different batches get as many graphs as are kept, with room for all and little of it empty', () => {
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const needs = Array.from({ length: 1000 }, () => {
    const length = 16 + 300 * random() ** 2;
    return shape(1, roundUp(length, 16), roundUp(length * (0.3 + 0.4 * random()), 16));
  });
  const planned = planShapes(needs, 8, cost);
  expect(planned.length).toBeLessThanOrEqual(8);
  let [given, needed] = [0, 0];
  for (const need of needs) {
    const roomy = planned.filter(({ length, targets }) => length >= need.length && targets >= need.targets);
    expect(roomy.length).toBeGreaterThan(0);
    given += Math.min(...roomy.map(cost));
    needed += cost(need);
  }
  expect(given / needed).toBeLessThan(1.2);
  const largest = Math.max(...needs.map(({ length }) => length));
  expect(Math.max(...planned.map(({ length }) => length))).toBe(largest); // no larger than a model may allow
});

test('a batch takes the cheapest graph with room, and makes one of its own where there is none', async () => {
  const made: Shape[] = [];
  const disposed: Shape[] = [];
  using steps = new StepsByShape<Shape>({
    most: 2,
    cost,
    create: async (wanted) => {
      made.push(wanted);
      return { [Symbol.dispose]: () => disposed.push(wanted) } as unknown as TrainingStep;
    },
  });
  steps.plan([shape(1, 32, 16), shape(1, 64, 32)]);
  expect((await steps.of(shape(1, 16, 16))).shape).toEqual(shape(1, 32, 16));
  expect((await steps.of(shape(1, 48, 16))).shape).toEqual(shape(1, 64, 32));
  expect((await steps.of(shape(1, 32, 16))).shape).toEqual(shape(1, 32, 16));
  expect(made).toHaveLength(2);
  expect((await steps.of(shape(1, 80, 16))).shape).toEqual(shape(1, 80, 16));
  expect(disposed).toEqual([shape(1, 64, 32)]); // which was used longest ago
  expect((await steps.of(shape(0, 16, 16))).shape).toEqual(shape(0, 16, 16));
  expect(made).toHaveLength(4);
});
