/** A model for tests: it recognises the pictures it was shown before, and is told what to get wrong. */
import { prepareImage } from '@x-llm/media/node';
import sharp from 'sharp';
import type { PlainStyle } from '../data/render-plain.ts';
import { drawnPicture, drawnPictures } from '../data/testing.ts';
import type { Answerer } from './answerer.ts';
import type { EvaluationData } from './data.ts';

const imageSize = 16;

/** Answers with what `answer` says of the picture's mean colour and the question. */
export function scriptedAnswerer(
  answer: (question: string, colour: readonly [number, number, number]) => string,
): Answerer & { mostAtOnce: number } {
  let active = 0;
  const engine = {
    model: { id: 'scripted', imageSize },
    mostAtOnce: 0,
    async *generate(request: Parameters<Answerer['generate']>[0]) {
      engine.mostAtOnce = Math.max(engine.mostAtOnce, ++active);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const [message] = request.messages;
      const rgb = message?.images[0]?.rgb;
      if (!message || rgb?.length !== imageSize * imageSize * 3) throw new Error('no prepared picture');
      yield { type: 'start' as const };
      // In pieces, as a stream comes.
      for (const piece of answer(message.text, centreOf(rgb)).match(/.{1,3}/gsu) ?? []) {
        yield { type: 'text' as const, text: piece };
      }
      yield { type: 'end' as const };
      active--;
    },
  };
  return engine;
}

function centreOf(rgb: Uint8Array): [number, number, number] {
  const at = ((imageSize / 2) * imageSize + imageSize / 2) * 3;
  return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
}

/** PNG of a drawn picture (style 0) on transparency. */
export async function drawnFile(thing: number): Promise<Uint8Array> {
  return sharp(drawnPicture(thing, 0), { raw: { width: 72, height: 72, channels: 4 } })
    .png()
    .toBuffer();
}

/** The drawn thing whose picture has this colour in its centre, when it came as it is. */
export async function drawnColours(things: number): Promise<Map<string, number>> {
  const colours = new Map<string, number>();
  for (let thing = 0; thing < things; thing++) {
    const rgb = await prepareImage(await drawnFile(thing), { size: imageSize });
    colours.set(centreOf(rgb).join(), thing);
  }
  return colours;
}

/** Stands in for the packages: the first `things` things, drawn. */
export function drawnData(things: number): EvaluationData {
  const style = (id: string): PlainStyle => ({
    id,
    file: async (thing) => (thing.id < things ? drawnFile(thing.id) : undefined),
    render: async (thing, size) =>
      thing.id < things ? prepareImage(await drawnFile(thing.id), { size }) : undefined,
  });
  return {
    heldOut: style('drawn-held-out'),
    seen: drawnPictures(things),
    seenFiles: [style('drawn-a'), style('drawn-b')],
  };
}
