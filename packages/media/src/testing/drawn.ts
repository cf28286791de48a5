/** What the fixtures were made of: a sweep to hear and a square to watch, so that tests know what should come out. */

/** A sine that glides from 300 to 2,000 Hz in a second, at half of full scale: [seconds · rateHz]. */
export function sweep(seconds: number, rateHz: number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * rateHz) }, (_, at) => {
    const time = at / rateHz;
    return 0.5 * Math.sin(2 * Math.PI * (300 * time + 850 * time * time));
  });
}

export const picture = { width: 64, height: 48, frames: 40, framesPerSecond: 20 } as const;
export const colours = { top: [200, 40, 40], bottom: [40, 40, 200], square: [250, 250, 250] } as const;
const side = 12;

/** Left edge of the square, in pixels: it crosses the picture once. */
export const squareLeft = (frame: number): number =>
  Math.round((frame / (picture.frames - 1)) * (picture.width - side));

/** A frame: red above, blue below, and the square half way down. [48, 64, 3]. */
export function draw(frame: number): Uint8Array {
  const { width, height } = picture;
  const rgb = new Uint8Array(width * height * 3);
  const left = squareLeft(frame);
  const top = (height - side) / 2;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const inside = x >= left && x < left + side && y >= top && y < top + side;
      rgb.set(inside ? colours.square : y < height / 2 ? colours.top : colours.bottom, at);
    }
  }
  return rgb;
}

/**
 * Where the square is in a decoded frame, as shares of its sides: the centre of what is bright in all three channels.
 * `squareCentre(rgb, 56)` → `{ x: 0.5, y: 0.5 }`
 */
export function squareCentre(rgb: Uint8Array, size: number): { x: number; y: number } {
  let weight = 0;
  let x = 0;
  let y = 0;
  for (let at = 0; at < size * size; at++) {
    const light = Math.max(0, (rgb[at * 3 + 1] ?? 0) - 120); // red and blue have little green
    weight += light;
    x += light * ((at % size) + 0.5);
    y += light * (Math.floor(at / size) + 0.5);
  }
  return { x: x / weight / size, y: y / weight / size };
}

/** Where it should be. */
export const expectedCentre = (frame: number): { x: number; y: number } => ({
  x: (squareLeft(frame) + side / 2) / picture.width,
  y: 0.5,
});
