/** The text of the tiny model: captions, questions and answers in English and Chinese. */
export { captionFor, captionVariant, slotCaption } from './captions.ts';
export { type ColourId, colours, dominantColour, pictureColours } from './colours.ts';
export { pictureQuestions, type TextExample, textExample } from './examples.ts';
export { ask, askAbout, type Example, type Facts, factsOf } from './facts.ts';
export { canonicalQuestion, type PictureQuestionType, pictureQuestionTypes, questions } from './questions.ts';
export { spokenText } from './spoken.ts';
