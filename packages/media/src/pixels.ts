/** Decoded picture: rows of interleaved 8-bit channels; RGB, or RGB and straight (not premultiplied) alpha. */
export interface Pixels {
  width: number;
  height: number;
  channels: 3 | 4;
  data: Uint8Array;
}

export interface RgbImage {
  width: number;
  height: number;
  /** width × height × 3, rows from the top. */
  rgb: Uint8Array;
}

/**
 * What becomes of transparency. `white` composites on white, as a document shows it; `drop` keeps
 * the colour hidden under it, as Pillow's `convert("RGB")` and so the reference preprocessing does.
 */
export type AlphaMode = 'drop' | 'white';

/** Removes the alpha channel. Without one the data is handed on, not copied. */
export function flatten({ width, height, channels, data }: Pixels, alpha: AlphaMode): RgbImage {
  if (channels === 3) return { width, height, rgb: data };
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const opacity = alpha === 'drop' ? 255 : (data[from + 3] ?? 0);
    const white = 255 * (255 - opacity) + 127; // 127 rounds the division to nearest
    rgb[to] = ((data[from] ?? 0) * opacity + white) / 255;
    rgb[to + 1] = ((data[from + 1] ?? 0) * opacity + white) / 255;
    rgb[to + 2] = ((data[from + 2] ?? 0) * opacity + white) / 255;
  }
  return { width, height, rgb };
}

/**
 * Turns the picture upright for an EXIF orientation 1–8 (5–8 swap width and height).
 * Orientation 1 hands the image on, not copied.
 */
export function applyOrientation(image: RgbImage, orientation: number): RgbImage {
  if (orientation === 1) return image;
  const { width, height, rgb } = image;
  const transposed = orientation >= 5;
  const mirrorX = [2, 3, 7, 8].includes(orientation); // in source coordinates
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  const outWidth = transposed ? height : width;
  const outHeight = transposed ? width : height;
  const out = new Uint8Array(rgb.length);
  let to = 0;
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++, to += 3) {
      const u = transposed ? y : x;
      const v = transposed ? x : y;
      const from = ((mirrorY ? height - 1 - v : v) * width + (mirrorX ? width - 1 - u : u)) * 3;
      out[to] = rgb[from] ?? 0;
      out[to + 1] = rgb[from + 1] ?? 0;
      out[to + 2] = rgb[from + 2] ?? 0;
    }
  }
  return { width: outWidth, height: outHeight, rgb: out };
}

/**
 * CMYK (255 = full ink) to RGB by Pillow's formula, without colour profiles:
 * `R = (255 − K) − (255 − K)·C/255`.
 */
export function cmykToRgb(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    const light = 255 - (cmyk[from + 3] ?? 0);
    for (let channel = 0; channel < 3; channel++) {
      rgb[to + channel] = light - divide255(light * (cmyk[from + channel] ?? 0));
    }
  }
  return rgb;
}

/** Pillow's MULDIV255: v / 255, rounded. */
function divide255(value: number): number {
  const half = value + 128;
  return ((half >> 8) + half) >> 8;
}
