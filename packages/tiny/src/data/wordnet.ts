/** Reads noun definitions out of WordNet's database files (format: wndb(5WN)). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface WordNet {
  /** The definition of the first sense of `noun` that stands in one of these lexicographer files. */
  gloss(noun: string, lexicographerFiles: readonly number[]): string | null;
}

/** Opens `dict/index.noun` and `dict/data.noun` under `dir`. */
export async function openWordNet(dir: string): Promise<WordNet> {
  const index = await readFile(join(dir, 'dict', 'index.noun'), 'latin1');
  const data = await readFile(join(dir, 'dict', 'data.noun'), 'latin1');
  const offsets = new Map<string, number[]>();
  for (const line of index.split('\n')) {
    if (line.startsWith('  ')) continue; // licence header
    const fields = line.trim().split(' ');
    const [lemma, , synsets, pointers] = fields;
    if (!lemma || !synsets || !pointers) continue;
    // lemma pos synset_cnt p_cnt [ptr_symbol…] sense_cnt tagsense_cnt offset…
    offsets.set(
      lemma,
      fields.slice(6 + Number(pointers), 6 + Number(pointers) + Number(synsets)).map(Number),
    );
  }
  return {
    gloss(noun, files) {
      for (const offset of offsets.get(noun.toLowerCase().replaceAll(' ', '_')) ?? []) {
        const line = data.slice(offset, data.indexOf('\n', offset));
        const file = Number(line.split(' ', 2)[1]);
        const text = line.slice(line.indexOf(' | ') + 3).trim();
        if (files.includes(file)) return tidy(text);
      }
      return null;
    },
  };
}

/** The definition alone: no examples in quotes, no remarks in brackets, no Latin after a dash. */
function tidy(gloss: string): string {
  return gloss
    .replace(/[;"].*$/s, '')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:,]+|[\s:,]+$/g, '');
}
