/** "What is this?", in both languages, of every thing. */
import { Augmenter } from '../data/augment/augmenter.ts';
import type { Pictures } from '../data/pictures.ts';
import type { PlainStyle } from '../data/render-plain.ts';
import { Rng } from '../data/rng.ts';
import { nameOf, type Thing, thingAt, world } from '../data/world.ts';
import type { Facts } from '../text/facts.ts';
import { canonicalQuestion } from '../text/questions.ts';
import { pngOfRgb } from './picture-files.ts';
import { type Ask, languages, type Sample } from './sample.ts';
import { evaluationRng, shuffled } from './seed.ts';

function nameAsks(thing: Thing): Ask[] {
  return languages.map((language) => ({
    type: 'name',
    language,
    question: canonicalQuestion('name', language),
    expected: nameOf(thing, language),
  }));
}

const onlyThe = (thing: Thing): Facts => ({ kind: 'single', thing, count: 1, colour: null });

/** The styles' own files: of every thing one, in a style drawn among those that have it; or of a sample of `limit`. */
export async function plainNameSamples(
  styles: readonly PlainStyle[],
  limit = Number.POSITIVE_INFINITY,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const thing of shuffled(world)) {
    if (samples.length >= limit) break;
    for (const style of evaluationRng('style', thing.id).shuffle([...styles])) {
      const file = await style.file(thing);
      if (!file) continue;
      samples.push({
        thing,
        style: style.id,
        facts: onlyThe(thing),
        file: async () => file,
        asks: nameAsks(thing),
      });
      break;
    }
  }
  return samples.sort((a, b) => a.thing.id - b.thing.id);
}

/**
 * Every thing in every loaded style, augmented once with evaluation's backgrounds; or a sample of `limit`.
 * `strength` is that of training, 0 to 1.
 */
export function augmentedNameSamples(
  pictures: Pictures,
  size: number,
  strength: number,
  limit = Number.POSITIVE_INFINITY,
): Sample[] {
  const augmenter = new Augmenter(pictures, size, new Rng(0));
  const all = pictures.styles.flatMap((_, style) =>
    world.filter(({ id }) => pictures.slot(style, id) >= 0).map(({ id }) => ({ style, id })),
  );
  const chosen = limit < all.length ? shuffled(all, 1).slice(0, limit) : all;
  return chosen.map(({ style, id }) => ({
    thing: thingAt(id),
    style: pictures.styles[style] ?? '',
    facts: onlyThe(thingAt(id)),
    file: () => {
      const rgb = new Uint8Array(size * size * 3);
      augmenter.single(rgb, 0, id, style, evaluationRng('picture', style, id), strength, 'evaluation');
      return pngOfRgb(rgb, size);
    },
    asks: nameAsks(thingAt(id)),
  }));
}
