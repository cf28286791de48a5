/** What the things in a clip do, and which things can be seen doing it. */
import type { Pictures } from '../pictures.ts';
import { traits } from '../traits.ts';
import { changeByTurning } from './turning.ts';

/** Directions are the picture's: `moveLeft` goes to its left side. The text of the language model has the same ids. */
export const motions = [
  'moveLeft',
  'moveRight',
  'moveUp',
  'moveDown',
  'grow',
  'shrink',
  'turn',
  'blink',
  'appear',
  'disappear',
  'still',
] as const;

export type Motion = (typeof motions)[number];

const withoutTurn = motions.filter((motion) => motion !== 'turn');

/** What may be rotated less than this (traits.ts) would become something else: a clock shows another hour. */
const freeRotation = 35;

/** Less change than this is not seen; found by looking at the pictures in order of their change. */
const visibleChange = 30;

/** The motions this picture can show: all but `turn` when turning makes it another thing or no other picture. */
export function motionsOf(pictures: Pictures, style: number, thing: number): readonly Motion[] {
  const slot = pictures.slot(style, thing);
  const turns = (traits[thing]?.rotation ?? 0) >= freeRotation && slot >= 0;
  return turns && changeByTurning(pictures, slot) >= visibleChange ? motions : withoutTurn;
}
