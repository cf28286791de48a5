/** A report as a person reads it in a terminal. */
import {
  type EvaluationReport,
  type FolderReport,
  hasPictures,
  type PictureReport,
  type QuestionTable,
} from '@x-llm/tiny/evaluation';
import { columns, percent, shareOf } from '../columns.ts';
import { relativeTable, speechTables, videoTables } from './media-tables.ts';

/** Of each part that was measured. */
export function reportTable(report: EvaluationReport): string {
  const { speech, video, relative, relativeSeen } = report;
  return [
    ...(hasPictures(report) ? [pictureTables(report)] : []),
    ...(speech ? speechTables(speech) : []),
    ...(video ? videoTables(video) : []),
    ...(relative ? [relativeTable('a style it never saw', relative)] : []),
    ...(relativeSeen ? [relativeTable('new scenes of known styles', relativeSeen)] : []),
  ].join('\n\n');
}

function pictureTables(report: PictureReport): string {
  const { heldOut, seen, seenHard, seenPlain, questions, confusions } = report;
  const names = [
    ['“What is this?”, whole name right', 'English', 'Chinese', 'pictures'],
    [
      `a style it never saw: ${heldOut.styles.join(', ')}`,
      share(heldOut.en),
      share(heldOut.zh),
      String(heldOut.pictures),
    ],
    ...Object.values(heldOut.byCategory).map(({ label, en, zh }) => [
      `  ${label}`,
      share(en),
      share(zh),
      String(en.count),
    ]),
    ['known styles, augmented', share(seen.en), share(seen.zh), String(seen.pictures)],
    ...Object.entries(seen.byStyle).map(([style, { en, zh }]) => [
      `  ${style}`,
      share(en),
      share(zh),
      String(en.count),
    ]),
    ['known styles, strongly augmented', share(seenHard.en), share(seenHard.zh), String(seenHard.pictures)],
    ['known styles, as they are', share(seenPlain.en), share(seenPlain.zh), String(seenPlain.pictures)],
  ];
  const often = confusions
    .slice(0, 8)
    .map(({ truth, answered, count }) => `${truth.en} → ${answered.en} (${count})`);
  return [
    columns(names),
    columns(questionRows('Other questions, a style it never saw', questions.heldOut)),
    columns(questionRows('Other questions, scenes of known styles', questions.seen)),
    often.length > 0 ? `Most often confused: ${often.join(', ')}` : 'Nothing was taken for anything else.',
    `In brackets: 95 % interval. Chance of a name: ${percent(1 / report.things, 1)}.`,
  ].join('\n\n');
}

function questionRows(title: string, questions: QuestionTable): string[][] {
  return [
    [title, 'English', 'chance', 'Chinese', 'chance'],
    ...Object.entries(questions).map(([type, { en, zh }]) => [
      `  ${type}`,
      share({ ...en, top1: en.accuracy }),
      percent(en.chance),
      share({ ...zh, top1: zh.accuracy }),
      percent(zh.chance),
    ]),
  ];
}

export function folderTable(report: FolderReport): string {
  const shown = report.mistakes
    .slice(0, 20)
    .map(
      ({ file, expected, answer }) =>
        `  ${file}: ${JSON.stringify(answer)}, expected ${expected.join(' or ')}`,
    );
  const more = report.mistakes.length - shown.length;
  return [
    columns([
      ['“What is this?”, whole name right', 'pictures'],
      ...(report.en ? [[`English ${share(report.en)}`, String(report.en.count)]] : []),
      ...(report.zh ? [[`Chinese ${share(report.zh)}`, String(report.zh.count)]] : []),
    ]),
    ...(shown.length > 0
      ? [['Mistakes', ...shown, ...(more > 0 ? [`  and ${more} more: --json FILE has all`] : [])].join('\n')]
      : []),
  ].join('\n\n');
}

const share = ({ top1, low, high }: { top1: number; low: number; high: number }): string =>
  shareOf(top1, { low, high });
