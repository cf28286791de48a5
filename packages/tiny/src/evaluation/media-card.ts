/** The card's sections about hearing, watching and the relative score: each is there when its part was measured. */
import { type AblationReport, ablationRows } from './ablation.ts';
import { percent, shareBetween, table } from './card-text.ts';
import type { RelativeReport, RelativeScore } from './relative/report.ts';
import type { EvaluationReport } from './report.ts';
import type { SpeechReport } from './speech/report.ts';
import type { ClipReport, EventScore, VideoReport } from './video/report.ts';

/** Pictures by what they show, as links from the card. */
export interface MediaPictures {
  readonly noise?: string;
  readonly motions?: string;
  readonly alignments?: readonly string[];
}

/** What the recipe aims at. */
const goals = { cer: 0.12, reductionAt0Db: 0.2, clips: 0.6, relative: 0.845 };

const met = (isMet: boolean): string => (isMet ? '✓' : '✗');

export function mediaSections(
  { speech, video, relative, relativeSeen }: EvaluationReport,
  pictures: MediaPictures,
  ablation: AblationReport | undefined,
): string[] {
  return [
    ...(speech ? speechSections(speech, pictures) : []),
    ...(video ? videoSections(video, pictures) : []),
    ...(relative ? relativeSections(relative, relativeSeen) : []),
    ...(ablation ? ablationSections(ablation) : []),
  ];
}

type Rate = SpeechReport['heldOut']['en']['cer'];
const rate = (score: Rate): string => shareBetween(score.rate, score);
const goalRate = (score: Rate): string => `${rate(score)} ${met(score.rate <= goals.cer)}`;

const dictationCells = (
  { en, zh }: SpeechReport['heldOut'],
  shown: (score: Rate) => string,
): readonly string[] => [
  shown(en.cer),
  en.wer ? rate(en.wer) : '',
  shown(zh.cer),
  `${en.cer.utterances} + ${zh.cer.utterances}`,
];

function speechSections(speech: SpeechReport, { noise, alignments = [] }: MediaPictures): string[] {
  const { heldOut, heard, choosing, withPicture, questions } = speech;
  return [
    '### What it hears',
    `Sentences of its world, spoken by synthesisers, as transcription serves them (waves → the engine, greedy, with no more syllables than what was heard allows). CER and WER are errors over length, both summed over all sentences, after normalisation (${speech.normalisation}); in brackets the 95 % interval of a bootstrap over sentences. The goal is a CER of ${percent(goals.cer)} in voices it never heard.`,
    table(
      ['dictation', 'English CER', 'English WER', 'Chinese CER', 'sentences'],
      [
        ['voices it never heard', ...dictationCells(heldOut, goalRate)],
        ['voices it knows', ...dictationCells(heard, rate)],
        ['odd voices it never heard, to choose by', ...dictationCells(choosing, rate)],
      ],
    ),
    'The odd ones, whispers and robots of eSpeak NG, are for choosing between models and count for nothing.',
    table(
      ['voice it never heard', 'CER', 'sentences'],
      [...Object.entries(heldOut.byEngine), ...Object.entries(heldOut.byVoice)].map(([name, score]) => [
        name,
        rate(score),
        String(score.utterances),
      ]),
    ),
    ...(noise ? [`![Errors in noise, and with the picture of what is said](${noise})`] : []),
    'A sentence about a thing, half of them in babble and half in pink noise, alone and with the thing’s picture (of the style it never saw), asked for in the chat. The goal is a fifth fewer errors at 0 dB.',
    table(
      ['speech to noise', 'audio alone', 'with the picture', 'fewer errors', 'English', 'Chinese'],
      withPicture.map(({ snrDb, all, en, zh }) => [
        `${snrDb} dB`,
        rate(all.audio),
        rate(all.picture),
        `${reduction(all)}${snrDb === 0 && all.reduction ? ` ${met(all.reduction.reduction >= goals.reductionAt0Db)}` : ''}`,
        reduction(en),
        reduction(zh),
      ]),
    ),
    'The same questions about the same held-out pictures, typed and spoken by voices it never heard (without and with a typed request to answer):',
    questionTable(questions),
    ...alignments.map((file) => `![When each token was heard, over the spectrogram](${file})`),
  ];
}

const reduction = ({ reduction: score }: SpeechReport['withPicture'][number]['all']): string =>
  score ? shareBetween(score.reduction, score) : '–';

const proportion = (score: EventScore['both']): string => shareBetween(score.correct / score.count, score);

