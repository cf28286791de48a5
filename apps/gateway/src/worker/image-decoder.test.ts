import { decoderContract, goldenCase } from '@x-llm/media/testing';
import { canDecode, decodeImage, prepareImage } from '@x-llm/media/worker';
import { expect, inject, it } from 'vitest';

const files = new Map(
  Object.entries(inject('golden')).map(([path, base64]) => [
    path,
    Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
  ]),
);

decoderContract('workerd', { decodeImage, prepareImage }, goldenCase(files), new Set(['cmyk.jpg']));

it('knows what it cannot decode', () => {
  const info = { format: 'jpeg', width: 1, height: 1, orientation: 1, animated: false, cmyk: true } as const;
  expect(canDecode(info)).toBe(false);
  expect(canDecode({ ...info, cmyk: false })).toBe(true);
});
