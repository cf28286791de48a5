import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StopStrings } from './stop-strings.ts';

function run(stops: readonly string[], pieces: readonly string[]) {
  const stop = new StopStrings(stops);
  const sent: string[] = [];
  for (const piece of pieces) {
    const { text, stopped } = stop.push(piece);
    sent.push(text);
    if (stopped) return { sent, stopped };
  }
  sent.push(stop.flush());
  return { sent, stopped: false };
}

describe('StopStrings', () => {
  it.each<[string, string[], string[], string[], boolean]>([
    ['in one piece', ['END'], ['one END two'], ['one '], true],
    ['across pieces', ['END'], ['one E', 'N', 'D two'], ['one ', '', ''], true],
    ['a beginning that leads nowhere', ['END'], ['E', 'N', 'E', 'x'], ['', '', 'EN', 'Ex', ''], false],
    ['held back to the end', ['END'], ['one EN'], ['one ', 'EN'], false],
    ['the first of several', ['two', 'one'], ['0 one two'], ['0 '], true],
    ['one within another', ['abcd', 'bc'], ['a', 'bc'], ['', 'a'], true],
    ['no stop strings', [], ['a', 'b'], ['a', 'b', ''], false],
  ])('%s', (_, stops, pieces, sent, stopped) => {
    expect(run(stops, pieces)).toEqual({ sent, stopped });
  });

  it('sends what cutting the whole text gives, however it comes', () => {
    const letters = (most: number) => fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: most });
    const stops = fc.array(
      letters(4).filter((stop) => stop !== ''),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(stops, fc.array(letters(3)), (given, pieces) => {
        const whole = pieces.join('');
        const ends = given.map((stop) => whole.indexOf(stop)).filter((at) => at >= 0);
        const { sent, stopped } = run(given, pieces);
        expect(sent.join('')).toBe(stopped ? whole.slice(0, sent.join('').length) : whole);
        expect(stopped).toBe(ends.length > 0);
        for (const stop of given) expect(sent.join('')).not.toContain(stop);
      }),
    );
  });
});
