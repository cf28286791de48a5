/** Errors over the loudness of noise. */
import type { SpeechReport } from './speech/report.ts';
import { element, palette, pngOfSvg, svg, text } from './svg.ts';

const panel = { width: 350, height: 240 };
const margin = { left: 52, top: 84, between: 56, bottom: 44 };

interface Point {
  readonly snrDb: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

interface Line {
  readonly label: string;
  readonly stroke: string;
  readonly dash?: string;
  readonly points: readonly Point[];
}

/** PNG of two panels: CER in each noise and language, and CER without and with the picture of what is said. */
export function noiseChart({ noise, withPicture }: SpeechReport): Promise<Uint8Array> {
  const inNoise = (['babble', 'pink'] as const).flatMap((kind) =>
    (['en', 'zh'] as const).map(
      (language): Line => ({
        label: `${language === 'en' ? 'English' : 'Chinese'}, ${kind}`,
        stroke: palette[language],
        ...(kind === 'pink' ? { dash: '5 4' } : {}),
        points: noise
          .filter((one) => one.kind === kind)
          .map(({ snrDb, [language]: { rate, low, high } }) => ({ snrDb, rate, low, high })),
      }),
    ),
  );
  const picture = (['audio', 'picture'] as const).map(
    (which): Line => ({
      label: which === 'audio' ? 'audio alone' : 'with the picture of the thing',
      stroke: which === 'audio' ? palette.wrong : palette.right,
      points: withPicture.map(
        ({
          snrDb,
          all: {
            [which]: { rate, low, high },
          },
        }) => ({ snrDb, rate, low, high }),
      ),
    }),
  );
  const second = margin.left + panel.width + margin.between;
  return pngOfSvg(
    svg(second + panel.width + 24, margin.top + panel.height + margin.bottom, [
      text(16, 26, 'Character error rate in noise, voices the model never heard', {
        'font-size': 17,
        'font-weight': 'bold',
      }),
      ...drawn(margin.left, inNoise),
      ...drawn(second, picture),
    ]),
  );
}

/** The louder the noise, the further to the right. */
function drawn(left: number, lines: readonly Line[]): string[] {
  const all = lines.flatMap(({ points }) => points);
  const most = Math.max(0.2, Math.ceil(5 * Math.max(0, ...all.map(({ high }) => Math.min(high, 1.5)))) / 5);
  const snrs = [...new Set(all.map(({ snrDb }) => snrDb))].sort((a, b) => b - a);
  const [clean = 0, loud = 0] = [snrs[0], snrs.at(-1)];
  const x = (snrDb: number): number => left + ((clean - snrDb) / Math.max(1, clean - loud)) * panel.width;
  const y = (rate: number): number => margin.top + panel.height * (1 - Math.min(rate, most) / most);
  const bottom = margin.top + panel.height;
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
    element('line', {
      x1: left,
      x2: left + panel.width,
      y1: y(part * most),
      y2: y(part * most),
      stroke: palette.faint,
    }),
    text(left - 8, y(part * most) + 4, `${Math.round(100 * part * most)} %`, {
      'text-anchor': 'end',
      fill: palette.muted,
      'font-size': 10,
    }),
  ]);
  const ticks = snrs.map((snrDb) =>
    text(x(snrDb), bottom + 18, `${snrDb} dB`, {
      'text-anchor': 'middle',
      fill: palette.muted,
      'font-size': 10,
    }),
  );
  const keys = lines.flatMap(({ label, stroke, dash }, place) => {
    const [keyX, keyY] = [left + (place % 2) * 175, 48 + Math.floor(place / 2) * 16];
    return [
      element('line', {
        x1: keyX,
        x2: keyX + 22,
        y1: keyY,
        y2: keyY,
        stroke,
        'stroke-width': 2,
        ...dashed(dash),
      }),
      text(keyX + 28, keyY + 4, label, { 'font-size': 11 }),
    ];
  });
  const curves = lines.flatMap(({ stroke, dash, points }) => [
    element('polyline', {
      points: points.map(({ snrDb, rate }) => `${x(snrDb).toFixed(1)},${y(rate).toFixed(1)}`).join(' '),
      fill: 'none',
      stroke,
      'stroke-width': 2,
      ...dashed(dash),
    }),
    ...points.flatMap(({ snrDb, rate, low, high }) => [
      element('line', { x1: x(snrDb), x2: x(snrDb), y1: y(low), y2: y(high), stroke, 'stroke-width': 1 }),
      element('circle', { cx: x(snrDb), cy: y(rate), r: 3, fill: stroke }),
    ]),
  ]);
  return [...grid, ...ticks, ...keys, ...curves];
}

const dashed = (dash: string | undefined): Record<string, string> =>
  dash === undefined ? {} : { 'stroke-dasharray': dash };
