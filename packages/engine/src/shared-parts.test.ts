import { describe, expect, it } from 'vitest';
import { SharedParts } from './shared-parts.ts';

function counted() {
  const counts = { made: 0, disposed: 0 };
  const make = async () => {
    counts.made++;
    return { [Symbol.dispose]: () => void counts.disposed++ };
  };
  return { counts, make };
}

describe('SharedParts', () => {
  it('makes a part once, also for those who ask while it is made, and disposes of it after the last', async () => {
    const parts = new SharedParts();
    const { counts, make } = counted();
    const [a, b] = await Promise.all([
      parts.lease(['eye', { width: 1 }, 'abc'], make),
      parts.lease(['eye', { width: 1 }, 'abc'], make),
    ]);
    expect(a.part).toBe(b.part);
    a[Symbol.dispose]();
    a[Symbol.dispose](); // counts once
    expect(counts).toEqual({ made: 1, disposed: 0 });
    const c = await parts.lease(['eye', { width: 1 }, 'abc'], make);
    b[Symbol.dispose]();
    expect(counts).toEqual({ made: 1, disposed: 0 });
    c[Symbol.dispose]();
    expect(counts).toEqual({ made: 1, disposed: 1 });
    expect(parts.count).toBe(0);
    (await parts.lease(['eye', { width: 1 }, 'abc'], make))[Symbol.dispose]();
    expect(counts).toEqual({ made: 2, disposed: 2 });
  });

  it('tells parts of other weights or another configuration apart', async () => {
    const parts = new SharedParts();
    const { counts, make } = counted();
    await parts.lease(['eye', { width: 1 }, 'abc'], make);
    await parts.lease(['eye', { width: 1 }, 'abd'], make);
    await parts.lease(['eye', { width: 2 }, 'abc'], make);
    expect(counts.made).toBe(3);
  });

  it('forgets a part that could not be made', async () => {
    const parts = new SharedParts();
    const fails = () => Promise.reject(new Error('no memory'));
    await expect(Promise.all([parts.lease('eye', fails), parts.lease('eye', fails)])).rejects.toThrow(
      'no memory',
    );
    expect(parts.count).toBe(0);
    const { counts, make } = counted();
    await parts.lease('eye', make);
    expect(counts.made).toBe(1);
  });
});
