import { readFileSync } from 'node:fs';
import type { Transcription, TranscriptionStreamEvent, VerboseTranscription } from '@x-llm/contract';
import { encodeSpeech, preparedSpeechType } from '@x-llm/contract/inner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEchoEngine } from './testing/echo-engine.ts';
import { launch, start, waitFor } from './testing/start.ts';
import { type Tone, tones, wavOf } from './testing/tones.ts';

type Fields = Record<string, string | string[]>;
type Caller = Awaited<ReturnType<typeof launch>>;

const wav = (all: readonly Tone[]) => new File([wavOf(all)], 'a.wav', { type: 'audio/wav' });
/** As the gateway sends it; starting a thread to decode takes longer than all the rest. */
const prepared = (all: readonly Tone[]) =>
  new File([encodeSpeech(tones(all))], 'a.wav', { type: preparedSpeechType });
const spoken: Tone[] = [
  [300, 1],
  [600, 0.5],
];
const speech = prepared(spoken);
const path = '/v1/audio/transcriptions';

function formOf(file: File | undefined, fields: Fields = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ model: 'x-llm-tiny', ...fields })) {
    for (const one of [value].flat()) form.append(name, one);
  }
  if (file !== undefined) form.append('file', file, file.name);
  return form;
}

const transcribe = ({ call }: Pick<Caller, 'call'>, file: File | undefined, fields: Fields = {}, init = {}) =>
  call('createTranscription', path, { method: 'POST', body: formOf(file, fields), ...init });

