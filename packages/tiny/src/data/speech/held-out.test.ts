import { expect, it } from 'vitest';
import {
  choosingVoices,
  heldOutAccents,
  heldOutSpeechPackages,
  heldOutVariants,
  heldOutVoices,
} from './held-out.ts';
import { speechPackages } from './packages.ts';
import { accents, fliteVoices, trainingVoices, variants } from './voices.ts';

// That only evaluation imports held-out.ts, the test of the picture that is held out sees to: it reads every import.

const training = Object.values(trainingVoices).flatMap(({ women, men, flite }) => [
  ...women,
  ...men,
  ...flite,
]);

it('keeps the held-out engine, vocal tracts and accents out of training', () => {
  expect(Object.keys(speechPackages)).not.toContain(Object.keys(heldOutSpeechPackages)[0]);
  for (const variant of heldOutVariants) expect([...variants.women, ...variants.men]).not.toContain(variant);
  for (const accent of heldOutAccents) expect(accents.en).not.toContain(accent);
  expect(fliteVoices).not.toContain('slt');
  const ids = new Set(training.map((voice) => voice.id));
  for (const voice of Object.values(heldOutVoices).flat()) expect(ids).not.toContain(voice.id);
});

it('chooses by vocal tracts that are neither taught nor measured', () => {
  const variantOf = (id: string) => id.split('+')[1] ?? '';
  const measured = Object.values(heldOutVoices).flat();
  for (const { id } of Object.values(choosingVoices).flat()) {
    expect(variantOf(id)).not.toBe('');
    expect([
      ...variants.women,
      ...variants.men,
      ...measured.map((voice) => variantOf(voice.id)),
    ]).not.toContain(variantOf(id));
  }
});

it('has two men and two women of eSpeak NG for each language, and two other engines for English', () => {
  for (const language of ['en', 'zh'] as const) {
    const names = heldOutVoices[language]
      .filter((voice) => voice.engine === 'espeak')
      .map((voice) => voice.id);
    expect(names.filter((name) => /\+m\d$/.test(name))).toHaveLength(2);
    expect(names.filter((name) => /\+f\d$/.test(name))).toHaveLength(2);
  }
  expect(new Set(heldOutVoices.en.map((voice) => voice.engine))).toEqual(
    new Set(['espeak', 'flite', 'gnuspeech']),
  );
});

it('names every voice once', () => {
  expect(new Set(training.map((voice) => voice.id)).size).toBe(training.length);
});

it('pins every engine to one version and a sha512', () => {
  for (const source of [...Object.values(speechPackages), ...Object.values(heldOutSpeechPackages)]) {
    expect(source.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(source.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
  }
});
