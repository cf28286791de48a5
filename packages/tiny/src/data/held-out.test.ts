import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { heldOutPackages, heldOutStyle } from './held-out.ts';
import { trainingPackages } from './packages.ts';
import { trainingStyleIds, trainingStyles } from './styles.ts';

it('keeps Twemoji out of everything training reads', () => {
  const names = Object.values(trainingPackages).map((source): string => source.name);
  for (const source of Object.values(heldOutPackages)) expect(names).not.toContain(source.name);
  expect(trainingStyles.map((style) => style.package.name).join(' ')).not.toMatch(/twitter|twemoji/i);
  expect(trainingStyleIds).not.toContain(heldOutStyle.id);
});

it('lets only evaluation import the held-out style', () => {
  const root = join(import.meta.dirname, '..');
  const importers = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .filter((path) => /from '[^']*held-out\.ts'/.test(readFileSync(join(root, path), 'utf8')));
  for (const path of importers) expect(path).toMatch(/evaluat/);
});

it('pins every package to one version and a sha512', () => {
  for (const source of [...Object.values(trainingPackages), ...Object.values(heldOutPackages)]) {
    expect(source.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(source.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  }
});
