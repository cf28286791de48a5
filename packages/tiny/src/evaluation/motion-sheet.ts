/** What is said to happen, by what happens: a table of shades. */
import { motions } from '../data/video/motions.ts';
import { element, palette, pngOfSvg, svg, text } from './svg.ts';
import type { MotionConfusion } from './video/report.ts';

const cell = 44;
const left = 110;
const top = 128;

/** PNG: a row per motion that happens, a column per motion said; each row's shades add up to one. */
export function motionSheet(confusion: MotionConfusion): Promise<Uint8Array> {
  const said = [...motions, 'none'] as const;
  const cells = motions.flatMap((motion, row) => {
    const counts = confusion[motion] ?? {};
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return said.flatMap((other, column) => {
      const count = counts[other] ?? 0;
      const shade = total === 0 ? 0 : count / total;
      const [x, y] = [left + column * cell, top + row * cell];
      const fill = other === motion ? palette.right : palette.wrong;
      const square = { x: x + 1, y: y + 1, width: cell - 2, height: cell - 2, rx: 4 };
      return [
        element('rect', { ...square, fill: '#f3f4f6' }),
        element('rect', { ...square, fill, 'fill-opacity': Number(shade.toFixed(3)) }),
        ...(count === 0
          ? []
          : [
              text(x + cell / 2, y + cell / 2 + 4, String(count), {
                'text-anchor': 'middle',
                fill: shade > 0.5 ? '#ffffff' : palette.text,
              }),
            ]),
      ];
    });
  });
  const labels = [
    ...motions.map((motion, row) =>
      text(left - 10, top + row * cell + cell / 2 + 4, motion, { 'text-anchor': 'end' }),
    ),
    ...said.map((motion, column) => {
      const [x, y] = [left + column * cell + cell / 2 + 4, top - 8];
      return text(x, y, motion, { transform: `rotate(-60 ${x} ${y})`, fill: palette.muted });
    }),
  ];
  return pngOfSvg(
    svg(left + said.length * cell + 48, top + motions.length * cell + 16, [
      text(16, 26, 'What is said to happen, by what happens', { 'font-size': 17, 'font-weight': 'bold' }),
      text(
        16,
        47,
        'Answers in both languages about clips of a style the model never saw; none: no motion is named.',
        {
          fill: palette.muted,
          'font-size': 11,
        },
      ),
      ...labels,
      ...cells,
    ]),
  );
}
