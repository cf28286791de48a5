import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Rng } from '../rng.ts';
import { openSpeech } from './corpus.ts';
import { shardPaths } from './layout.ts';
import { makeNoiseBank } from './noise-bank.ts';
import { planUtterance, type UtterancePlan } from './plan.ts';
import { renderWave, setIn, speechFeatures } from './render.ts';
import { beepingEngines } from './testing.ts';
import { writeShard } from './write-shard.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'speech-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const texts = ['It is a red apple.', 'No.', 'Is this a fox?', 'crash', 'A pear.', 'x'.repeat(150)];
const plans: UtterancePlan[] = texts.map((text, n) => ({
  ...planUtterance(() => ({ text, language: 'en' }), 'training', 3, n),
  lead: 0.1,
  tail: 0.06,
}));

describe('shards', () => {
  it('hold what was planned, without what crashed or was too short or too long', async () => {
    const { engines, opened } = beepingEngines();
    const result = await writeShard({ directory, family: 'training', shard: 0, plans }, engines);
    expect(result.written).toBe(3);
    expect(result.leftOut).toEqual([
      expect.stringMatching(/“No\.”.*too short/),
      expect.stringMatching(/“crash”.*unreachable/),
      expect.stringMatching(/“x+”.*too long/),
    ]);
    expect(opened()).toBeLessThanOrEqual(3); // two engines, one of them again after the crash
    expect(readdirSync(directory).toSorted()).toEqual(['training-0000.bin', 'training-0000.jsonl']);

    await using speech = await openSpeech('training', directory);
    expect(speech.utterances.map((utterance) => utterance.text)).toEqual([texts[0], texts[2], texts[4]]);
    for (const [index, n] of [0, 2, 4].entries()) {
      const plan = plans[n] as UtterancePlan;
      const wave = renderWave(await engines.speak(plan.text, plan.voice.id, plan.manner), plan);
      const expected = speechFeatures(wave ?? new Float32Array());
      const utterance = speech.utterances[index];
      expect(utterance).toEqual({
        text: plan.text,
        language: 'en',
        voice: plan.voice.id,
        frames: expected.shape[0],
      });
      const stored = await speech.read(index);
      expect(stored).toHaveLength(expected.data.length);
      // Half a unit in the last place of float16 between 16 and 32.
      expect(Math.max(...stored.map((value, at) => Math.abs(value - (expected.data[at] ?? 0))))).toBeLessThan(
        0.008,
      );
    }
    await expect(speech.read(3)).rejects.toThrow('there is no utterance 3');
  });

  it('are not written when an engine or the machine fails, which is no fault of the texts', async () => {
    const { engines } = beepingEngines();
    const order = (failing: number) => ({
      directory,
      family: 'training' as const,
      shard: 0,
      plans: Array.from({ length: 60 }, (_, n) => ({
        ...planUtterance(
          () => ({ text: n < failing ? 'crash' : 'A pear.', language: 'en' }),
          'training',
          3,
          n,
        ),
        lead: 0.1,
        tail: 0.06,
      })),
    });
    expect(await writeShard(order(16), engines)).toMatchObject({ written: 44 });
    rmSync(shardPaths(directory, 'training', 0).index);
    await expect(writeShard(order(17), engines)).rejects.toThrow(
      /17 of 60 could not be said, such as .*“crash”: RangeError: unreachable executed/,
    );
    expect(existsSync(shardPaths(directory, 'training', 0).index)).toBe(false);
  });

  it('are read in order up to the first that is not finished', async () => {
    const { engines } = beepingEngines();
    for (const shard of [0, 1, 2]) {
      await writeShard(
        { directory, family: 'validation', shard, plans: plans.slice(shard * 2, shard * 2 + 1) },
        engines,
      );
    }
    {
      await using speech = await openSpeech('validation', directory);
      expect(speech.utterances.map((utterance) => utterance.text)).toEqual([texts[0], texts[2], texts[4]]);
    }
    rmSync(shardPaths(directory, 'validation', 1).index);
    {
      await using speech = await openSpeech('validation', directory);
      expect(speech.utterances).toHaveLength(1);
      truncateSync(shardPaths(directory, 'validation', 0).data, 100);
      await expect(speech.read(0)).rejects.toThrow('cut off');
    }
    await expect(openSpeech('training', directory)).rejects.toThrow(
      /there is no training speech .*synthesise/,
    );
    expect(existsSync(shardPaths(directory, 'training', 0).data)).toBe(false);
  });

  it('mix with every kind of noise', async () => {
    const { engines } = beepingEngines();
    await writeShard({ directory, family: 'training', shard: 0, plans }, engines);
    await using speech = await openSpeech('training', directory);
    const bank = await makeNoiseBank(speech, 1);
    expect(new Set(bank.noises.map((noise) => noise.kind))).toEqual(
      new Set(['white', 'pink', 'brown', 'hum', 'babble']),
    );
    const clean = await speech.read(0);
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const noisy = bank.mix(clean, 0, new Rng(1));
    expect(noisy).toHaveLength(clean.length);
    expect(noisy.every((value, at) => value >= (clean[at] ?? 0) - 1e-5)).toBe(true);
    expect(mean(noisy)).toBeGreaterThan(mean(bank.mix(clean, 20, new Rng(1))) + 0.1);
    expect(bank.mix(clean, 0, new Rng(1))).toEqual(noisy);
  });
});

describe('setting speech in silence', () => {
  const beep = Float32Array.from({ length: 16_000 }, (_, at) =>
    at < 4000 || at >= 12_000 ? 0 : 0.5 * Math.sin(at),
  );

  it('cuts and adds silence, and brings the speech to its level', () => {
    const out = setIn(beep, { lead: 0.1, tail: 0.3, level: -20 }) ?? new Float32Array();
    expect(out).toHaveLength(1600 + 8000 + 4800);
    expect(out.subarray(0, 1600).every((value) => value === 0)).toBe(true);
    const speech = out.subarray(1600, 9600);
    const power = speech.reduce((sum, value) => sum + value * value, 0) / speech.length;
    expect(10 * Math.log10(power)).toBeCloseTo(-20, 3);
  });

  it('does not clip, and finds nothing in silence', () => {
    const loud = setIn(beep, { lead: 0, tail: 0, level: 6 }) ?? new Float32Array();
    expect(Math.max(...loud)).toBeCloseTo(0.99, 3);
    expect(setIn(new Float32Array(800), { lead: 0, tail: 0, level: -20 })).toBeUndefined();
  });

  it('plays slower and faster by a tenth', () => {
    const lengths = ([-1, 0, 1] as const).map(
      (tempo) =>
        renderWave(
          { sampleRateHz: 22_050, samples: new Float32Array(22_050).fill(0.1) },
          { tempo, lead: 0, tail: 0, level: -20 },
        )?.length ?? 0,
    );
    expect(lengths.map((length) => Math.round(length / 160) / 100)).toEqual([1.1, 1, 0.92]);
  });
});
