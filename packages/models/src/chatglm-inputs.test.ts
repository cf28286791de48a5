import { describe, expect, test } from 'vitest';
import {
  attentionBias,
  contextLength,
  hiddenFrom,
  labelRows,
  nextPosition,
  positionsOf,
  trainingRow,
} from './chatglm-inputs.ts';

const tokens = { pad: 3, mask: 6, gmask: 7, sop: 8, eop: 9 };
const { mask, gmask, sop, eop, pad } = tokens;

describe('positions', () => {
  test('count the context, then stay at the mask token while the answer counts', () => {
    expect(positionsOf([20, 21, gmask, sop, 22, 23], tokens)).toEqual([
      [0, 1, 2, 2, 2, 2],
      [0, 0, 0, 1, 2, 3],
    ]);
  });

  test('with both mask tokens the order decides', () => {
    const ids = [20, mask, 21, gmask, sop];
    expect(positionsOf(ids, tokens)[0]).toEqual([0, 1, 2, 3, 3]);
    expect(positionsOf(ids, tokens, { order: 'mask-first' })[0]).toEqual([0, 1, 2, 3, 1]);
  });

  test('start after leading pads', () => {
    expect(positionsOf([pad, pad, 20, gmask, sop], tokens, { padding: 2 })).toEqual([
      [0, 0, 0, 1, 1],
      [0, 0, 0, 0, 1],
    ]);
  });

  test('go on while decoding, and follow a [gMASK] that the answer brings', () => {
    expect(nextPosition([20, gmask, sop, 30], tokens)).toEqual([1, 2]);
    expect(nextPosition([20, mask, sop, 30], tokens)).toEqual([1, 2]);
    expect(nextPosition([20, mask, sop, 30, gmask], tokens)).toEqual([4, 3]);
  });

  test('a sequence without <sop> or without a mask token is refused', () => {
    expect(() => contextLength([20, gmask], tokens)).toThrow('no <sop> (8) among 2 tokens');
    expect(() => positionsOf([20, sop], tokens)).toThrow('neither [gMASK] (7) nor [MASK] (6)');
  });
});

describe('mask', () => {
  test('the context sees itself, the answer what came before', () => {
    expect([...hiddenFrom({ length: 4, context: 2 })]).toEqual([
      ...[0, 0, 1, 1],
      ...[0, 0, 1, 1],
      ...[0, 0, 0, 1],
      ...[0, 0, 0, 0],
    ]);
  });

  test('rows that go on from a cache are its last rows', () => {
    expect([...attentionBias({ length: 4, context: 2, firstRow: 2 })]).toEqual([0, 0, 0, -10000, 0, 0, 0, 0]);
  });

  test('pads see nothing and are seen by nobody', () => {
    expect([...hiddenFrom({ length: 3, context: 2, padding: 1 })]).toEqual([1, 1, 1, 1, 0, 1, 1, 0, 0]);
  });
});

describe('training', () => {
  test('a row predicts <sop>, the answer and <eop>, and nothing on pads', () => {
    const row = trainingRow([20, 21], [30], { source: 4, target: 4 }, tokens);
    expect(row.ids).toEqual([20, 21, gmask, sop, 30, eop, pad, pad]);
    expect(row.labels).toEqual([-100, -100, -100, sop, 30, eop, -100, -100]);
  });

  test('long questions and answers are cut so that the framing fits', () => {
    const row = trainingRow([20, 21, 22, 23], [30, 31, 32], { source: 3, target: 4 }, tokens);
    expect(row.ids).toEqual([20, 21, gmask, sop, 30, 31, eop]);
  });

  test('labels are predicted one row earlier, rows counted through the batch', () => {
    const { rows, labels } = labelRows(
      [
        [-100, -100, 8, 30],
        [-100, 8, 31, -100],
      ],
      6,
    );
    expect([...rows]).toEqual([1n, 2n, 4n, 5n, 0n, 0n]);
    expect([...labels]).toEqual([8n, 30n, 8n, 31n, -100n, -100n]);
    expect(() => labelRows([[-100, 8, 30]], 1)).toThrow('2 labels do not fit 1 rows');
  });
});
