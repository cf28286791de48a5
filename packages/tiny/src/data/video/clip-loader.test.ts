import { expect, it } from 'vitest';
import { drawnPictures, drawnStyles } from '../testing.ts';
import { clipAt, renderClip } from './clip.ts';
import { createClipLoader } from './clip-loader.ts';

const pictures = drawnPictures();
const options = { seed: 11, batchSize: 2, size: 32, frames: 3, styles: drawnStyles } as const;

it.each([1, 2])('gives the clips of the stream in order, with %i workers', async (workers) => {
  const strength = (step: number): number => 0.2 + step / 20;
  const loader = createClipLoader(pictures, { ...options, family: 'evaluation', strength, workers });
  const expectStep = async (step: number): Promise<void> => {
    const { step: got, pixels, clips } = await loader.next();
    const wanted = [0, 1].map((i) =>
      clipAt(pictures, 11, step * 2 + i, {
        styles: drawnStyles,
        family: 'evaluation',
        strength: strength(step),
      }),
    );
    expect(got).toBe(step);
    expect(clips).toEqual(wanted);
    expect(Buffer.from(pixels)).toEqual(
      Buffer.concat(wanted.map((clip) => renderClip(pictures, clip, options.frames, options.size))),
    );
  };
  try {
    for (let step = 0; step < 4; step++) await expectStep(step);
    loader.seek(2);
    await expectStep(2);
    loader.seek(15);
    await expectStep(15);
  } finally {
    await loader.close();
  }
});
