import { afterEach, expect, it, vi } from 'vitest';
import { decodeBase64 } from './base64.ts';
import { requestId } from './index.ts';

const to = { code: 'invalid_base64_image', param: 'p' } as const;

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['', []],
  ['AAEC/w==', [0, 1, 2, 255]],
  ['AAEC/w', [0, 1, 2, 255]],
])('decodes %j', (base64, bytes) => {
  expect([...decodeBase64(base64, to)]).toEqual(bytes);
  vi.stubGlobal('Buffer', undefined);
  expect([...decodeBase64(base64, to)], 'without Buffer').toEqual(bytes);
});

it.each(['A', 'AAAA=A', '=AAA', 'AA-_', 'AA AA', 'é', 'AAAAA'])('refuses %j', (base64) => {
  expect(() => decodeBase64(base64, { ...to, param: 'messages[0]' })).toThrow(
    expect.objectContaining({ code: 'invalid_base64_image', param: 'messages[0]' }),
  );
});

it('keeps an acceptable request id and replaces others', () => {
  expect(requestId('abc-1.2:3_4')).toBe('abc-1.2:3_4');
  for (const bad of [null, undefined, '', 'a b', 'a\nb', 'x'.repeat(129)]) {
    expect(requestId(bad)).toMatch(/^req_[0-9a-f]{32}$/);
  }
});
