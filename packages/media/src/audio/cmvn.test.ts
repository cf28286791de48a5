import { describe, expect, it } from 'vitest';
import { applyCmvn, parseCmvn } from './cmvn.ts';

const vector = (name: string, values: string, size = 3) =>
  `<${name}> ${size} ${size} \n<LearnRateCoef> 0 [ ${values} ]\n`;
const file = (shift: string, scale: string) => `<Nnet> \n<Splice> 3 3 \n[ 0 ]\n${shift}${scale}</Nnet> \n`;
const good = file(vector('AddShift', '-1 -2.5 3e-1'), vector('Rescale', '0.5 2 10'));

describe('parseCmvn', () => {
  it('reads both vectors', () => {
    const { shift, scale } = parseCmvn(good);
    expect([...shift]).toEqual([-1, -2.5, 0.3]);
    expect([...scale]).toEqual([0.5, 2, 10]);
  });

  it.each([
    ['nothing', '', 'there is no <AddShift>'],
    ['no scale', file(vector('AddShift', '1 2 3'), ''), 'there is no <Rescale>'],
    ['a file cut off', good.slice(0, -20), 'there is no <Rescale>'],
    ['too few numbers', good.replace('0.5 2 10', '0.5 2'), '<Rescale> says 3×3 and has 2 numbers'],
    ['no numbers', good.replace('0.5 2 10', ''), '<Rescale> has "" where a number should be'],
    ['a word', good.replace('-2.5', 'mean'), '<AddShift> has "mean" where a number should be'],
    ['infinity', good.replace('-2.5', 'Infinity'), '<AddShift> has "Infinity"'],
    ['other sizes', file(vector('AddShift', '1 2', 2), vector('Rescale', '1 2 3')), '2 shifts and 3 scales'],
    ['a matrix', good.replace('<Rescale> 3 3', '<Rescale> 3 9'), 'says 3×9'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseCmvn(text)).toThrow(SyntaxError);
    expect(() => parseCmvn(text)).toThrow(message);
  });
});

describe('applyCmvn', () => {
  const cmvn = parseCmvn(good);

  it('shifts, then scales, every row', () => {
    const { shape, data } = applyCmvn({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 5, 6, 7) }, cmvn);
    expect(shape).toEqual([2, 3]);
    expect([...data]).toEqual([0, -1, 33, 2, 7, 73]);
  });

  it('refuses another width', () => {
    expect(() => applyCmvn({ shape: [1, 2], data: new Float32Array(2) }, cmvn)).toThrow(
      'have 2 columns, the CMVN 3',
    );
  });
});
