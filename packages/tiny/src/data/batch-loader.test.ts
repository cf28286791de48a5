import { describe, expect, it } from 'vitest';
import { createBatchLoader } from './batch-loader.ts';
import { BatchFiller } from './fill-batch.ts';
import { BatchPlan, sceneAt } from './plan.ts';
import { drawnPictures, drawnStyles } from './testing.ts';

const pictures = drawnPictures();
const options = { seed: 11, batchSize: 4, size: 32, styles: drawnStyles, classes: [0, 1, 2, 3, 4, 5, 6, 7] };

describe('the order of pictures', () => {
  it('shows every picture there is once per epoch, in another order each time', () => {
    const plan = new BatchPlan(pictures, 1, drawnStyles, options.classes);
    expect(plan.length).toBe(15); // style b lacks thing 1
    const epoch = (n: number) => Array.from({ length: 15 }, (_, i) => JSON.stringify(plan.at(n * 15 + i)));
    expect(new Set(epoch(0)).size).toBe(15);
    expect(epoch(1).toSorted()).toEqual(epoch(0).toSorted());
    expect(epoch(1)).not.toEqual(epoch(0));
    expect(plan.at(3)).toEqual(JSON.parse(epoch(0)[3] ?? ''));
  });

  it('says which style is not loaded', () => {
    expect(() => new BatchPlan(pictures, 1, ['twemoji'])).toThrow(/'twemoji' is not loaded/);
  });
});

describe('the batch loader', () => {
  const direct = (step: number, kind: 'single' | 'scene' = 'single') => {
    const pixels = new Uint8Array(4 * 32 * 32 * 3);
    const labels = new Int32Array(4);
    new BatchFiller(pictures, { ...options, kind }).fill(step, 1, pixels, labels);
    return { pixels, labels };
  };

  it.each([1, 2])('gives the batches of the plan in order, with %i workers', async (workers) => {
    const loader = createBatchLoader(pictures, { ...options, workers });
    try {
      for (let step = 0; step < 8; step++) {
        const batch = await loader.next();
        expect(batch.step).toBe(step);
        expect(batch.pixels).toEqual(direct(step).pixels);
        expect(batch.labels).toEqual(direct(step).labels);
      }
      loader.seek(3);
      expect((await loader.next()).pixels).toEqual(direct(3).pixels);
      loader.seek(100);
      expect((await loader.next()).pixels).toEqual(direct(100).pixels);
      expect((await loader.next()).step).toBe(101);
    } finally {
      await loader.close();
    }
  });

  it('tells what stands in each scene', async () => {
    const share = { pair: 1, count: 0 };
    const { classes: _, ...rest } = options;
    const loader = createBatchLoader(pictures, { ...rest, kind: 'scene', share });
    try {
      const { scenes, labels } = await loader.next();
      expect(scenes).toHaveLength(4);
      expect(scenes.map((scene) => scene.items[0]?.thing)).toEqual([...labels]);
      expect(scenes[2]).toEqual(sceneAt(pictures, options.seed, 2, share));
    } finally {
      await loader.close();
    }
  });

  it('draws evaluation pictures from other random streams', () => {
    const fill = (family: 'training' | 'evaluation') => {
      const pixels = new Uint8Array(4 * 32 * 32 * 3);
      new BatchFiller(pictures, { ...options, family }).fill(0, 1, pixels, new Int32Array(4));
      return pixels;
    };
    expect(fill('evaluation')).not.toEqual(fill('training'));
  });
});
