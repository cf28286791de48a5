import { describe, expect, it } from 'vitest';
import { EmbeddingCache } from './embedding-cache.ts';

const one = (value: number) => ({ count: 1, rows: Float32Array.of(value) });
const rows = (value: number) => async () => one(value);

describe('EmbeddingCache', () => {
  it('encodes once, also what is being encoded', async () => {
    const cache = new EmbeddingCache(100);
    let runs = 0;
    const encode = async () => one(++runs);
    const [a, b] = await Promise.all([cache.get('x', 4, encode), cache.get('x', 4, encode)]);
    expect([a, b, runs]).toEqual([one(1), one(1), 1]);
    expect(cache.stats()).toEqual({ entries: 1, sizeBytes: 4, maxBytes: 100, hits: 1, misses: 1 });
  });

  it('forgets the least recently used', async () => {
    const cache = new EmbeddingCache(8);
    await cache.get('a', 4, rows(1));
    await cache.get('b', 4, rows(2));
    await cache.get('a', 4, rows(3));
    await cache.get('c', 4, rows(4)); // b goes
    expect(await cache.get('a', 4, rows(5))).toEqual(one(1));
    expect(await cache.get('b', 4, rows(6))).toEqual(one(6));
    expect(cache.stats()).toMatchObject({ entries: 2, sizeBytes: 8 });
  });

  it('keeps nothing larger than itself', async () => {
    const cache = new EmbeddingCache(3);
    expect(await cache.get('a', 4, rows(1))).toEqual(one(1));
    expect(cache.stats()).toMatchObject({ entries: 0, sizeBytes: 0 });
  });

  it('counts what came of it, not what it might have been', async () => {
    const cache = new EmbeddingCache(40);
    const firings = [{ startSeconds: 0, endSeconds: 1 }];
    const kept = cache.get('a', 36, async () => ({ ...one(1), firings }));
    expect(cache.stats().sizeBytes).toBe(36);
    await kept;
    expect(cache.stats().sizeBytes).toBe(4 + 16);
    await cache.get('b', 20, rows(2));
    expect(cache.stats()).toMatchObject({ entries: 2, sizeBytes: 24 });
  });

  it('does not keep failures', async () => {
    const cache = new EmbeddingCache(8);
    await expect(cache.get('a', 4, () => Promise.reject(new Error('once')))).rejects.toThrow('once');
    expect(await cache.get('a', 4, rows(2))).toEqual(one(2));
    expect(cache.stats()).toMatchObject({ entries: 1, sizeBytes: 4 });
  });
});
