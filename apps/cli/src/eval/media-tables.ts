/** What was measured of hearing, of watching and against the truth in words, as tables for a terminal. */
import {
  type AblationReport,
  ablationRows,
  type ClipReport,
  type EventScore,
  type RelativeReport,
  type RelativeScore,
  type SpeechReport,
  type VideoReport,
} from '@x-llm/tiny/evaluation';
import { columns, percent, shareOf } from '../columns.ts';

type Rate = SpeechReport['heldOut']['en']['cer'];

const rate = (score: Rate): string => shareOf(score.rate, score);
const proportion = (score: EventScore['both']): string => shareOf(score.correct / score.count, score);

export function speechTables(speech: SpeechReport): string[] {
  const { heldOut, heard, choosing, noise, withPicture, questions } = speech;
  const clean = (title: string, { en, zh }: SpeechReport['heldOut']): string[] => [
    title,
    rate(en.cer),
    en.wer ? rate(en.wer) : '',
    rate(zh.cer),
    String(en.cer.utterances + zh.cer.utterances),
  ];
  return [
    columns([
      ['Dictation, error rates', 'English CER', 'English WER', 'Chinese CER', 'utterances'],
      clean('voices it never heard', heldOut),
      clean('known voices', heard),
      clean('odd voices, to choose by', choosing),
    ]),
    columns([
      ['  of an engine, voices it never heard', 'CER', 'utterances'],
      ...Object.entries(heldOut.byEngine).map(([engine, score]) => [
        `  ${engine}`,
        rate(score),
        String(score.utterances),
      ]),
    ]),
    columns([
      ['  in noise, CER', 'English', 'Chinese'],
      ...noise.map(({ kind, snrDb, en, zh }) => [`  ${kind}, ${snrDb} dB`, rate(en), rate(zh)]),
    ]),
    columns([
      ['About a thing, in noise, CER', 'audio alone', 'with its picture', 'fewer errors'],
      ...withPicture.map(({ snrDb, all }) => [
        `  ${snrDb} dB`,
        rate(all.audio),
        rate(all.picture),
        all.reduction ? shareOf(all.reduction.reduction, all.reduction) : '–',
      ]),
    ]),
    columns([
      ['Questions about held-out pictures', 'typed', 'spoken', 'spoken, with a prompt'],
      ['all', ...[questions.typed, questions.spoken, questions.prompted].map(({ all }) => proportion(all))],
      ...Object.entries(questions.typed.types).flatMap(([type, typed]) =>
        (['en', 'zh'] as const).map((language) => [
          `  ${type}, ${language}`,
          proportion(typed[language]),
          ...[questions.spoken, questions.prompted].map(({ types }) => {
            const score = Object.entries(types).find(([other]) => other === type)?.[1][language];
            return score ? proportion(score) : '';
          }),
        ]),
      ),
    ]),
    `Normalisation of transcripts: ${speech.normalisation}.`,
  ];
}

export function videoTables({ frames, heldOut, seen, animations }: VideoReport): string[] {
  const row = (title: string, score: EventScore): string[] => [
    title,
    ...[score.motion, score.thing, score.both].map(proportion),
  ];
  const set = (title: string, clips: ClipReport): string[][] => [
    row(`${title} (${clips.clips})`, clips.all),
    row('  English', clips.en),
    row('  Chinese', clips.zh),
    ...Object.entries(clips.byMotion).map(([motion, score]) => row(`  ${motion}`, score)),
  ];
  const { chance } = heldOut;
  return [
    columns([
      [`“What happens in the video?”, ${frames} frames`, 'motion', 'thing', 'both'],
      ...set('a style it never saw', heldOut),
      ...set('known styles, augmented', seen),
      ['chance', percent(chance.motion, 1), percent(chance.thing, 1), percent(chance.both, 2)],
    ]),
    ...(animations
      ? [
          `Animations by others, thing named: English ${shareOf(animations.en.accuracy, animations.en)}, Chinese ${shareOf(animations.zh.accuracy, animations.zh)}`,
        ]
      : []),
  ];
}

export function relativeTable(style: string, { overall, groups, sources, types }: RelativeReport): string {
  const row = (title: string, score: RelativeScore): string[] => [
    title,
    percent(score.media, 1),
    percent(score.caption, 1),
    relative(score),
    String(score.count),
  ];
  const rows = (scores: object & Partial<Record<string, RelativeScore>>, indent: string): string[][] =>
    Object.entries(scores).flatMap(([name, score]) => (score ? [row(`${indent}${name}`, score)] : []));
  return columns([
    [`Relative score, ${style}`, 'with media', 'told in words', 'relative', 'questions'],
    row('over all', overall),
    ...rows(groups, ''),
    ...rows(sources, '  '),
    ...rows(types, '    '),
  ]);
}

const relative = ({ relative: value, low, high }: RelativeScore): string =>
  value === null || low === null || high === null ? '–' : shareOf(value, { low, high });

export function ablationTable(ablation: AblationReport): string {
  return [
    columns([
      ['', ...ablation.models.map(({ name }) => name)],
      ...ablationRows(ablation).map(({ label, numbers }) => [
        label,
        ...numbers.map((one) => (one ? shareOf(one.value, one) : '–')),
      ]),
    ]),
    'In brackets: 95 % interval. Of CER less is better.',
  ].join('\n\n');
}
