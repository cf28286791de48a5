/** Draws the example clips, `examples/*.webp`, from the drawings beside them: `node apps/playground/scripts/make-clips.ts`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const examples = join(import.meta.dirname, '../examples');
const size = 160;
const frames = 20;
const frameMs = 100;

interface Pose {
  /** Centre and width as parts of the side. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly visible?: boolean;
}

/** What happens from 0, the first frame, to 1, the last. */
const clips: Readonly<Record<string, { drawing: string; background: string; at: (time: number) => Pose }>> = {
  'penguin-walks': {
    drawing: 'penguin',
    background: '#dfeaf2',
    at: (time) => ({ x: 0.75 - 0.5 * time, y: 0.52 + 0.02 * Math.sin(20 * time), width: 0.5 }),
  },
  'sailboat-sails': {
    drawing: 'sailboat',
    background: '#cfe6f5',
    at: (time) => ({ x: 0.25 + 0.5 * time, y: 0.5 + 0.02 * Math.sin(9 * time), width: 0.5 }),
  },
  'apple-grows': {
    drawing: 'apple',
    background: '#f4efe2',
    at: (time) => ({ x: 0.5, y: 0.5, width: 0.25 + 0.65 * time }),
  },
  'umbrella-falls': {
    drawing: 'umbrella',
    background: '#e6e4ee',
    at: (time) => ({ x: 0.5, y: 0.24 + 0.52 * time, width: 0.45 }),
  },
  'sunflower-appears': {
    drawing: 'sunflower',
    background: '#e8f1dc',
    at: (time) => ({ x: 0.5, y: 0.5, width: 0.7, visible: time > 0.5 }),
  },
};

async function frame(
  drawing: Buffer,
  background: string,
  { x, y, width, visible = true }: Pose,
): Promise<Buffer> {
  const canvas = sharp({ create: { width: 2 * size, height: 2 * size, channels: 3, background } });
  if (!visible) return canvas.extract({ left: 0, top: 0, width: size, height: size }).png().toBuffer();
  const side = Math.round(width * size);
  const picture = await sharp(drawing, { density: 300 }).resize(side, side).png().toBuffer();
  // On a canvas with a margin: a thing may reach over the edge.
  const [left, top] = [x, y].map((centre) => Math.round(size / 2 + centre * size - side / 2));
  const whole = await canvas
    .composite([{ input: picture, left: left ?? 0, top: top ?? 0 }])
    .png()
    .toBuffer();
  return sharp(whole)
    .extract({ left: size / 2, top: size / 2, width: size, height: size })
    .png()
    .toBuffer();
}

for (const [name, { drawing, background, at }] of Object.entries(clips)) {
  const svg = await readFile(join(examples, `${drawing}.svg`));
  const pages = await Promise.all(
    Array.from({ length: frames }, (_, index) => frame(svg, background, at(index / (frames - 1)))),
  );
  await sharp(pages, { join: { animated: true } })
    .webp({ quality: 80, effort: 6, delay: pages.map(() => frameMs), loop: 0 })
    .toFile(join(examples, `${name}.webp`));
}
