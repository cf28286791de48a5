/** Speech for evaluation: waves on demand, in the voices of training and in those it never heard. */
import { resample } from '@x-llm/media';
import { fetchPackage } from '../../data/fetch.ts';
import { Rng } from '../../data/rng.ts';
import { Engines, type OpenEngine, trainingEngines } from '../../data/speech/engines.ts';
import { choosingVoices, heldOutSpeechPackages, heldOutVoices } from '../../data/speech/held-out.ts';
import { speechPackages } from '../../data/speech/packages.ts';
import { sampleRateHz, setIn } from '../../data/speech/render.ts';
import { trainingVoices, type Voice } from '../../data/speech/voices.ts';
import type { Language } from '../../data/world.ts';
import { openGnuSpeech } from './gnuspeech.ts';

export { choosingVoices, heldOutVoices } from '../../data/speech/held-out.ts';

const openers = { ...trainingEngines, gnuspeech: openGnuSpeech } as const satisfies Record<
  string,
  OpenEngine
>;

let engines: Promise<Engines> | undefined;

async function openEngines(): Promise<Engines> {
  const packages = { ...speechPackages, ...heldOutSpeechPackages };
  const folders = await Promise.all(
    Object.entries(packages).map(async ([id, source]) => [id, await fetchPackage(source)] as const),
  );
  return new Engines(Object.fromEntries(folders), openers);
}

const known: readonly Voice[] = [
  ...[heldOutVoices, choosingVoices].flatMap((voices) => Object.values(voices).flat()),
  ...Object.values(trainingVoices).flatMap(({ women, men, flite }) => [...women, ...men, ...flite]),
];
const byId = new Map(known.map((voice) => [voice.id, voice]));

/**
 * The text said by a voice, [samples] at 16 kHz, with 0.1 s of silence around it, at −23 dB of full scale; the seed
 * draws the rate (140 to 190 words per minute) and the pitch.
 *
 *     const wave = await speak('It is a red apple.', 'en', 'flite:slt', { seed: 1 });
 *
 * @throws if there is no such voice of that language, if the engine crashes, or if nothing is heard.
 */
export async function speak(
  text: string,
  language: Language,
  voice: string,
  { seed }: { readonly seed: number },
): Promise<Float32Array> {
  if (byId.get(voice)?.language !== language)
    throw new Error(`there is no voice '${voice}' for '${language}'`);
  engines ??= openEngines();
  const rng = new Rng(seed, 21);
  const manner = {
    wordsPerMinute: rng.between(140, 190),
    pitch: rng.between(-0.25, 0.25),
    liveliness: rng.between(-0.25, 0.25),
  };
  const sound = await (await engines).speak(text, voice, manner);
  const samples = resample(sound.samples, sound.sampleRateHz, sampleRateHz);
  const wave = setIn(samples, { lead: 0.1, tail: 0.1, level: -23 });
  if (!wave) throw new Error(`${voice} says nothing for “${text}”`);
  return wave;
}
