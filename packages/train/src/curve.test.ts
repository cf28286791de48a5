import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { curveSvg, drawCurve } from './curve.ts';
import { readRunLog } from './run-log.ts';

function runFolder(rows: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'x-llm-curve-'));
  writeFileSync(
    join(folder, 'log.csv'),
    `step,time_ms,name,value\n${rows.map((row) => `${row}\n`).join('')}`,
  );
  return folder;
}

it('forgets the steps that a resumed run did again', async () => {
  const folder = runFolder(['10,1,loss,5', '20,2,loss,4', '30,3,loss,9', '20,4,loss,3.5', '20,4,rate,0.1']);
  const log = await readRunLog(folder);
  expect(log.get('loss')?.map(({ step, value }) => [step, value])).toEqual([
    [10, 5],
    [20, 3.5],
  ]);
  expect(log.get('rate')).toEqual([{ step: 20, timeMs: 4, value: 0.1 }]);
});

it('names the row it cannot read', async () => {
  await expect(readRunLog(runFolder(['10,1,loss,5', 'half a r']))).rejects.toThrow(
    /log\.csv:3: not a row: half a r/,
  );
});

it('draws loss first, evaluation in its metric’s panel, and no speed', async () => {
  const folder = runFolder([
    '10,1,tokens_per_second,900',
    '10,1,rate,0.001',
    '10,1,accuracy,0.1',
    '10,1,loss,5',
    '10,1,evaluation/accuracy,0.3',
    '20,2,loss,NaN',
    '30,3,loss,4',
  ]);
  const svg = curveSvg(await readRunLog(folder));
  const titles = [...svg.matchAll(/font-weight="bold">([^<]+)</g)].map((match) => match[1]);
  expect(titles).toEqual(['loss', 'accuracy', 'learning rate']);
  expect(svg).toContain('evaluation 0.3');
  expect(svg).not.toMatch(/"[^"]*NaN[^"]*"/);
});

it('writes a PNG that can be opened', async () => {
  const folder = runFolder(['10,1,loss,5', '20,2,loss,0.4']);
  const { format, width, height } = await sharp(await drawCurve(folder)).metadata();
  expect({ format, width }).toEqual({ format: 'png', width: 1800 });
  expect(height).toBeGreaterThan(600);
});

it('says when there is nothing to draw', async () => {
  await expect(drawCurve(runFolder([]))).rejects.toThrow(/no rows yet/);
});
