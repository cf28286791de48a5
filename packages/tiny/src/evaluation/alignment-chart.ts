/** When each token of a transcript was heard, over the spectrogram of what was said. */
import { fbank } from '@x-llm/media';
import sharp from 'sharp';
import type { Alignment } from './speech/report.ts';
import { element, embedded, palette, pngOfSvg, svg, text } from './svg.ts';

const width = 820;
const left = 16;
const top = 66;
const height = 160;

/** PNG: the energies of the wave (16 kHz) in 80 mel bands, a line where each token ends, the tokens written under it. */
export async function alignmentChart(alignment: Alignment, wave: Float32Array): Promise<Uint8Array> {
  const seconds = wave.length / 16_000;
  const inside = width - 2 * left;
  const x = (time: number): number => left + (Math.min(Math.max(time, 0), seconds) / seconds) * inside;
  const { tokens, text: said, transcript, voice } = alignment;
  const marks = tokens.flatMap(({ text: token, startSeconds, endSeconds }, place) => {
    const [start, end] = [x(startSeconds), x(endSeconds)];
    const row = top + height + 18 + (place % 3) * 16;
    return [
      element('line', {
        x1: end,
        x2: end,
        y1: top,
        y2: top + height,
        stroke: '#ffffff',
        'stroke-width': 1.5,
        'stroke-opacity': 0.9,
      }),
      element('line', {
        x1: start,
        x2: end,
        y1: row + 4,
        y2: row + 4,
        stroke: palette.en,
        'stroke-width': 1,
      }),
      text((start + end) / 2, row, token.trim() === '' ? '␣' : token.trim(), {
        'text-anchor': 'middle',
        'font-size': 11,
      }),
    ];
  });
  const ticks = Array.from({ length: Math.floor(2 * seconds) + 1 }, (_, half) => half / 2).map((time) =>
    text(x(time), top - 5, `${time} s`, { 'text-anchor': 'middle', 'font-size': 9, fill: palette.muted }),
  );
  return pngOfSvg(
    svg(width, top + height + 72, [
      text(left, 26, 'When each token was heard', { 'font-size': 17, 'font-weight': 'bold' }),
      text(
        left,
        46,
        `${voice} says “${said}”; the model writes “${transcript.trim()}”. A line ends each token.`,
        {
          fill: palette.muted,
          'font-size': 11,
        },
      ),
      ...ticks,
      embedded({ x: left, y: top, width: inside, height }, await spectrogram(wave)),
      ...marks,
    ]),
  );
}

/** A pixel per frame and mel band, low bands below; dark is silent. */
async function spectrogram(wave: Float32Array): Promise<Uint8Array> {
  const { data, shape } = fbank(wave, { window: 'povey' });
  const [frames, bins] = shape;
  const sorted = data.slice().sort();
  const low = sorted[Math.floor(0.2 * sorted.length)] ?? 0;
  const range = Math.max(1e-6, (sorted[Math.floor(0.995 * sorted.length)] ?? 1) - low);
  const pixels = new Uint8Array(frames * bins * 3);
  for (let frame = 0; frame < frames; frame++) {
    for (let bin = 0; bin < bins; bin++) {
      const level = Math.min(1, Math.max(0, ((data[frame * bins + bin] ?? 0) - low) / range));
      const at = ((bins - 1 - bin) * frames + frame) * 3;
      pixels.set([255 * level ** 1.5, 40 + 180 * level ** 2, 70 + 100 * Math.sin(Math.PI * level)], at);
    }
  }
  return sharp(pixels, { raw: { width: frames, height: bins, channels: 3 } })
    .png()
    .toBuffer();
}
