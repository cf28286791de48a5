/** The model card's text. Every number in it comes from what it is given. */
import { colours } from '../text/colours.ts';
import type { AblationReport } from './ablation.ts';
import type { BundleSummary } from './bundle-summary.ts';
import { percent, share, table } from './card-text.ts';
import { creditedPackages } from './credits.ts';
import { type MediaPictures, mediaSections } from './media-card.ts';
import type { ByLanguage, NameScore, PictureReport, QuestionTable } from './report.ts';
import { type TrainingSummary, trainedSteps } from './training-summary.ts';

export interface CardInput {
  readonly report: PictureReport;
  readonly bundle: BundleSummary;
  readonly training: TrainingSummary;
  /** Pictures by what they show, as links from the card. */
  readonly pictures: {
    readonly categories: string;
    readonly confusions: string;
    readonly curves: readonly Curve[];
  } & MediaPictures;
  /** Of models trained without one of the stages, where it was measured. */
  readonly ablation?: AblationReport | undefined;
}

interface Curve {
  readonly name: keyof typeof trainedSteps;
  readonly file: string;
}

/** What the recipe aims at. */
const goals: Readonly<Record<'heldOut' | 'seen', ByLanguage<number>>> = {
  heldOut: { en: 0.45, zh: 0.4 },
  seen: { en: 0.8, zh: 0.8 },
};

