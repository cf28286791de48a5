/** What the language model is asked about speech: to write it down, and to answer it. */
import type { Rng } from '../data/rng.ts';
import { type Language, nameOf, type Thing, world } from '../data/world.ts';
import { slotCaption } from './captions.ts';
import { ask, eitherLanguage, type Facts, otherThan } from './facts.ts';
import { videoCaption } from './frames.ts';
import { imaginedFacts } from './looking.ts';
import { askAnyOfClip } from './motions.ts';
import { slip } from './noise.ts';
import { plainRound } from './plain.ts';
import type { TextExample } from './rounds.ts';
import { spokenAbout, taughtSentence } from './spoken.ts';
import { imaginedClip } from './watching.ts';

/** The first of each list is the paper's, and what serving asks. */
export const speechPrompts = {
  transcribe: [
    '请忠实地识别该语音',
    '请写下这段语音的内容。',
    '语音里说了什么？',
    '请听写这段语音。',
    'Write down what you hear.',
    'Transcribe this.',
    'What is said in the recording?',
    'Please transcribe the speech.',
  ],
  transcribeWithPicture: [
    '请根据图片忠实地识别这段语音',
    '请看图写下这段语音的内容。',
    'Transcribe the speech; the picture helps.',
    'Write down what is said about the picture.',
  ],
  answer: [
    '请根据图像回答语音中的问题',
    '请回答语音中的问题。',
    'Answer the spoken question.',
    'Please answer the question in the recording.',
  ],
} as const;

/** A recording alone is a question too. */
const answerPrompt = (rng: Rng): string => (rng.chance(0.5) ? '' : rng.pick(speechPrompts.answer));

export function speechExample(rng: Rng): TextExample {
  const kind = rng.next();
  if (kind < 0.48) return dictation(rng);
  if (kind < 0.62) return dictationWithPicture(rng);
  if (kind < 0.84) return spokenQuestions(rng);
  if (kind < 0.91) return questionAboutClip(rng);
  const { language, question, answer } = plainRound(rng, 'spoken');
  return { language, rounds: [{ speech: question, question: answerPrompt(rng), answer }] };
}

/** Of what is dictated: English has more to get wrong, and so have sentences that name two things. */
const dictated = { english: 0.6, ofTwo: 0.35 };

function dictation(rng: Rng): TextExample {
  const { text, language } = taughtSentence(rng, dictated.english, dictated.ofTwo);
  const speech = rng.chance(0.1) ? misheard(text, language, rng) : text;
  return { language, rounds: [{ speech, question: rng.pick(speechPrompts.transcribe), answer: text }] };
}

/** A sentence about the thing in the picture, half the time with another thing understood. */
function dictationWithPicture(rng: Rng): TextExample {
  const thing = rng.pick(world);
  const language = eitherLanguage(rng);
  const facts: Facts = { kind: 'single', thing, count: 1, colour: null };
  const { text, speech } = heardAbout(thing, language, rng);
  const question = rng.pick(speechPrompts.transcribeWithPicture);
  return { language, rounds: [{ image: slotCaption(facts, rng), speech, question, answer: text }] };
}

function heardAbout(thing: Thing, language: Language, rng: Rng): { text: string; speech: string } {
  const text = spokenAbout(thing, language, rng);
  if (rng.chance(0.4)) return { text, speech: text };
  const name = nameOf(thing, language);
  if (rng.chance(0.5)) return { text, speech: text.replace(name, nameOf(otherThan(thing, rng), language)) };
  return { text, speech: misheard(text, language, rng) };
}

/** A spoken question about a picture; sometimes the second one about it. */
function spokenQuestions(rng: Rng): TextExample {
  const facts = imaginedFacts(rng);
  const image = slotCaption(facts, rng);
  const { language, question: speech, answer } = ask(facts, rng, 'spoken');
  const last = { speech, question: answerPrompt(rng), answer };
  if (!rng.chance(0.2)) return { language, rounds: [{ image, ...last }] };
  const { question: first, answer: said } = ask(facts, rng, 'spoken');
  const earlier = rng.chance(0.5) ? { speech: first, question: '' } : { question: first };
  return { language, rounds: [{ image, ...earlier, answer: said }, last] };
}

function questionAboutClip(rng: Rng): TextExample {
  const facts = imaginedClip(rng);
  const { language, question: speech, answer } = askAnyOfClip(facts, eitherLanguage(rng), rng, 'spoken');
  return {
    language,
    rounds: [{ video: videoCaption(facts, rng), speech, question: answerPrompt(rng), answer }],
  };
}

/** The text with one thing wrong, as bad hearing makes it: a word lost, doubled, or another one. */
function misheard(text: string, language: Language, rng: Rng): string {
  if (language === 'en' && rng.chance(0.5)) return slip(text, rng);
  const parts = language === 'en' ? text.split(' ') : [...text];
  const at = rng.int(parts.length);
  const other = [...nameOf(rng.pick(world), language)];
  const word = language === 'en' ? other.join('').split(' ')[0] : other[0];
  const changed = [[], [parts[at] ?? '', parts[at] ?? ''], [word ?? '']][rng.int(3)] ?? [];
  parts.splice(at, 1, ...changed);
  return parts.join(language === 'en' ? ' ' : '') || text;
}
