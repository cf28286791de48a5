/** Drawn stand-ins for the picture packages, so that tests run without them: discs and squares, two styles. */
import { buildMips, distanceStart, pictureBytes, side, variantPixels, variants } from './layout.ts';
import { Pictures } from './pictures.ts';
import { silhouetteDistance } from './stylise.ts';
import { world } from './world.ts';

export const drawnStyles = ['drawn-a', 'drawn-b'] as const;

/** A disc (even things) or square (odd things) of one colour; style b lacks thing 1. Premultiplied RGBA. */
export function drawnPicture(thing: number, style: number): Uint8Array {
  const rgba = new Uint8Array(side * side * 4);
  const colour = [(thing * 37) % 256, (thing * 91 + 60) % 256, style * 120, 255];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [dx, dy] = [x - side / 2 + 0.5, y - side / 2 + 0.5];
      const inside =
        thing % 2 === 0 ? dx * dx + dy * dy < 30 * 30 : Math.max(Math.abs(dx), Math.abs(dy)) < 28;
      if (inside) rgba.set(colour, (y * side + x) * 4);
    }
  }
  return rgba;
}

/** Pictures of the first `things` things, each as `draw` gives it. */
export function drawnPictures(things = 8, draw = drawnPicture): Pictures {
  const slots = new Int32Array(drawnStyles.length * world.length).fill(-1);
  const memory = new SharedArrayBuffer(drawnStyles.length * things * pictureBytes);
  const bytes = new Uint8Array(memory);
  let slot = 0;
  for (let style = 0; style < drawnStyles.length; style++) {
    for (let thing = 0; thing < things; thing++) {
      if (style === 1 && thing === 1) continue;
      const rgba = draw(thing, style);
      const first = slot * pictureBytes;
      for (let variant = 0; variant < variants.length; variant++) {
        const view = bytes.subarray(
          first + variant * variantPixels * 4,
          first + (variant + 1) * variantPixels * 4,
        );
        view.set(rgba);
        buildMips(view);
      }
      bytes.set(silhouetteDistance(rgba, side), first + distanceStart);
      slots[style * world.length + thing] = slot++;
    }
  }
  return new Pictures({ memory, styles: drawnStyles, slots });
}
