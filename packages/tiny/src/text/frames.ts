/**
 * What stands in the video slot while the language model is trained: each frame in a few words, in the order in which
 * the video interface's queries say them.
 */
import type { Rng } from '../data/rng.ts';
import type { Motion } from '../data/video/motions.ts';
import type { FrameTruth } from '../data/video/truth.ts';
import { type Language, nameOf, type Thing } from '../data/world.ts';
import type { ClipFacts } from './motions.ts';

const third = (value: number): -1 | 0 | 1 => (value < -1 / 3 ? -1 : value > 1 / 3 ? 1 : 0);

const frameWords = {
  en: {
    x: ['left', 'middle', 'right'],
    y: ['top', 'centre', 'bottom'],
    size: { small: 'small', medium: 'medium', large: 'big' },
    turned: { upright: 'upright', left: 'leftward', right: 'rightward', 'upside down': 'upside-down' },
    nothing: 'nothing',
  },
  zh: {
    x: ['左', '中', '右'],
    y: ['上', '中间', '下'],
    size: { small: '小', medium: '中等', large: '大' },
    turned: { upright: '正', left: '左转', right: '右转', 'upside down': '倒' },
    nothing: '空',
  },
} as const;

/** All words that frames are described with, each in English and Chinese. */
export const frameVocabulary: readonly Readonly<Record<Language, string>>[] = (() => {
  const { en, zh } = frameWords;
  const list = (words: typeof en | typeof zh) => [
    ...words.x,
    ...words.y,
    ...Object.values(words.size),
    ...Object.values(words.turned),
    words.nothing,
  ];
  const chinese = list(zh);
  return list(en).map((word, index) => ({ en: word, zh: chinese[index] ?? '' }));
})();

/** What a frame's queries have to say beside the name: one word each, in this order; `nothing` for an empty frame. */
export function wordsOfFrame(frame: FrameTruth, language: Language): string[] {
  const words = frameWords[language];
  if (!frame.visible) return Array<string>(4).fill(words.nothing);
  return [
    words.x[frame.x + 1] ?? '',
    words.y[frame.y + 1] ?? '',
    words.size[frame.size],
    words.turned[frame.turned],
  ];
}

/** The frames of an imagined clip in which the motion happens. */
export function imagineFrames(motion: Motion, count: number, rng: Rng): FrameTruth[] {
  const forward = 0.45 + 0.4 * rng.next();
  const [from, to] = [-forward, Math.min(0.9, forward + 0.3 * rng.next())];
  const still = { x: 1.4 * rng.next() - 0.7, y: 1.4 * rng.next() - 0.7 };
  const scale = 0.35 + 0.5 * rng.next();
  const at = Math.floor((0.25 + 0.5 * rng.next()) * count);
  const period = 2 + rng.int(Math.max(1, count / 4));
  const side = rng.chance(0.5) ? 1 : -1;
  const angle = side * (90 + 90 * rng.next());
  return Array.from({ length: count }, (_, index) => {
    const t = count > 1 ? index / (count - 1) : 0;
    const along = from + (to - from) * t;
    const grown = motion === 'grow' ? 0.25 + 0.7 * t : motion === 'shrink' ? 0.95 - 0.7 * t : scale;
    const degrees = motion === 'turn' ? angle * t : 0;
    return {
      visible: visibleAt(motion, index, at, period),
      x: third(motion === 'moveRight' ? along : motion === 'moveLeft' ? -along : still.x),
      y: third(motion === 'moveDown' ? along : motion === 'moveUp' ? -along : still.y),
      size: grown < 0.45 ? 'small' : grown < 0.7 ? 'medium' : 'large',
      turned: turnedBy(degrees),
    };
  });
}

function visibleAt(motion: Motion, index: number, at: number, period: number): boolean {
  if (motion === 'appear') return index >= at;
  if (motion === 'disappear') return index < at;
  return motion !== 'blink' || Math.floor((2 * index) / period) % 2 === 0;
}

function turnedBy(degrees: number): FrameTruth['turned'] {
  const size = Math.abs(degrees);
  if (size < 45) return 'upright';
  if (size > 135) return 'upside down';
  return degrees > 0 ? 'right' : 'left';
}

/** Frames as text in one language, with everything that is true of them. */
export function frameCaption(thing: Thing, frames: readonly FrameTruth[], language: Language): string {
  const name = nameOf(thing, language);
  const nothing = frameWords[language].nothing;
  return frames
    .map((frame) => [frame.visible ? name : nothing, ...wordsOfFrame(frame, language)].join(' '))
    .join(' ');
}

/** Frames of a clip as text, in either language: what does not change may be left out. */
export function videoCaption(facts: ClipFacts, rng: Rng, count = 8): string {
  const language: Language = rng.chance(0.5) ? 'en' : 'zh';
  const { thing } = facts;
  const name = rng.chance(0.4) ? `${thing.en} ${thing.zh}` : nameOf(thing, language);
  const unsure = rng.chance(0.3) ? 0.1 : 0;
  const frames = imagineFrames(facts.motion, count, rng);
  const said = frames.map((frame) => wordsOfFrame(frame, language));
  const kept = said[0]?.map((_, word) => {
    const changes =
      new Set(said.map((words, at) => frames[at]?.visible && words[word]).filter(Boolean)).size > 1;
    return changes || !rng.chance(0.4);
  });
  return said
    .map((words, at) => {
      const heard = words.filter((_, word) => kept?.[word] && !rng.chance(unsure));
      return [frames[at]?.visible ? name : frameWords[language].nothing, ...heard].join(' ');
    })
    .join(' ');
}
