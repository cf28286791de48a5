/** What a thing may do in a clip, and how that is said. */
import type { Rng } from '../data/rng.ts';
import { type Motion, motions } from '../data/video/motions.ts';
import { type Language, nameOf, type Thing } from '../data/world.ts';
import { nameInSentence } from './answers.ts';
import { sentence } from './english.ts';
import { type Manner, typed } from './noise.ts';

/** Behind "it" and 它; `base` behind "does it". */
const words: Readonly<Record<Motion, { en: string; base: string; zh: string }>> = {
  moveLeft: { en: 'moves to the left', base: 'move to the left', zh: '向左移动' },
  moveRight: { en: 'moves to the right', base: 'move to the right', zh: '向右移动' },
  moveUp: { en: 'moves up', base: 'move up', zh: '向上移动' },
  moveDown: { en: 'moves down', base: 'move down', zh: '向下移动' },
  grow: { en: 'grows', base: 'grow', zh: '变大' },
  shrink: { en: 'shrinks', base: 'shrink', zh: '变小' },
  turn: { en: 'turns', base: 'turn', zh: '转动' },
  blink: { en: 'blinks', base: 'blink', zh: '闪烁' },
  appear: { en: 'appears', base: 'appear', zh: '出现' },
  disappear: { en: 'disappears', base: 'disappear', zh: '消失' },
  still: { en: 'does not move', base: 'stay where it is', zh: '不动' },
};

export const videoQuestionTypes = ['event', 'motion', 'thing', 'doesIt'] as const;
export type VideoQuestionType = (typeof videoQuestionTypes)[number];

type Table = Readonly<Record<VideoQuestionType, readonly [string, ...string[]]>>;

/** `{m}` is a motion. The first of each list is the one that evaluation asks. */
const questions: Readonly<Record<Language, Table>> = {
  en: {
    event: [
      'What happens in the video?',
      'What happens?',
      'What is happening?',
      'Describe the video.',
      'Describe this clip.',
      'What do you see in the video?',
      'Tell me about this video.',
      'What does the video show?',
      'What can you see in this clip?',
    ],
    motion: [
      'What does it do?',
      'How does it move?',
      'What is it doing?',
      'Which way does it move?',
      'In which direction does it go?',
      'What happens to it?',
      'How does it change?',
    ],
    thing: [
      'What is in the video?',
      'What is this?',
      'Which thing is in the video?',
      'Name the thing in the video.',
      'What thing does the clip show?',
      "What's this?",
      'What object do you see in the video?',
    ],
    doesIt: ['Does it {m}?', 'In this video, does it {m}?', 'Would you say that it {s}?'],
  },
  zh: {
    event: [
      '视频里发生了什么？',
      '发生了什么？',
      '请描述这段视频。',
      '描述一下这个视频。',
      '视频的内容是什么？',
      '你在视频里看到了什么？',
      '说说这段视频。',
    ],
    motion: [
      '它在做什么？',
      '它怎么动？',
      '它怎么了？',
      '它往哪边移动？',
      '它向哪个方向移动？',
      '它有什么变化？',
    ],
    thing: [
      '视频里是什么？',
      '这是什么？',
      '视频里的东西是什么？',
      '视频里有什么？',
      '说出视频里东西的名字。',
    ],
    doesIt: ['它{m}吗？', '视频里的东西{m}吗？', '它是不是{m}？'],
  },
};

/** A clip in words: the thing, and what it does. */
export interface ClipFacts {
  readonly thing: Thing;
  readonly motion: Motion;
}

/** "It moves to the left." */
export const motionAnswer = (motion: Motion, language: Language): string =>
  language === 'en' ? `It ${words[motion].en}.` : `它${words[motion].zh}。`;

/** "A fox moves to the left." */
export function eventAnswer({ thing, motion }: ClipFacts, language: Language): string {
  if (language === 'zh') return `${thing.zh}${words[motion].zh}。`;
  return `${sentence(nameInSentence(thing, 'en'))} ${words[motion].en}.`;
}

/** What an answer says that something does, and who does it: "A fox moves up." → `moveUp`, 'A fox'. */
export function readEvent(
  answer: string,
  language: Language,
): { subject: string; motion: Motion | undefined } {
  const text = answer.trim().replace(/[.!。！\s]+$/u, '');
  // English in whole words: 'disappears' ends with 'appears'.
  const [before, given] = language === 'en' ? [' ', ` ${text.toLowerCase()}`] : ['', text];
  const motion = motions.find((one) => given.endsWith(`${before}${words[one][language]}`));
  return { subject: motion ? text.slice(0, -words[motion][language].length).trim() : text, motion };
}

/** A question about a clip. */
export function askClip(
  facts: ClipFacts,
  type: VideoQuestionType,
  language: Language,
  rng: Rng,
  manner: Manner = 'typed',
): { type: VideoQuestionType; language: Language; question: string; answer: string } {
  const list = questions[language][type];
  const template = manner === 'canonical' ? list[0] : rng.pick(list);
  const asked = rng.chance(0.5) ? facts.motion : otherMotion(facts.motion, rng);
  const { en, base, zh } = words[asked];
  const text = template.replace('{m}', language === 'en' ? base : zh).replace('{s}', en);
  const question = manner === 'typed' ? typed(text, language, rng) : text;
  return { type, language, question, answer: answerTo(type, facts, asked, language) };
}

function answerTo(type: VideoQuestionType, facts: ClipFacts, asked: Motion, language: Language): string {
  const { thing, motion } = facts;
  switch (type) {
    case 'event':
      return eventAnswer(facts, language);
    case 'motion':
      return motionAnswer(motion, language);
    case 'thing':
      return nameOf(thing, language);
    case 'doesIt': {
      const yes = asked === motion;
      if (language === 'zh') return `${yes ? '是的' : '不是'}，${motionAnswer(motion, 'zh')}`;
      return `${yes ? 'Yes' : 'No'}, it ${words[motion].en}.`;
    }
  }
}

function otherMotion(motion: Motion, rng: Rng): Motion {
  for (;;) {
    const other = rng.pick(motions);
    if (other !== motion) return other;
  }
}

const shares: readonly (readonly [VideoQuestionType, number])[] = [
  ['event', 0.33],
  ['motion', 0.2],
  ['thing', 0.15],
  ['doesIt', 0.32],
];

/** A question about a clip, of a random type and wording. */
export function askAnyOfClip(
  facts: ClipFacts,
  language: Language,
  rng: Rng,
  manner: Manner = 'typed',
): ReturnType<typeof askClip> {
  let left = rng.next();
  const drawn = shares.find(([, share]) => {
    left -= share;
    return left < 0;
  });
  return askClip(facts, drawn?.[0] ?? 'event', language, rng, manner);
}