function questionTable({ typed, spoken, prompted }: SpeechReport['questions']): string {
  const sets = [typed, spoken, prompted];
  const types = Object.keys(typed.types) as (keyof typeof typed.types)[];
  return table(
    ['question', 'typed', 'spoken', 'spoken, with a request'],
    [
      ['all', ...sets.map(({ all }) => `**${proportion(all)}**`)],
      ...types.flatMap((type) =>
        (['en', 'zh'] as const).map((language) => [
          `${type}, ${language === 'en' ? 'English' : 'Chinese'}`,
          ...sets.map((set) => {
            const score = set.types[type]?.[language];
            return score ? proportion(score) : '–';
          }),
        ]),
      ),
    ],
  );
}

function videoSections(video: VideoReport, { motions }: MediaPictures): string[] {
  const { heldOut, seen, animations, frames } = video;
  const row = (title: string, score: EventScore): string[] => [
    title,
    ...[score.motion, score.thing, score.both].map(proportion),
  ];
  const set = (title: string, clips: ClipReport): string[][] => [
    row(`${title} (${clips.clips} clips)`, clips.all),
    row('– English', clips.en),
    row('– Chinese', clips.zh),
  ];
  const isMet = heldOut.all.both.correct / heldOut.all.both.count >= goals.clips;
  return [
    '### What it watches',
    `Clips of a thing that does something, ${frames} frames of each, asked “What happens in the video?” in both languages. The goal is that motion and thing are right in ${percent(goals.clips)} of the answers about the style it never saw: ${met(isMet)}. Guessing would get ${percent(heldOut.chance.motion, 1)} of the motions and ${percent(heldOut.chance.thing, 1)} of the things.`,
    table(
      ['clips', 'motion', 'thing', 'both'],
      [...set('a style it never saw, as it is', heldOut), ...set('styles it knows, distorted', seen)],
    ),
    table(
      ['a style it never saw', 'motion', 'thing', 'both'],
      Object.entries(heldOut.byMotion).map(([motion, score]) => row(motion, score)),
    ),
    ...(motions ? [`![What is said to happen, by what happens](${motions})`] : []),
    ...(animations
      ? [
          `Of ${animations.en.count} things that Fluent’s makers animated it names ${shareBetween(animations.en.accuracy, animations.en)} in English and ${shareBetween(animations.zh.accuracy, animations.zh)} in Chinese.`,
        ]
      : []),
  ];
}

function relativeSections(heldOut: RelativeReport, seen: RelativeReport | undefined): string[] {
  const row = (title: string, score: RelativeScore): string[] => [
    title,
    percent(score.media, 1),
    percent(score.caption, 1),
    relativeText(score),
    String(score.count),
  ];
  const rows = ({ overall, groups, sources }: RelativeReport) =>
    table(
      ['questions', 'with media', 'told in words', 'relative', 'count'],
      [
        row('**over all**', overall),
        ...Object.entries(groups).map(([group, score]) => row(group, score)),
        ...Object.entries(sources).map(([source, score]) => row(`– ${source}`, score)),
      ],
    );
  const goal = ({ overall: { relative: value } }: RelativeReport) =>
    value === null ? '–' : met(value >= goals.relative);
  return [
    '### Against the truth in words',
    'X-LLM’s relative score: answers about pictures, clips and spoken questions, graded from 0 to 1 by rules, over the answers of the same frozen language model when a caption of the truth stands in place of the media. The paper has 84.5 % against GPT-4, by a judge, on 30 pictures of the kind it was trained on. The three types of question count alike.',
    `With pictures and clips in the style it never saw: ${goal(heldOut)}.`,
    rows(heldOut),
    ...(seen
      ? [
          `With new scenes of the styles it was trained on, things at places and on backgrounds it never saw: ${goal(seen)}.`,
          rows(seen),
        ]
      : []),
  ];
}

const relativeText = ({ relative, low, high }: RelativeScore): string =>
  relative === null || low === null || high === null ? '–' : shareBetween(relative, { low, high });

function ablationSections(ablation: AblationReport): string[] {
  return [
    '### What each stage is worth',
    'The same measurements of models that were trained without one of the three stages. Of CER less is better.',
    ...(ablation.about === undefined ? [] : [ablation.about]),
    table(
      ['', ...ablation.models.map(({ name }) => name)],
      ablationRows(ablation).map(({ label, numbers }) => [
        label,
        ...numbers.map((one) => (one ? shareBetween(one.value, one) : '–')),
      ]),
    ),
  ];
}
