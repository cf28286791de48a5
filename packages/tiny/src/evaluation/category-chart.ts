/** Accuracy per category and subcategory as bars. */
import type { ByLanguage, NameReport, NameScore } from './report.ts';
import { element, palette, pngOfSvg, svg, text } from './svg.ts';

const width = 820;
const left = 210;
const right = 90;
const header = 76;
const row = { category: 30, subcategory: 19 };

/** PNG: a bar per category and, under it, per subcategory, best first; English dark, Chinese light, the interval thin. */
export async function categoryChart(names: NameReport, title: string): Promise<Uint8Array> {
  const parts: string[] = [];
  let y = header;
  for (const [key, category] of Object.entries(names.byCategory).sort(bestFirst)) {
    parts.push(...bar(y + 8, capitalised(category.label), category, 14));
    y += row.category;
    const under = Object.values(names.bySubcategory).filter((one) => one.category === key);
    for (const one of under.sort((a, b) => b.en.top1 - a.en.top1)) {
      parts.push(...bar(y, one.label, one, 9));
      y += row.subcategory;
    }
    y += 6;
  }
  const grid = [0, 25, 50, 75, 100].flatMap((percent) => [
    element('line', {
      x1: at(percent / 100),
      x2: at(percent / 100),
      y1: header,
      y2: y,
      stroke: palette.faint,
    }),
    text(at(percent / 100), header - 6, `${percent} %`, {
      'text-anchor': 'middle',
      fill: palette.muted,
      'font-size': 10,
    }),
  ]);
  return pngOfSvg(
    svg(width, y + 10, [
      text(16, 26, title, { 'font-size': 17, 'font-weight': 'bold' }),
      element('rect', { x: 16, y: 38, width: 10, height: 10, fill: palette.en }),
      text(31, 47, `English ${percent(names.en.top1)}`),
      element('rect', { x: 150, y: 38, width: 10, height: 10, fill: palette.zh }),
      text(165, 47, `Chinese ${percent(names.zh.top1)}`),
      ...grid,
      ...parts,
    ]),
  );
}

const bestFirst = (
  [, a]: readonly [string, ByLanguage<NameScore>],
  [, b]: readonly [string, ByLanguage<NameScore>],
): number => b.en.top1 - a.en.top1;

const at = (share: number): number => left + share * (width - left - right);

function bar(y: number, label: string, { en, zh }: ByLanguage<NameScore>, thickness: number): string[] {
  const isCategory = thickness > 10;
  const style = isCategory ? { 'font-weight': 'bold' } : { 'font-size': 11, fill: palette.muted };
  const height = thickness / 2;
  const drawn = (score: NameScore, top: number, fill: string): string =>
    element('rect', { x: left, y: top, width: Math.max(0.5, at(score.top1) - left), height, fill });
  const centre = y + height / 2;
  return [
    text(left - 10, y + thickness / 2 + 4, label, { 'text-anchor': 'end', ...style }),
    drawn(en, y, palette.en),
    drawn(zh, y + height, palette.zh),
    element('line', {
      x1: at(en.low),
      x2: at(en.high),
      y1: centre,
      y2: centre,
      stroke: palette.text,
      'stroke-width': 0.8,
    }),
    text(width - right + 12, y + thickness / 2 + 4, `${percent(en.top1)} of ${en.count}`, {
      ...style,
      'font-size': 10,
    }),
  ];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const capitalised = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);
