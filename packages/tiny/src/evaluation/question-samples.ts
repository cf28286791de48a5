/** Every other question: about one thing, about two side by side, about several of the same. */
import { Augmenter } from '../data/augment/augmenter.ts';
import { countScene, pairScene, type Scene } from '../data/augment/scene.ts';
import type { Pictures } from '../data/pictures.ts';
import type { PlainStyle } from '../data/render-plain.ts';
import { Rng } from '../data/rng.ts';
import { type Thing, thingAt, world } from '../data/world.ts';
import { type ColourId, dominantColour, pictureColours } from '../text/colours.ts';
import { askAbout, factsOf, otherThan } from '../text/facts.ts';
import type { PictureQuestionType } from '../text/questions.ts';
import { useOf } from '../text/uses.ts';
import { colourPixels, pngOfRgb, pngOfScene } from './picture-files.ts';
import { type Ask, languages, type Sample } from './sample.ts';
import { evaluationRng, shuffled } from './seed.ts';

/** Where the pictures come from: a style's files as they are, or the augmenter. */
interface Stock {
  readonly id: string;
  /** Style numbers that have the thing. */
  stylesWith(thing: number): number[];
  styleName(style: number): string;
  file(scene: Scene, rng: Rng): Promise<Uint8Array>;
  colour(thing: number, style: number): Promise<ColourId | null>;
}

const aboutOne = ['category', 'colour', 'isIt', 'isA', 'which', 'translate', 'use', 'describe'] as const;
const aboutTwo = ['left', 'right'] as const;
const aboutSome = ['count'] as const;

/**
 * `perType` pictures for each type of question, both languages asked of each. A type about which fewer things have
 * something to say (what it is for; its colour, where one colour is clear) has fewer.
 */
async function questionSamples(stock: Stock, perType: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const left = new Map<PictureQuestionType, number>();
  for (const type of [...aboutOne, ...aboutTwo, ...aboutSome]) left.set(type, perType);
  const wanted = (types: readonly PictureQuestionType[]): PictureQuestionType[] =>
    types.filter((type) => (left.get(type) ?? 0) > 0);
  const things = shuffled(world, 2).filter(({ id }) => stock.stylesWith(id).length > 0);
  const add = (scene: Scene, colour: ColourId | null, types: readonly PictureQuestionType[]): void => {
    const facts = factsOf(scene, colour);
    const asks = types.flatMap((type, place) =>
      languages.map((language, l): Ask => {
        const rng = evaluationRng('question', facts.thing.id, place, l);
        const { question, answer } = askAbout(facts, type, language, rng, 'canonical');
        return { type, language, question, expected: answer };
      }),
    );
    if (asks.length === 0) return;
    for (const type of types) left.set(type, (left.get(type) ?? 0) - 1);
    const style = stock.styleName(scene.items[0]?.style ?? 0);
    const rng = evaluationRng('augmentedScene', samples.length);
    samples.push({ thing: facts.thing, style, facts, file: () => stock.file(scene, rng), asks });
  };
  for (const thing of things) {
    if (wanted(aboutOne).length === 0) break;
    const style = evaluationRng('scene', thing.id, 0).pick(stock.stylesWith(thing.id));
    const colour = wanted(['colour']).length > 0 ? await stock.colour(thing.id, style) : null;
    add(
      oneThing(thing.id, style),
      colour,
      wanted(aboutOne).filter((type) => applies(type, thing, colour)),
    );
  }
  for (const { id } of things) {
    if (wanted(aboutTwo).length === 0) break;
    const rng = evaluationRng('scene', id, 1);
    const other = otherIn(stock, id, rng);
    const styles = [id, other].map((thing) => rng.pick(stock.stylesWith(thing)));
    add(pairScene(id, other, styles[0] ?? 0, styles[1] ?? 0, rng), null, wanted(aboutTwo));
  }
  for (const { id } of things) {
    if (wanted(aboutSome).length === 0) break;
    const rng = evaluationRng('scene', id, 2);
    const scene = countScene(id, rng.pick(stock.stylesWith(id)), 1 + rng.int(3), rng);
    add(scene, null, wanted(aboutSome));
  }
  return samples;
}

const oneThing = (thing: number, style: number): Scene => ({
  kind: 'single',
  keepColour: true,
  items: [{ thing, style, x: 0.5, y: 0.5, width: 1 }],
});

function applies(type: PictureQuestionType, thing: Thing, colour: ColourId | null): boolean {
  if (type === 'colour') return colour !== null;
  if (type === 'use') return languages.every((language) => useOf(thing, language) !== undefined);
  return true;
}

function otherIn(stock: Stock, thing: number, rng: Rng): number {
  for (;;) {
    const { id } = otherThan(thingAt(thing), rng);
    if (stock.stylesWith(id).length > 0) return id;
  }
}

/** About a style's own pictures; scenes put them side by side on white. */
export async function plainQuestionSamples(style: PlainStyle, perType: number): Promise<Sample[]> {
  const files = new Map<number, Uint8Array>();
  for (const thing of world) {
    const file = await style.file(thing);
    if (file) files.set(thing.id, file);
  }
  const fileOf = async (thing: number): Promise<Uint8Array> => {
    const file = files.get(thing);
    if (!file) throw new RangeError(`${style.id} has no picture of thing ${thing}`);
    return file;
  };
  return questionSamples(
    {
      id: style.id,
      stylesWith: (thing) => (files.has(thing) ? [0] : []),
      styleName: () => style.id,
      file: (scene) =>
        scene.kind === 'single' ? fileOf(scene.items[0]?.thing ?? -1) : pngOfScene(scene, fileOf),
      colour: async (thing) => dominantColour(await colourPixels(await fileOf(thing))),
    },
    perType,
  );
}

/** About scenes of the loaded styles, augmented with evaluation's backgrounds; colours are kept. */
export function augmentedQuestionSamples(
  pictures: Pictures,
  size: number,
  strength: number,
  perType: number,
): Promise<Sample[]> {
  const augmenter = new Augmenter(pictures, size, new Rng(0));
  const colourOf = pictureColours(pictures);
  return questionSamples(
    {
      id: 'seen',
      stylesWith: (thing) => [...pictures.styles.keys()].filter((style) => pictures.slot(style, thing) >= 0),
      styleName: (style) => pictures.styles[style] ?? '',
      file: (scene, rng) => {
        const rgb = new Uint8Array(size * size * 3);
        augmenter.scene(rgb, 0, scene, rng, strength, 'evaluation');
        return pngOfRgb(rgb, size);
      },
      colour: async (thing, style) => colourOf(style, thing),
    },
    perType,
  );
}
