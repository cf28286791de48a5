/** How texts sound: eSpeak NG's phonemes, which the speech encoder learns to tell apart before it learns words. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchPackage } from '../fetch.ts';
import type { Language } from '../world.ts';
import { openPhonemizer } from './espeak.ts';
import { speechPackages } from './packages.ts';

export interface Phonemes {
  /** What there is, in order; a phoneme's number is its place, from 1: 0 is CTC's blank. */
  readonly inventory: readonly string[];
  /** The numbers of a text's phonemes. @throws RangeError for a text that was not asked for. */
  of(text: string): readonly number[];
}

const voices: Readonly<Record<Language, string>> = { en: 'en-us', zh: 'cmn' };

/** Without stress and tones: `ɹ_ˈɛ_d` → ɹ, ɛ, d. */
export const splitPhonemes = (ipa: string): string[] =>
  ipa
    .replace(/\([^)]*\)/g, '') // where another language begins
    .split(/[_\s]+/)
    .map((phoneme) => phoneme.replace(/[ˈˌː\d.-]|(?<=.)ɜ$/gu, ''))
    .filter((phoneme) => phoneme !== '');

/** The phonemes of texts; what was asked for before is kept in the folder. */
export async function phonemesOf(
  texts: Iterable<{ readonly text: string; readonly language: Language }>,
  note: (line: string) => void,
  directory: string,
): Promise<Phonemes> {
  const path = join(directory, 'phonemes.json');
  const known = new Map<string, string[]>(
    Object.entries(JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Record<string, string[]>),
  );
  const wanted = new Map([...texts].map(({ text, language }) => [text, language]));
  const missing = [...wanted].filter(([text]) => !known.has(text));
  if (missing.length > 0) {
    note(`phonemes of ${missing.length} texts`);
    const say = await openPhonemizer(await fetchPackage(speechPackages.espeak, { onProgress: note }));
    missing.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)); // one voice after the other
    for (const [text, language] of missing) known.set(text, splitPhonemes(say(text, voices[language])));
    await writeFile(path, JSON.stringify(Object.fromEntries(known)));
  }
  const inventory = [...new Set([...wanted.keys()].flatMap((text) => known.get(text) ?? []))].sort();
  const numbers = new Map(inventory.map((phoneme, at) => [phoneme, at + 1]));
  return {
    inventory,
    of(text) {
      const phonemes = wanted.has(text) ? known.get(text) : undefined;
      if (!phonemes) throw new RangeError(`the phonemes of “${text}” were not asked for`);
      return phonemes.map((phoneme) => numbers.get(phoneme) ?? 0);
    },
  };
}
