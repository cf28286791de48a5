import { afterEach, describe, expect, it, vi } from 'vitest';
import { isFetched, packageDir } from '../../data/fetch.ts';
import { Engines } from '../../data/speech/engines.ts';
import { openEspeak } from '../../data/speech/espeak.ts';
import { heldOutSpeechPackages } from '../../data/speech/held-out.ts';
import { speechPackages } from '../../data/speech/packages.ts';
import { accents, variants } from '../../data/speech/voices.ts';
import { openGnuSpeech } from './gnuspeech.ts';
import { heldOutVoices, speak } from './index.ts';

const fetched = [...Object.values(speechPackages), ...Object.values(heldOutSpeechPackages)].every((source) =>
  isFetched(source),
);

describe.skipIf(!fetched)('engines (skipped unless the speech packages were fetched)', () => {
  afterEach(() => vi.restoreAllMocks());
  const says = { en: 'It is a red apple.', zh: '这是红苹果。' };

  it.each(Object.values(heldOutVoices).flat())('$id speaks', async ({ id, language }) => {
    const wave = await speak(says[language], language, id, { seed: 1 });
    expect(wave.length / 16_000).toBeGreaterThan(0.8);
    expect(wave.length / 16_000).toBeLessThan(3);
    expect(Math.max(...wave.map(Math.abs))).toBeLessThan(1);
  });

  it('has every accent and variant that training asks for', async () => {
    const engines = new Engines({ espeak: packageDir(speechPackages.espeak) });
    const manner = { wordsPerMinute: 170, pitch: 0, liveliness: 0 };
    const names = [
      ...[...accents.en, ...accents.zh].map((accent) => `${accent}+m1`),
      ...[...variants.women, ...variants.men].map((variant) =>
        variant === '' ? 'en-us' : `en-us+${variant}`,
      ),
    ];
    const plain = (await engines.speak('Yes.', 'espeak:en-us', manner)).samples;
    for (const name of names) {
      const { samples } = await engines.speak('Yes.', `espeak:${name}`, manner);
      expect(samples.length).toBeGreaterThan(plain.length / 2);
    }
    await expect(engines.speak('Yes.', 'espeak:xx-nowhere', manner)).rejects.toThrow("no voice 'xx-nowhere'");
  });

  it.each([
    ['eSpeak NG', () => openEspeak(packageDir(speechPackages.espeak)), 'en-gb-x-rp+f3'],
    ['GnuSpeech', () => openGnuSpeech(packageDir(heldOutSpeechPackages.gnuspeech)), 'female'],
  ] as const)(
    '%s says the same at any time, so that an evaluation can be repeated',
    async (_, open, voice) => {
      const manner = { wordsPerMinute: 170, pitch: 0, liveliness: 0 };
      const waves: Float32Array[] = [];
      for (const time of [1e12, 1.5e12]) {
        vi.spyOn(Date, 'now').mockReturnValue(time);
        waves.push((await (await open()).speak(says.en, voice, manner)).samples);
      }
      expect(waves[0]?.length).toBeGreaterThan(8000);
      expect(waves[1]).toEqual(waves[0]);
    },
  );

  it('refuses a voice it does not know, or of the other language', async () => {
    await expect(speak('Hi there.', 'en', 'flite:nobody', { seed: 1 })).rejects.toThrow(
      "no voice 'flite:nobody'",
    );
    await expect(speak('你好。', 'zh', 'flite:slt', { seed: 1 })).rejects.toThrow("for 'zh'");
  });
});
