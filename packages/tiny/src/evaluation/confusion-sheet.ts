/** The closest confusions as one picture: what was shown, what it was taken for. */
import sharp from 'sharp';
import type { PlainStyle } from '../data/render-plain.ts';
import { type Thing, world } from '../data/world.ts';
import type { Confusion, NamedThing } from './report.ts';
import { element, image, palette, pngOfSvg, svg, text } from './svg.ts';

const columns = 5;
const cell = { width: 196, height: 128 };
const side = 64;
const header = 64;

export interface SheetStyles {
  /** What was shown. */
  readonly shown: PlainStyle;
  /** What the answer stands for, as the model learnt it. */
  readonly learnt: PlainStyle;
  /** Who drew them: a line under the sheet. */
  readonly credit: string;
}

/** PNG of the first `most` confusions of held-out pictures. Names are English: not every machine has Chinese fonts. */
export async function confusionSheet(
  confusions: readonly Confusion[],
  { shown, learnt, credit }: SheetStyles,
  most = 40,
): Promise<Uint8Array> {
  const chosen = confusions.filter(({ heldOut }) => heldOut > 0).slice(0, most);
  const cells: string[] = [];
  for (const [index, confusion] of chosen.entries()) {
    const x = 16 + (index % columns) * cell.width;
    const y = header + Math.floor(index / columns) * cell.height;
    cells.push(...(await drawnCell(confusion, x, y, shown, learnt)));
  }
  const width = 32 + columns * cell.width;
  const bottom = header + Math.ceil(chosen.length / columns) * cell.height;
  const none =
    chosen.length === 0 ? [text(16, header + 16, 'No held-out picture was taken for another thing.')] : [];
  return pngOfSvg(
    svg(width, bottom + (none.length > 0 ? 48 : 28), [
      text(16, 26, 'What is taken for what', { 'font-size': 17, 'font-weight': 'bold' }),
      text(
        16,
        47,
        'Shown, in a style the model never saw → what it answered. × counts both ways, both languages, all styles.',
        {
          fill: palette.muted,
        },
      ),
      ...cells,
      ...none,
      text(16, bottom + (none.length > 0 ? 36 : 16), credit, { fill: palette.muted, 'font-size': 10 }),
    ]),
  );
}

async function drawnCell(
  { truth, answered, count }: Confusion,
  x: number,
  y: number,
  shown: PlainStyle,
  learnt: PlainStyle,
): Promise<string[]> {
  const left = x + 18;
  const right = x + cell.width - 18 - side;
  const middle = x + cell.width / 2;
  return [
    element('rect', {
      x: x + 4,
      y: y + 4,
      width: cell.width - 8,
      height: cell.height - 8,
      rx: 8,
      fill: '#f9fafb',
      stroke: palette.faint,
    }),
    image(left, y + 12, side, await picture(shown, truth)),
    text(middle, y + 12 + side / 2 + 6, '→', {
      'text-anchor': 'middle',
      'font-size': 18,
      fill: palette.muted,
    }),
    image(right, y + 12, side, await picture(learnt, answered)),
    ...label(middle, y + 94, truth.en, palette.right),
    ...label(middle, y + 110, answered.en, palette.wrong),
    text(middle, y + 12 + side / 2 + 22, `×${count}`, {
      'text-anchor': 'middle',
      'font-size': 10,
      fill: palette.muted,
    }),
  ];
}

/** Long names are squeezed into the cell. */
function label(x: number, y: number, name: string, fill: string): string[] {
  const room = cell.width - 20;
  const needed = name.length * 7.2;
  const squeeze = needed > room ? { 'font-size': Math.max(8, (12 * room) / needed) } : {};
  return [text(x, y, name, { 'text-anchor': 'middle', fill, ...squeeze })];
}

async function picture(style: PlainStyle, named: NamedThing): Promise<Uint8Array> {
  const thing = byHexcode.get(named.hexcode);
  const file = thing && (await style.file(thing));
  const source = file ?? blank;
  return sharp(source)
    .resize(side * 2, side * 2)
    .png()
    .toBuffer();
}

const byHexcode: ReadonlyMap<string, Thing> = new Map(world.map((thing) => [thing.hexcode, thing]));

/** Where a style lacks the thing. */
const blank = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