export function cardText(input: CardInput): string {
  const { report, bundle } = input;
  const sections = [
    `<!-- Written by \`npx xllm eval --card\`: change packages/tiny/src/evaluation/card.ts, not this file. -->`,
    `# ${bundle.name}`,
    `The reference model of X-LLM: it looks at a picture and says in English or Chinese what it shows.${also(report)} It knows ${report.things} things — animals, plants, food, places, vehicles, sports, clothes, instruments, tools — and was trained from scratch in TypeScript. ${bundle.provenance}`,
    report.settings.quick || report.settings.limit !== null
      ? '> **These numbers come from a sample** (`--quick` or `--limit`). Run without it before publishing.'
      : '',
    ...resultSections(input),
    ...mediaSections(report, input.pictures, input.ablation),
    ...limitSection(report),
    ...dataSection(bundle, report),
    ...buildSection(input),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** What it does besides. */
function also({ speech, video }: PictureReport): string {
  if (speech && video) return ' It hears what is said about it, and watches short clips.';
  if (speech) return ' It hears what is said about it.';
  return video ? ' It watches short clips.' : '';
}

function resultSections({ report, pictures }: CardInput): string[] {
  const { heldOut, seen, seenHard, seenPlain, questions } = report;
  return [
    '## How often it is right',
    `Asked “What is this?” and “这是什么？” through the whole chat path (the file’s bytes → the model’s pixels → the engine, greedy). Right means that the whole answer is the expected one of ${report.things} names, but for case and punctuation; chance is ${percent(1 / report.things, 1)}. In brackets the 95 % interval (Wilson).`,
    table(
      ['pictures', 'English', 'goal', 'Chinese', 'goal'],
      [
        [
          `a style it never saw: ${heldOut.styles.join(', ')}, as it is (${heldOut.pictures})`,
          ...goalCells(heldOut, goals.heldOut),
        ],
        [`styles it knows, on new backgrounds, distorted (${seen.pictures})`, ...goalCells(seen, goals.seen)],
        ...Object.entries(seen.byStyle).map(([style, score]) => [
          `– of these ${style}`,
          share(score.en),
          '',
          share(score.zh),
          '',
        ]),
        [
          `styles it knows, distorted twice as strongly (${seenHard.pictures})`,
          share(seenHard.en),
          '',
          share(seenHard.zh),
          '',
        ],
        [
          `styles it knows, as they are (${seenPlain.pictures})`,
          share(seenPlain.en),
          '',
          share(seenPlain.zh),
          '',
        ],
      ],
    ),
    `On the style it never saw, ${percent(heldOut.en.sameSubcategory)} of the English answers name a thing of the right subcategory, and ${percent(heldOut.en.notAName)} are no thing’s name.`,
    table(
      ['category, style it never saw', 'English', 'Chinese', 'pictures'],
      Object.values(heldOut.byCategory)
        .sort((a, b) => b.en.top1 - a.en.top1)
        .map(({ label, en, zh }) => [label, share(en), share(zh), String(en.count)]),
    ),
    `![Share of right names per category and subcategory](${pictures.categories})`,
    '### Other questions',
    'Yes-or-no questions count as right when the verdict is, descriptions when they name the thing, all others as a whole. Chance is what always giving the commonest right answer would score, and one half for a choice of two.',
    questionsTable(questions.heldOut, 'pictures of the style it never saw'),
    questionsTable(questions.seen, 'augmented scenes of known styles'),
    '### What is taken for what',
    `![Pictures and what they were taken for](${pictures.confusions})`,
  ];
}

function goalCells({ en, zh }: ByLanguage<NameScore>, goal: ByLanguage<number>): string[] {
  const cell = (score: NameScore, wanted: number): string[] => [
    `**${percent(score.top1, 1)}** (${percent(score.low)}–${percent(score.high)})`,
    `≥ ${percent(wanted)} ${score.top1 >= wanted ? '✓' : '✗'}`,
  ];
  return [...cell(en, goal.en), ...cell(zh, goal.zh)];
}

function questionsTable(questions: QuestionTable, where: string): string {
  const rows = Object.entries(questions).map(([type, { en, zh }]) => [
    questionLabels[type] ?? type,
    share({ ...en, top1: en.accuracy }),
    percent(en.chance),
    share({ ...zh, top1: zh.accuracy }),
    percent(zh.chance),
    `${en.count} + ${zh.count}`,
  ]);
  return table([where, 'English', 'chance', 'Chinese', 'chance', 'asked'], rows);
}

const questionLabels: Readonly<Record<string, string>> = {
  category: 'What category is this?',
  colour: 'What colour is it?',
  isIt: 'Is this a fox?',
  isA: 'Is this an animal?',
  which: 'Is this a fox or a wolf?',
  translate: 'What is this in the other language?',
  use: 'What is it used for?',
  describe: 'Describe this picture.',
  left: 'What is on the left?',
  right: 'What is on the right?',
  count: 'How many are there?',
};

function limitSection(report: PictureReport): string[] {
  const { heldOut, seen } = report;
  const weakest = Object.values(heldOut.bySubcategory)
    .filter(({ en }) => en.count >= 10)
    .sort((a, b) => a.en.top1 - b.en.top1)
    .slice(0, 5)
    .map(({ label, en }) => `${label} (${percent(en.top1)})`);
  const loss = seen.en.top1 - heldOut.en.top1;
  return [
    '## Limits',
    [
      `- It knows ${report.things} things and answers with one of them whatever it is shown. A photograph, a face, a diagram, text: it will name something, and it does not say that it does not know.`,
      `- It sees ${report.model.imageSize} × ${report.model.imageSize} pixels. Small parts, writing and the hands of a clock are lost.`,
      `- It learnt from drawn and rendered icons only. A new style of drawing ${loss > 0 ? `costs ${Math.round(loss * 100)} points of accuracy in English` : 'costs no accuracy in English'}; photographs were not measured.`,
      ...(weakest.length > 0 ? [`- Weakest on the style it never saw: ${weakest.join(', ')}.`] : []),
      `- It was taught to count to three, to tell left from right for two things side by side, and ${Object.keys(colours).length} colours: nothing beyond that.`,
      ...guessingLines(report),
      '- Its English and Chinese are the sentences of its training text. It does not converse beyond a greeting.',
      '- Names are those of emojibase: a right answer in other words counts as wrong, and some pairs of things look alike to anyone.',
      ...(report.speech
        ? [
            '- It has heard synthesisers only, in training and here. How well it hears people was not measured.',
          ]
        : []),
      ...(report.video
        ? [
            '- It knows eleven motions of one thing on a background that keeps still, in clips of some seconds.',
          ]
        : []),
      '- Nothing about people was trained or measured. Do not use it to decide anything that matters.',
    ].join('\n'),
  ];
}

/** The questions that it cannot be said to answer, in the words of the tables above. */
function guessingLines({ questions }: PictureReport): string[] {
  return Object.entries({
    'the style it never saw': questions.heldOut,
    'known styles': questions.seen,
  }).flatMap(([where, table]) => {
    const guessed = Object.entries(table).flatMap(([type, { en, zh }]) =>
      [en, zh].some(({ low, chance }) => low <= chance) ? [`“${questionLabels[type] ?? type}”`] : [],
    );
    if (guessed.length === 0) return [];
    return [
      `- About ${where}, in one language at least, its answers may be no better than chance to ${guessed.join(', ')}.`,
    ];
  });
}

function dataSection(bundle: BundleSummary, report: PictureReport): string[] {
  return [
    '## Data and licences',
    `The weights are under the ${bundle.licence} licence. They were learnt from:`,
    table(
      ['what', 'by', 'licence', 'package'],
      creditedPackages().map(({ what, by, url, licence, package: name }) => [
        what,
        `[${by}](${url})`,
        licence,
        `\`${name}\``,
      ]),
    ),
    report.speech
      ? 'Speech for training and for these measurements was synthesised with [eSpeak NG](https://github.com/espeak-ng/espeak-ng) (GPL-3.0) and [Flite](http://www.festvox.org/flite/) (BSD), for measurements alone with [GnuSpeech](https://www.gnu.org/software/gnuspeech/) (GPL-3.0) too. Neither the engines nor any sound are in the bundle.'
      : '',
    'The bundle holds no picture of any of them. Pictures were resized, recoloured and distorted for training; the sheets on this page show Twemoji (CC-BY-4.0) and Noto (Apache-2.0) unchanged but for size. OpenMoji is share-alike: whoever holds that this reaches weights can train without it, by taking one line out of `src/data/styles.ts`. The licences: [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/), [CC-BY-SA-4.0](https://creativecommons.org/licenses/by-sa/4.0/), [Apache-2.0](https://www.apache.org/licenses/LICENSE-2.0), [MIT](https://opensource.org/license/mit), [WordNet](https://wordnet.princeton.edu/license-and-commercial-use).',
  ];
}

function buildSection({ bundle, training, pictures }: CardInput): string[] {
  const total = bundle.parts.reduce((sum, { parameters }) => sum + parameters, 0);
  const runs = training.map(({ name, steps, hours, loss, evaluation }) => [
    trainedSteps[name],
    String(steps),
    `${hours.toFixed(1)} h`,
    loss.toFixed(3),
    Object.entries(evaluation)
      .map(([metric, value]) => `${metric} ${Number(value.toPrecision(3))}`)
      .join(', '),
  ]);
  return [
    '## Architecture',
    `X-LLM’s: a frozen picture encoder, an interface (X2L) that turns what it sees into “words” of the language model, a frozen language model. ${(total / 1e6).toFixed(1)} M parameters, ${(bundle.sizeBytes / 1e6).toFixed(1)} MB.`,
    table(
      ['part', 'architecture', 'parameters', 'configuration'],
      bundle.parts.map(({ part, architecture, parameters, config }) => [
        part,
        architecture,
        `${(parameters / 1e6).toFixed(2)} M`,
        config,
      ]),
    ),
    '## Training',
    'From scratch, by [src/recipe](src/recipe): pictures augmented as [README.md](README.md) says, text generated from names, tags and definitions. Every random draw comes from one seed.',
    runs.length > 0 ? table(['step', 'steps', 'time', 'loss at the end', 'evaluation at the end'], runs) : '',
    ...pictures.curves.map(({ name, file }) => `![Training curve: ${name}](${file})`),
    '## Reproduce',
    '```sh\nnpx xllm eval --json report.json   # these numbers\nnpx xllm eval --card packages/tiny/MODEL_CARD.md   # this page\n```',
    'Twemoji and the training styles are fetched through npm when first needed, at pinned versions. Your own pictures: `npx xllm eval --pictures DIR --labels FILE.jsonl`.',
  ];
}
