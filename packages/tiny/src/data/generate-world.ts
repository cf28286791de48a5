/**
 * Writes `world.generated.json` from emojibase-data and WordNet:
 *
 *     node packages/tiny/src/data/generate-world.ts
 *
 * Names are emojibase's labels as they are: they are unique in both languages, which this script checks.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { fetchPackage } from './fetch.ts';
import { trainingPackages } from './packages.ts';
import { groups, subgroups } from './subgroups.ts';
import { openWordNet, type WordNet } from './wordnet.ts';

const Entries = z.array(
  z.object({
    hexcode: z.string(),
    label: z.string(),
    group: z.number().optional(),
    subgroup: z.number().optional(),
    order: z.number().optional(),
    tags: z.array(z.string()).optional(),
  }),
);

/** Definitions looked up under another word than the label, where the label itself is not one. */
const glossAs: Readonly<Record<string, string>> = {
  'lady beetle': 'ladybug',
  'T-Rex': 'tyrannosaurus',
  'game die': 'die',
  automobile: 'car',
  'spouting whale': 'whale',
  blowfish: 'puffer',
  'spiral shell': 'shell',
  'ear of corn': 'corn',
  'glass of milk': 'milk',
  'hot pepper': 'chili',
  'leafy green': 'greens',
  'cheese wedge': 'cheese',
  'meat on bone': 'meat',
  'beer mug': 'beer',
  'wine glass': 'wine',
  'mobile phone': 'cellular telephone',
  'light bulb': 'light bulb',
  't-shirt': 'jersey',
  tangerine: 'tangerine',
  'french fries': 'french fries',
};

function glossOf(label: string, senses: readonly number[], wordnet: WordNet): string | null {
  const plain = label.replaceAll('’', "'");
  const words = plain.split(' ');
  const tries = [
    glossAs[label],
    plain,
    plain.replace(/ face$/, ''),
    plain.replace(/s$/, ''),
    plain.replace(/ (with|on|in|of|showing|behind) .*/, ''),
    words.at(-1),
  ];
  for (const word of tries) {
    const found = word && wordnet.gloss(word, senses);
    if (found && found.split(' ').length <= 18) return found;
  }
  return null;
}

async function load(dir: string, language: string): Promise<z.infer<typeof Entries>> {
  return Entries.parse(JSON.parse(await readFile(join(dir, language, 'data.json'), 'utf8')));
}

async function generate(): Promise<void> {
  const log = (line: string): void => console.error(line);
  const emojibase = await fetchPackage(trainingPackages.emojibase, { onProgress: log });
  const wordnet = await openWordNet(await fetchPackage(trainingPackages.wordnet, { onProgress: log }));
  const chinese = new Map((await load(emojibase, 'zh')).map((entry) => [entry.hexcode, entry]));
  const english = (await load(emojibase, 'en'))
    .filter((entry) => entry.group !== undefined && entry.group in groups)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  const seen = new Set<string>();
  const things = english.map((entry) => {
    const zh = chinese.get(entry.hexcode);
    const subgroup = subgroups[entry.subgroup ?? -1];
    if (!zh || !subgroup)
      throw new Error(`${entry.hexcode} ${entry.label}: no Chinese entry or unknown subgroup`);
    for (const name of [entry.label.toLowerCase(), zh.label]) {
      if (seen.has(name)) throw new Error(`two things are called ${name}`);
      seen.add(name);
    }
    const tags = (list: readonly string[] = []): string[] =>
      list.filter((tag) => /^[\p{L} ’'-]+$/u.test(tag));
    return [
      entry.hexcode,
      entry.group,
      entry.subgroup,
      entry.label,
      zh.label,
      tags(entry.tags).filter((tag) => tag.length > 2),
      tags(zh.tags),
      glossOf(entry.label, subgroup.senses, wordnet),
    ];
  });
  const { emojibase: e, wordnet: w } = trainingPackages;
  const head = {
    generated: 'by src/data/generate-world.ts; do not edit',
    sources: [
      `${e.name}@${e.version} (${e.licence}): names, tags, categories`,
      `${w.name}@${w.version} (${w.licence}): definitions`,
    ],
    columns: ['hexcode', 'group', 'subgroup', 'en', 'zh', 'tagsEn', 'tagsZh', 'gloss'],
  };
  const rows = things.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const json = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "things": [\n${rows}\n  ]\n}\n`;
  await writeFile(fileURLToPath(new URL('./world.generated.json', import.meta.url)), json);
  log(`${things.length} things, ${things.filter((row) => row.at(-1)).length} with a definition`);
}

await generate();