describe('formats', () => {
  const engine = createEchoEngine();
  let backend: Caller;
  beforeAll(async () => {
    backend = await launch({ engine });
  });
  afterAll(() => backend.running.close());

  it('json, with usage', async () => {
    const usage = {
      type: 'tokens',
      input_tokens: 8,
      input_token_details: { text_tokens: 5, audio_tokens: 3 },
      output_tokens: 3,
      total_tokens: 11,
    };
    const expected = { status: 200, json: { text: '300Hz 300Hz 600Hz', usage } };
    expect(await transcribe(backend, wav(spoken))).toMatchObject(expected);
    expect(await transcribe(backend, speech, { response_format: 'json' })).toMatchObject(expected);
  });

  it.each([
    ['text', '300Hz 300Hz 600Hz\n'],
    ['srt', '1\n00:00:00,000 --> 00:00:01,250\n300Hz 300Hz 600Hz\n\n'],
    ['vtt', 'WEBVTT\n\n00:00:00.000 --> 00:00:01.250\n300Hz 300Hz 600Hz\n\n'],
  ])('%s', async (format, text) => {
    const { body, headers } = await transcribe(backend, speech, { response_format: format });
    expect(body).toEqual({ text });
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('verbose_json, with what was asked for', async () => {
    const verbose = async (granularities?: string[]) =>
      (
        await transcribe(backend, speech, {
          response_format: 'verbose_json',
          ...(granularities && { 'timestamp_granularities[]': granularities }),
        })
      ).json as VerboseTranscription;
    const segments = [{ id: 0, seek: 0, start: 0, end: 1.25, text: '300Hz 300Hz 600Hz' }];
    const usual = await verbose();
    expect(usual).toEqual({
      task: 'transcribe',
      language: 'english',
      duration: 1.5,
      text: '300Hz 300Hz 600Hz',
      segments,
      usage: { type: 'duration', seconds: 1.5 },
    });
    const words = await verbose(['word']);
    expect(words.segments).toBeUndefined();
    expect(words.words?.map(({ word }) => word)).toEqual(['300Hz', '300Hz', '600Hz']);
    expect(words.words?.[2]).toMatchObject({ start: 1, end: 1.25 });
    expect(await verbose(['word', 'segment'])).toMatchObject({ segments, words: words.words });
  });

  it.each(['sweep.mp3', 'sweep.flac', 'sweep.m4a', 'sweep-opus.webm', 'sweep-vorbis.ogg'])(
    'of %s',
    async (name) => {
      const bytes = readFileSync(
        new URL(`../../../packages/media/src/testing/fixtures/${name}`, import.meta.url),
      );
      const { json } = await transcribe(backend, new File([bytes], name));
      // A tone that rises for a second.
      const [early, late] = (json as Transcription).text.split(' ').map((word) => Number.parseInt(word, 10));
      expect(late).toBeGreaterThan(1.5 * (early ?? 0));
    },
  );

  it('silence says nothing, in every format, and no model is asked', async () => {
    engine.transcriptions.length = 0;
    const silence = prepared([[0, 70]]);
    expect(await transcribe(backend, silence)).toMatchObject({
      status: 200,
      json: { text: '', usage: { input_tokens: 0, output_tokens: 0 } },
    });
    expect(await transcribe(backend, silence, { response_format: 'srt' })).toMatchObject({
      body: { text: '' },
    });
    const verbose = await transcribe(backend, silence, {
      response_format: 'verbose_json',
      'timestamp_granularities[]': ['word', 'segment'],
    });
    expect(verbose.json).toMatchObject({ duration: 70, text: '', words: [], segments: [] });
    expect(engine.transcriptions).toEqual([]);
  });

  it('three hours of it are refused at once', async () => {
    const bytes = readFileSync(
      new URL('../../../packages/media/src/testing/fixtures/three-hours.flac', import.meta.url),
    );
    expect(await transcribe(backend, new File([bytes], 'a.flac'))).toMatchObject({
      status: 400,
      json: { error: { code: 'audio_too_long', param: 'file' } },
    });
  });

  it('hands every option to the engine, and none that was not given', async () => {
    engine.transcriptions.length = 0;
    await transcribe(backend, speech, { language: 'zh', prompt: 'hear', temperature: '0.5' });
    await transcribe(backend, speech);
    const [full, bare] = engine.transcriptions.map(({ samples, ...rest }) => ({
      length: samples.length,
      ...rest,
    }));
    expect(full).toEqual({ length: 24_000, language: 'zh', prompt: 'hear', temperature: 0.5 });
    expect(bare).toEqual({ length: 24_000 });
  });
});

describe('streams', () => {
  it('send text as it comes, then all of it', async () => {
    const { body, headers } = await transcribe(await start(), speech, { stream: 'true' });
    if (!('events' in body)) throw new Error('not a stream');
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(body.done).toBe(true);
    expect(body.events).toEqual([
      { type: 'transcript.text.delta', delta: '300Hz' },
      { type: 'transcript.text.delta', delta: ' 300Hz' },
      { type: 'transcript.text.delta', delta: ' 600Hz' },
      {
        type: 'transcript.text.done',
        text: '300Hz 300Hz 600Hz',
        usage: expect.objectContaining({ output_tokens: 3 }),
      },
    ]);
  });

  it.each([
    ['!overload', 'overloaded'],
    ['!crash', 'internal_error'],
  ])('tell a failure midway (%s), without internals', async (word, code) => {
    const { body } = await transcribe(await start(), speech, { stream: 'true', prompt: `one ${word}` });
    if (!('events' in body)) throw new Error('not a stream');
    expect(body.done).toBe(false);
    expect(body.events.at(-1)).toMatchObject({ error: { code } });
    expect(JSON.stringify(body.events)).not.toContain('secret');
  });
});

describe('sound longer than the model hears', () => {
  // Pauses of 0.4 s, into which the cuts fall.
  const talk: Tone[] = [
    [300, 7.6],
    [0, 0.4],
    [600, 6.6],
    [0, 0.4],
    [900, 5],
  ];

  it('is transcribed in pieces, in order, with times of the whole', async () => {
    const engine = createEchoEngine({ speechSeconds: 10 });
    const backend = await start({ engine });
    const { json } = await transcribe(backend, prepared(talk), { response_format: 'verbose_json' });
    const { text, segments = [], duration } = json as VerboseTranscription;
    const lengths = engine.transcriptions.map(({ samples }) => samples.length / 16_000);
    expect(lengths.reduce((sum, length) => sum + length)).toBeCloseTo(20, 5);
    expect(lengths[0]).toBeGreaterThan(7.6);
    expect(lengths[0]).toBeLessThan(8);
    expect(lengths).toHaveLength(3);
    expect(duration).toBe(20);
    expect(text.split(' ').slice(0, 3)).toEqual(['300Hz', '300Hz', '300Hz']);
    expect(text).toMatch(/^(300Hz )+(\d+Hz ){0,2}(600Hz )+(\d+Hz ){0,2}(900Hz ?)+/);
    const starts = segments.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(new Set(segments.map(({ seek }) => seek)).size).toBe(3);
    expect(segments.at(-1)?.end).toBeGreaterThan(19);
    expect(segments.at(-1)?.end).toBeLessThanOrEqual(20);
    for (const { seek, start } of segments) expect(start).toBeGreaterThanOrEqual(seek / 100);
  });

  it('streams pieces as they are done', async () => {
    const backend = await start({ engine: createEchoEngine({ speechSeconds: 10, stepMs: 5 }) });
    const { body } = await transcribe(backend, prepared(talk), { stream: 'true' });
    if (!('events' in body)) throw new Error('not a stream');
    const events = body.events as TranscriptionStreamEvent[];
    const deltas = events.flatMap((event) => ('delta' in event ? [event.delta] : []));
    expect(events.at(-1)).toMatchObject({ type: 'transcript.text.done', text: deltas.join('') });
    expect(deltas.join('')).not.toMatch(/Hz\d/);
  });

  it('waits for a place between pieces, but not for the first', async () => {
    const engine = createEchoEngine({ speechSeconds: 1, slots: 1, maxQueued: 1 });
    const real = engine.transcribe;
    let calls = 0;
    engine.transcribe = (...given) => {
      if (++calls === 2) {
        const full = createEchoEngine({ slots: 0, maxQueued: 0 });
        return full.transcribe(...given);
      }
      return real(...given);
    };
    const { json } = await transcribe(await start({ engine }), prepared([[400, 1.5]]));
    expect(json).toMatchObject({ text: expect.stringMatching(/^400Hz( \d+Hz){3}$/) });
    expect(calls).toBe(3);
    const full = await start({ engine: createEchoEngine({ slots: 0, maxQueued: 0 }) });
    expect(await transcribe(full, speech)).toMatchObject({
      status: 429,
      json: { error: { code: 'overloaded' } },
    });
  });

  it('is cut again where more is said than the model reads', async () => {
    const engine = createEchoEngine({ speechSeconds: 10, speechTokens: 6 });
    const backend = await start({ engine });
    const { json } = await transcribe(backend, prepared(talk), { response_format: 'verbose_json' });
    const { segments = [], text } = json as VerboseTranscription;
    expect(engine.transcriptions.length).toBeGreaterThan(6);
    for (const [hz, seconds] of talk.filter(([pitch]) => pitch > 0)) {
      const heard = text.split(' ').filter((word) => word === `${hz}Hz`).length;
      expect(heard).toBeGreaterThanOrEqual(2 * seconds - 4);
    }
    expect(text).toMatch(/^300Hz.*300Hz.*600Hz.*600Hz.*900Hz/);
    const starts = segments.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    const hopeless = await start({ engine: createEchoEngine({ speechTokens: 0 }) });
    expect(await transcribe(hopeless, speech)).toMatchObject({
      status: 400,
      json: { error: { code: 'invalid_audio' } },
    });
  });

  it('is refused beyond the limit, and when there is no memory for it', async () => {
    const short = await start({ limits: { transcriptionSeconds: 15 } });
    expect(await transcribe(short, prepared(talk))).toMatchObject({
      status: 400,
      json: { error: { code: 'audio_too_long', param: 'file' } },
    });
    const small = await start({ limits: { bufferedBytes: 800_000 } });
    expect(await transcribe(small, prepared(talk))).toMatchObject({
      status: 429,
      json: { error: { code: 'overloaded' } },
    });
    // Whatever was held is given back.
    expect(await transcribe(small, speech)).toMatchObject({ status: 200 });
  });
});

describe('bad input', () => {
  let backend: Caller;
  beforeAll(async () => {
    backend = await launch();
  });
  afterAll(() => backend.running.close());
  const text = (content: string | Uint8Array<ArrayBuffer>) =>
    new File([content], 'a.wav', { type: 'audio/wav' });

  it.each<[string, File | undefined, Fields, number, string, string | null]>([
    ['no file', undefined, {}, 400, 'missing_required_parameter', 'file'],
    ['an empty file', text(''), {}, 400, 'empty_audio_file', 'file'],
    ['a file of no sound', text('hello'), {}, 400, 'invalid_audio', 'file'],
    ['a few samples', wav([[440, 0.005]]), {}, 400, 'invalid_audio', 'file'],
    ['an unknown model', speech, { model: 'whisper-1' }, 404, 'model_not_found', 'model'],
    ['a wrong format', speech, { response_format: 'docx' }, 400, 'unsupported_value', 'response_format'],
    ['two models', speech, { model: ['x-llm-tiny', 'x'] }, 400, 'invalid_value', 'model'],
    ['a temperature that is none', speech, { temperature: 'hot' }, 400, 'invalid_type', 'temperature'],
  ])('%s', async (_name, file, fields, status, code, param) => {
    const answer = await transcribe(backend, file, fields);
    expect({ status: answer.status, json: answer.json }).toMatchObject({
      status,
      json: { error: { code, param } },
    });
  });

  it('two files', async () => {
    const form = formOf(speech);
    form.append('file', speech, 'b.wav');
    expect(await transcribe(backend, undefined, {}, { body: form })).toMatchObject({
      json: { error: { code: 'invalid_value', param: 'file' } },
    });
  });

  it('a body that is no form', async () => {
    const headers = { 'content-type': 'application/json' };
    expect(await transcribe(backend, undefined, {}, { headers, body: '{}' })).toMatchObject({ status: 415 });
    const form = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await transcribe(backend, undefined, {}, { headers: form, body: '--x\r\n' })).toMatchObject({
      status: 400,
      json: { error: { code: 'invalid_form' } },
    });
  });

  it('a body of 20 MB', async () => {
    expect(await transcribe(backend, text(new Uint8Array(20_000_000)))).toMatchObject({
      status: 413,
      json: { error: { code: 'request_too_large' } },
    });
  });

  it('translations, which nobody offers', async () => {
    const response = await fetch(`${backend.url}/v1/audio/translations`, {
      method: 'POST',
      body: formOf(speech),
    });
    expect(response.status).toBe(404);
    expect((await fetch(backend.url + path)).status).toBe(405);
  });

  it('a model that hears nothing', async () => {
    const deaf = await start({ engine: createEchoEngine({ speechSeconds: 0 }) });
    expect(await transcribe(deaf, speech)).toMatchObject({
      status: 400,
      json: { error: { code: 'unsupported_content_part', param: 'file' } },
    });
  });

  it('a stranger', async () => {
    const locked = await start({ apiKey: 'secret-key' });
    expect(await transcribe(locked, speech)).toMatchObject({ status: 401 });
    const init = { headers: { authorization: 'Bearer secret-key' } };
    expect(await transcribe(locked, speech, {}, init)).toMatchObject({ status: 200 });
  });
});

describe('a client that leaves', () => {
  it.each(['true', 'false'])('stops the model within 250 ms (stream: %s)', async (stream) => {
    const engine = createEchoEngine();
    const { url, lines } = await start({ engine });
    const leave = new AbortController();
    const body = formOf(speech, { stream, prompt: 'one !wait' });
    const answer = fetch(url + path, { method: 'POST', body, signal: leave.signal });
    answer.catch(() => undefined);
    await waitFor(() => engine.stats().active === 1);
    if (stream === 'true') await (await answer).body?.getReader().read();
    leave.abort();
    expect(await waitFor(() => engine.stats().active === 0)).toBeLessThan(250);
    await waitFor(() => lines.some(({ status }) => status === 499));
  });

  it('stops the decoding', async () => {
    const engine = createEchoEngine();
    const { url, lines, call } = await start({ engine });
    const leave = new AbortController();
    // Odd ratios make resampling slow: many seconds of work in a thread.
    const odd = new File([wavOf([[440, 590]], { rateHz: 15_991 })], 'a.wav');
    const answer = fetch(url + path, { method: 'POST', body: formOf(odd), signal: leave.signal });
    answer.catch(() => undefined);
    const preparing = async () => {
      const { body } = await call('getMetrics', '/metrics');
      return 'text' in body && /^xllm_requests_preparing 1$/m.test(body.text);
    };
    while (!(await preparing())) await new Promise((next) => setTimeout(next, 10));
    await new Promise((next) => setTimeout(next, 300));
    leave.abort();
    await waitFor(() => lines.some(({ status }) => status === 499), 5000);
    expect(engine.transcriptions).toEqual([]);
    expect(await preparing()).toBe(false);
  });
});
