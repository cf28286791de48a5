import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { applyOrientation, flatten } from './pixels.ts';

describe('applyOrientation', () => {
  const rgb = Uint8Array.from({ length: 3 * 2 * 3 }, (_, at) => at * 10);

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i agrees with libvips', async (orientation) => {
    const source = sharp(rgb, { raw: { width: 3, height: 2, channels: 3 } });
    const stored = await source.withMetadata({ orientation }).png().toBuffer();
    const { data, info } = await sharp(stored).autoOrient().raw().toBuffer({ resolveWithObject: true });
    const upright = applyOrientation({ width: 3, height: 2, rgb }, orientation);
    expect([upright.width, upright.height]).toEqual([info.width, info.height]);
    expect(upright.rgb).toEqual(new Uint8Array(data));
  });
});

describe('flatten', () => {
  const pixels = {
    width: 3,
    height: 1,
    channels: 4 as const,
    data: Uint8Array.of(10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 200, 51),
  };

  it('composites on white, rounding to nearest', () => {
    // 51/255 = 0.2: 0 → 204, 100 → 224, 200 → 244
    expect([...flatten(pixels, 'white').rgb]).toEqual([10, 20, 30, 255, 255, 255, 204, 224, 244]);
  });

  it('drops alpha as the reference does', () => {
    expect([...flatten(pixels, 'drop').rgb]).toEqual([10, 20, 30, 10, 20, 30, 0, 100, 200]);
  });
});
