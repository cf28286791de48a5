/** Writes the model card with its pictures. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { drawCurve } from '@x-llm/train';
import { openPlainStyle } from '../data/render-plain.ts';
import { trainingStyle } from '../data/styles.ts';
import { type AblationReport, ablationSchema } from './ablation.ts';
import { alignmentChart } from './alignment-chart.ts';
import { summariseBundle } from './bundle-summary.ts';
import { cardText } from './card.ts';
import { categoryChart } from './category-chart.ts';
import { confusionSheet } from './confusion-sheet.ts';
import { sheetCredit } from './credits.ts';
import type { EvaluationData } from './data.ts';
import type { MeasureData } from './measure.ts';
import type { MediaPictures } from './media-card.ts';
import { motionSheet } from './motion-sheet.ts';
import { noiseChart } from './noise-chart.ts';
import type { PictureReport } from './report.ts';
import type { SpeechEvaluationData } from './speech/data.ts';
import {
  continueSummary,
  summariseRuns,
  type TrainingSummary,
  trainingSummarySchema,
} from './training-summary.ts';

export interface CardOptions {
  /** The card, e.g. `packages/tiny/MODEL_CARD.md`; its pictures go to the folder `card` beside it. */
  readonly file: string;
  readonly bundle: string;
  /** Run folders of the recipe. Where it did not run, what an earlier card says of the training stays. */
  readonly runs: string;
}

export async function writeCard(
  report: PictureReport,
  { pictures: data, speech }: MeasureData,
  { file, bundle, runs }: CardOptions,
): Promise<void> {
  const folder = join(dirname(file), 'card');
  await mkdir(folder, { recursive: true });
  const title = `Named exactly right, in a style it never saw (${report.heldOut.styles.join(', ')})`;
  await writeFile(join(folder, 'categories.png'), await categoryChart(report.heldOut, title));
  await writeSheet(report, data, join(folder, 'confusions.png'));
  const training = await trainingSummary(folder, runs);
  const curves = training.map(({ name }) => ({ name, file: `card/curve-${name}.png` }));
  const pictures = {
    categories: 'card/categories.png',
    confusions: 'card/confusions.png',
    curves,
    ...(await drawMedia(report, speech, folder)),
  };
  const ablation = await readAblation(folder);
  const summary = await summariseBundle(bundle);
  await writeFile(file, cardText({ report, bundle: summary, training, pictures, ablation }));
}

/** Pictures of what was measured of other media. */
async function drawMedia(
  { speech, video }: PictureReport,
  voices: SpeechEvaluationData | undefined,
  folder: string,
): Promise<MediaPictures> {
  const draw = async (name: string, png: Promise<Uint8Array>): Promise<string> => {
    await writeFile(join(folder, name), await png);
    return `card/${name}`;
  };
  const alignments: string[] = [];
  if (speech && voices) {
    for (const [place, one] of speech.alignments.entries()) {
      const wave = await voices.speak(one.text, one.language, one.voice, { seed: one.seed });
      alignments.push(await draw(`alignment-${place + 1}.png`, alignmentChart(one, wave)));
    }
  }
  return {
    ...(speech ? { noise: await draw('noise.png', noiseChart(speech)), alignments } : {}),
    ...(video ? { motions: await draw('motions.png', motionSheet(video.heldOut.confusion)) } : {}),
  };
}

/** What `xllm eval --ablation … --json card/ablation.json` left there. */
async function readAblation(folder: string): Promise<AblationReport | undefined> {
  const text = await readFile(join(folder, 'ablation.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : ablationSchema.parse(JSON.parse(text));
}

/** The sheet of confusions alone. */
export async function writeSheet(report: PictureReport, data: EvaluationData, file: string): Promise<void> {
  const learnt = await openPlainStyle(trainingStyle('noto'));
  const styles = { shown: data.heldOut, learnt, credit: sheetCredit };
  await writeFile(file, await confusionSheet(report.confusions, styles));
}

async function trainingSummary(folder: string, runs: string): Promise<TrainingSummary> {
  const kept = join(folder, 'training.json');
  const earlier = trainingSummarySchema.parse(JSON.parse(await readFile(kept, 'utf8').catch(() => '[]')));
  const logged = await summariseRuns(runs);
  for (const { name } of logged) await drawCurve(join(runs, name), join(folder, `curve-${name}.png`));
  const training = continueSummary(earlier, logged);
  await writeFile(kept, `${JSON.stringify(training, null, 2)}\n`);
  return training;
}
