/** The text of the tiny model: captions, questions and answers in English and Chinese. */
export { yesNo } from './answers.ts';
export { captionFor, captionVariant, slotCaption } from './captions.ts';
export { type ColourId, colours, dominantColour, pictureColours } from './colours.ts';
export { pictureQuestions, type SceneQuestions, textExample } from './examples.ts';
export { ask, askAbout, type Example, eitherLanguage, type Facts, factsOf, otherThan } from './facts.ts';
export { frameVocabulary, wordsOfFrame } from './frames.ts';
export { speechPrompts } from './hearing.ts';
export { askAnyOfClip, askClip, type ClipFacts } from './motions.ts';
export { type NamingQuestion, readNamingQuestion } from './naming-questions.ts';
export { canonicalQuestion, type PictureQuestionType, pictureQuestionTypes, questions } from './questions.ts';
export type { Round, Slots, TextExample } from './rounds.ts';
export { type Spoken, spokenAbout, spokenSentence, taughtSentence } from './spoken.ts';
