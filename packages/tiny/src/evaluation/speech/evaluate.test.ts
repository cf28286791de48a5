import { describe, expect, it } from 'vitest';
import { thingAt } from '../../data/world.ts';
import { speechPrompts } from '../../text/hearing.ts';
import type { AskedMessage } from '../answerer.ts';
import { drawnColours, drawnData } from '../testing.ts';
import { drawnVoices, mediaAnswerer } from '../testing-media.ts';
import { evaluateSpeech } from './evaluate.ts';
import { noiseKinds } from './noise.ts';

const things = 6;
const colours = await drawnColours(things);
const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/**
 * Hears everything in silence; in noise it misses the first letter unless it is shown a picture, which it needs the right
 * prompt for. Answers any question about a picture with the name of what it shows; ignores questions with a request.
 */
function listener() {
  const voices = drawnVoices();
  const asked: AskedMessage[] = [];
  const engine = mediaAnswerer((message) => {
    asked.push(message);
    const { text, images, speech } = message;
    const heard = speech[0] ? voices.understood(speech[0].samples) : { text: '', isNoisy: false };
    if (text === speechPrompts.transcribe[0]) return heard.isNoisy ? heard.text.slice(1) : `${heard.text} `;
    if (text === speechPrompts.transcribeWithPicture[0]) return images.length === 1 ? heard.text : '';
    if (text === speechPrompts.answer[0]) return 'gibberish';
    const rgb = images[0]?.rgb ?? new Uint8Array();
    const at = (8 * 16 + 8) * 3;
    const thing = thingAt(colours.get([rgb[at], rgb[at + 1], rgb[at + 2]].join()) ?? 0);
    return isChinese(text === '' ? heard.text : text) ? thing.zh : thing.en;
  });
  return { engine, voices, asked };
}

describe('hearing', async () => {
  const { engine, voices, asked } = listener();
  const progress: number[] = [];
  const options = {
    quick: true,
    limit: 4,
    concurrency: 3,
    onProgress: ({ done, total }: { done: number; total: number }) => progress.push(done / total),
  };
  const report = await evaluateSpeech(engine, drawnData(things).heldOut, voices, options);

  it('counts errors by language, engine and voice, and words in English only', () => {
    const { en, zh, byEngine, byVoice } = report.heldOut;
    expect([en.cer.rate, en.wer?.rate, zh.cer.rate, zh.wer]).toEqual([0, 0, 0, undefined]);
    expect([en.cer.utterances, zh.cer.utterances]).toEqual([6, 6]);
    expect(Object.keys(byEngine)).toEqual(['flite en', 'gnuspeech en', 'espeak zh']);
    expect(byVoice['espeak:newer']?.utterances).toBe(3);
    expect(report.heard.en.cer.utterances).toBe(3);
    expect(report.mistakes).toEqual([]);
  });

  it('listens in every noise at every ratio', () => {
    expect(report.noise.map(({ kind, snrDb }) => `${kind} ${snrDb}`)).toEqual(
      noiseKinds.flatMap((kind) => [20, 10, 5, 0].map((snrDb) => `${kind} ${snrDb}`)),
    );
    for (const { en, zh } of report.noise) {
      expect(en.deletions).toBe(en.utterances);
      expect(zh.rate).toBe(zh.utterances / zh.length);
    }
  });

  it('asks about the same wave with and without the picture of its thing', () => {
    expect(report.withPicture.map(({ snrDb }) => snrDb)).toEqual([10, 5, 0, -5]);
    const [loudest] = report.withPicture.slice(-1);
    expect(loudest?.all.picture.rate).toBe(0);
    expect(loudest?.all.audio.rate).toBeGreaterThan(0);
    expect(loudest?.en.reduction).toEqual({ reduction: 1, low: 1, high: 1 });
    const pictured = asked.filter(({ text }) => text === speechPrompts.transcribeWithPicture[0]);
    expect(pictured).toHaveLength(4 * 2 * 4);
    for (const { images, speech } of pictured) {
      const { text } = voices.understood(speech[0]?.samples ?? new Float32Array());
      const rgb = images[0]?.rgb ?? new Uint8Array();
      const at = (8 * 16 + 8) * 3;
      const thing = thingAt(colours.get([rgb[at], rgb[at + 1], rgb[at + 2]].join()) ?? 0);
      expect(text).toContain(isChinese(text) ? thing.zh : thing.en);
    }
  });

  it('grades spoken questions as typed ones, of every type', () => {
    const { typed, spoken, prompted } = report.questions;
    expect(typed.types.name?.en.accuracy).toBe(1);
    expect(spoken).toEqual(typed);
    expect(prompted.all.correct).toBe(0);
    expect(prompted.all.count).toBe(typed.all.count);
    expect(Object.keys(typed.types)).toEqual(
      expect.arrayContaining(['name', 'isIt', 'left', 'count', 'describe']),
    );
    expect(typed.types.isIt?.zh.accuracy).toBe(0);
  });

  it('keeps the times of some English utterances', () => {
    expect(report.alignments).toHaveLength(2);
    const [first] = report.alignments;
    expect(first?.language).toBe('en');
    expect(first?.transcript.trim()).toBe(first?.text);
    expect(first?.tokens[0]?.endSeconds).toBeGreaterThan(0.1);
  });

  it('tells how far it is, and says the same things again', async () => {
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const again = listener();
    expect(await evaluateSpeech(again.engine, drawnData(things).heldOut, again.voices, options)).toEqual(
      report,
    );
  });
});
