import { describe, expect, it } from 'vitest';
import { spokenSentence } from '../../text/spoken.ts';
import { Rng } from '../rng.ts';
import { planUtterance } from './plan.ts';
import { speakable } from './speakable.ts';

const plans = Array.from({ length: 2000 }, (_, n) => planUtterance(spokenSentence, 'training', 1, n));

describe('what is said', () => {
  it.each([
    ['It is a red apple.', 'en', true],
    ['A piñata, a T-shirt and the sun’s rays: “yes”!', 'en', true],
    ['这是什么？', 'zh', true],
    ['左边是“苹果”，右边是香蕉、梨。', 'zh', true],
    ['1st place medal', 'en', false],
    ['red apple 🍎', 'en', false],
    ['a [cat]', 'en', false],
    ['这是T恤。', 'zh', false],
    ['三 (3)', 'zh', false],
    ['What is 狐狸?', 'en', false],
    ['...', 'en', false],
    ['', 'zh', false],
    ['a'.repeat(201), 'en', false],
  ] as const)('“%s” in %s: %s', (text, language, expected) => {
    expect(speakable(text, language)).toBe(expected);
  });

  it('is a function of seed, family and n, whatever was planned before', () => {
    const again = (family: 'training' | 'validation', seed: number) =>
      planUtterance(spokenSentence, family, seed, 7);
    expect(again('training', 1)).toEqual(plans[7]);
    expect(again('training', 2)).not.toEqual(plans[7]);
    expect(again('validation', 1)).not.toEqual(plans[7]);
  });

  it('is as English as its text, nearly half of that by Flite, and not only by men', () => {
    const share = (of: readonly (typeof plans)[number][], when: (plan: (typeof plans)[number]) => boolean) =>
      of.filter(when).length / of.length;
    const english = plans.filter((plan) => plan.language === 'en');
    expect(Math.abs(share(plans, (plan) => plan.language === 'zh') - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(share(english, (plan) => plan.voice.engine === 'flite') - 0.45)).toBeLessThan(0.05);
    const women = plans.filter((plan) => /\+(f\d|steph|[aA]\w+a|linda|belinda)/.test(plan.voice.id));
    expect(women.length).toBeGreaterThan(300);
    const highest = (engine: string) =>
      Math.max(...plans.filter((plan) => plan.voice.engine === engine).map((plan) => plan.manner.pitch));
    expect(highest('espeak')).toBeLessThan(0.4);
    expect(highest('flite')).toBeGreaterThan(1.7);
    expect(new Set(plans.map((plan) => plan.voice.id)).size).toBeGreaterThan(250);
  });

  it('keeps rates, silences and levels in their ranges, and the voice in the language', () => {
    for (const { voice, language, manner, lead, tail, level } of plans) {
      expect(voice.language).toBe(language);
      expect(voice.id.includes('cmn')).toBe(language === 'zh');
      expect(manner.wordsPerMinute).toBeGreaterThanOrEqual(120);
      expect(manner.wordsPerMinute).toBeLessThanOrEqual(210);
      expect(Math.min(lead, tail)).toBeGreaterThanOrEqual(0.05);
      expect(Math.max(lead, tail)).toBeLessThan(0.3);
      expect(level).toBeLessThan(-15);
    }
  });

  it('asks for another text when one cannot be spoken, and gives up in the end', () => {
    const sometimes = (rng: Rng) => ({ text: rng.chance(0.7) ? 'No. 1' : 'Yes.', language: 'en' as const });
    for (let n = 0; n < 20; n++) expect(planUtterance(sometimes, 'training', 1, n).text).toBe('Yes.');
    expect(() => planUtterance(() => ({ text: '?', language: 'zh' }), 'training', 1, 3)).toThrow(
      'utterance 3: 50 texts in a row could not be spoken',
    );
  });

  it('holds no slot that was left open', () => {
    for (let n = 0; n < 3000; n++)
      expect(spokenSentence(new Rng(5, n)).text).not.toMatch(/[{}]|undefined|^\s*$/);
  });
});
