/** The main colour of a picture, when it has a clear one. */
import { side } from '../data/layout.ts';
import type { Pictures } from '../data/pictures.ts';

export interface Colour {
  readonly en: string;
  readonly zh: string;
}

export const colours = {
  red: { en: 'red', zh: '红色' },
  orange: { en: 'orange', zh: '橙色' },
  yellow: { en: 'yellow', zh: '黄色' },
  green: { en: 'green', zh: '绿色' },
  blue: { en: 'blue', zh: '蓝色' },
  purple: { en: 'purple', zh: '紫色' },
  pink: { en: 'pink', zh: '粉色' },
  brown: { en: 'brown', zh: '棕色' },
  black: { en: 'black', zh: '黑色' },
  grey: { en: 'gray', zh: '灰色' },
  white: { en: 'white', zh: '白色' },
} as const satisfies Record<string, Colour>;

export type ColourId = keyof typeof colours;
const ids = Object.keys(colours) as ColourId[];

/** The name of one sRGB colour, or null near the border of two. HSV with lightness bands for brown and pink. */
export function colourOf(r: number, g: number, b: number): ColourId | null {
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const value = max / 255;
  const saturation = max === 0 ? 0 : (max - min) / max;
  if (value < 0.2) return 'black';
  if (saturation < 0.14) return value > 0.88 ? 'white' : value < 0.75 && value > 0.3 ? 'grey' : null;
  const span = max - min || 1;
  const sector = max === r ? ((g - b) / span + 6) % 6 : max === g ? (b - r) / span + 2 : (r - g) / span + 4;
  const hue = sector * 60;
  if (hue < 14 || hue >= 345)
    return value > 0.8 && saturation < 0.5 ? 'pink' : value < 0.55 ? 'brown' : 'red';
  if (hue < 40) return value < 0.72 ? 'brown' : saturation > 0.68 && hue > 18 ? 'orange' : null;
  if (hue < 66) return value < 0.5 ? null : 'yellow';
  if (hue < 80) return null;
  if (hue < 165) return 'green';
  if (hue < 190) return null;
  if (hue < 250) return 'blue';
  if (hue < 262) return null;
  if (hue < 300) return 'purple';
  return hue >= 315 ? (value > 0.6 ? 'pink' : null) : null;
}

/** The colour that covers at least `share` of the visible picture, or null. Premultiplied RGBA. */
export function dominantColour(rgba: Uint8Array, share = 0.6): ColourId | null {
  const counts = new Map<ColourId, number>();
  let visible = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    const a = rgba[i + 3] as number;
    if (a < 200) continue;
    visible++;
    const id = colourOf(
      ((rgba[i] as number) * 255) / a,
      ((rgba[i + 1] as number) * 255) / a,
      ((rgba[i + 2] as number) * 255) / a,
    );
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  if (visible < (side * side) / 20) return null;
  return ids.find((id) => (counts.get(id) ?? 0) >= share * visible) ?? null;
}

/** `[style × thing]` → main colour, for pictures that have one. */
export function pictureColours(pictures: Pictures): (style: number, thing: number) => ColourId | null {
  const cache = new Map<number, ColourId | null>();
  return (style, thing) => {
    const slot = pictures.slot(style, thing);
    if (slot < 0) return null;
    const known = cache.get(slot);
    if (known !== undefined) return known;
    const rgba = pictures.get(pictures.styles[style] ?? '', thing);
    const colour = rgba ? dominantColour(rgba) : null;
    cache.set(slot, colour);
    return colour;
  };
}
