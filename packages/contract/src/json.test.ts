import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

const parse = (text: string) => parseJson(new TextEncoder().encode(text));

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (json) => {
      expect(parse(json)).toEqual(JSON.parse(json));
    }),
  );
  expect(parse('\uFEFF{"a": "ä"}')).toEqual({ a: 'ä' });
});

test('brackets in strings are no depth, whatever is escaped before the string ends', () => {
  const brackets = '['.repeat(100);
  for (const text of [brackets, `\\"${brackets}`, `${brackets}\\\\`, `\\\\\\"${brackets}`]) {
    expect(parse(`["${text}"]`)).toEqual(JSON.parse(`["${text}"]`));
  }
});

test('what is nested deeper than any request is refused before it is parsed', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(parse(nested(64))).toHaveLength(1);
  const refused = expect.objectContaining({
    code: 'invalid_json',
    message: 'The JSON is nested more than 64 deep.',
  });
  expect(() => parse(nested(65))).toThrow(refused);
  expect(() => parse(`{"x":${'{"y":'.repeat(64)}1${'}'.repeat(65)}`)).toThrow(refused);
  const from = performance.now();
  expect(() => parse(`["\\"", ${nested(4_000_000)}]`)).toThrow(refused);
  expect(performance.now() - from).toBeLessThan(1000);
});

test.each([
  ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
  ['cut in a character', Uint8Array.of(0x22, 0xc3)],
  ['a string without an end', new TextEncoder().encode('["\\"')],
  ['nothing', new Uint8Array()],
])('%s is refused', (_, bytes) => {
  expect(() => parseJson(bytes)).toThrow(expect.objectContaining({ code: 'invalid_json' }));
});
