import { describe, expect, it } from 'vitest';
import { measure, partsOf } from './measure.ts';
import { drawnData, scriptedAnswerer } from './testing.ts';
import { drawnVoices, mediaAnswerer } from './testing-media.ts';

const model = { id: 'm', imageSize: 16 };
const speech = { maxSeconds: 5 };
const video = { frames: 4, size: 16 };

describe('what a model is measured on', () => {
  it('is what it has interfaces for; the relative score by itself only with all of them', () => {
    expect(partsOf(model)).toEqual(['pictures']);
    expect(partsOf({ ...model, video: undefined, speech: undefined })).toEqual(['pictures']);
    expect(partsOf({ ...model, speech })).toEqual(['pictures', 'speech']);
    expect(partsOf({ ...model, speech, video })).toEqual(['pictures', 'speech', 'video', 'relative']);
    expect(partsOf(model, 'relative')).toEqual(['relative']);
    expect(partsOf({ ...model, video }, 'video')).toEqual(['video']);
  });

  it('is refused where there is no interface', () => {
    expect(() => partsOf(model, 'speech')).toThrow('m has no interface for speech input');
    expect(() => partsOf({ ...model, imageSize: 0, speech }, 'speech')).toThrow(
      'no interface for image input',
    );
  });
});

describe('measuring', () => {
  const openTold = () => Promise.reject(new Error('not needed'));

  it('gives pictures alone as before', async () => {
    const engine = scriptedAnswerer(() => 'fox');
    const report = await measure(
      engine,
      { pictures: drawnData(3) },
      { parts: ['pictures'], limit: 2, openTold },
    );
    expect(Object.keys(report)).toEqual(
      'format model things settings heldOut seen seenHard seenPlain questions confusions'.split(' '),
    );
    expect(report.settings.limit).toBe(2);
  });

  it('leaves pictures out when they were not asked for, and closes what it opened', async () => {
    let closed = 0;
    const told = { async *generate() {}, close: async () => void closed++ };
    const report = await measure(
      mediaAnswerer(() => 'fox'),
      { pictures: drawnData(3), speech: drawnVoices() },
      { parts: ['speech', 'relative'], limit: 1, quick: true, openTold: async () => told },
    );
    expect(Object.keys(report)).toEqual(
      'format model things settings speech relative relativeSeen'.split(' '),
    );
    expect(report.relative?.overall.relative).toBeNull();
    expect(closed).toBe(1);
  });
});
