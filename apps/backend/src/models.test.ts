import { describe, expect, it } from 'vitest';
import { createBackend } from './backend.ts';
import { Models } from './models.ts';
import { createEchoEngine } from './testing/echo-engine.ts';
import { ask, start, waitFor } from './testing/start.ts';
import { wavOf } from './testing/tones.ts';

const two = () => [
  createEchoEngine({ id: 'sees', speechSeconds: 0 }),
  createEchoEngine({ id: 'hears', imageSize: 0, videoFrames: 0 }),
];

describe('several models', () => {
  it('are listed, each with what it takes', async () => {
    const { call } = await start({ engines: two() });
    expect((await call('listModels', '/v1/models')).json).toMatchObject({
      data: [
        { id: 'sees', input_modalities: ['text', 'image', 'video'] },
        { id: 'hears', input_modalities: ['text', 'audio'] },
      ],
    });
    expect((await call('retrieveModel', '/v1/models/hears')).json).toMatchObject({
      id: 'hears',
      image_size: 0,
    });
    expect((await call('getReadiness', '/readyz')).json).toEqual({
      status: 'ready',
      models: ['sees', 'hears'],
    });
  });

  it('answer the requests that name them', async () => {
    const [sees, hears] = two();
    if (!sees || !hears) throw new Error('two were made');
    const { call, chat } = await start({ engines: [sees, hears] });
    for (const id of ['hears', 'sees'])
      expect((await chat({ ...ask(`to ${id}`), model: id })).json).toMatchObject({
        model: id,
        choices: [{ message: { content: `to ${id}` } }],
      });
    expect([sees, hears].map(({ requests }) => requests.length)).toEqual([1, 1]);
    const transcribe = (model: string) => {
      const body = new FormData();
      body.set('model', model);
      body.set('file', new File([wavOf([[440, 1]])], 'a.wav'));
      return call('createTranscription', '/v1/audio/transcriptions', { method: 'POST', body });
    };
    expect(await transcribe('hears')).toMatchObject({ status: 200, json: { text: '440Hz 440Hz' } });
    expect(await transcribe('sees')).toMatchObject({
      status: 400,
      json: { error: { code: 'unsupported_content_part' } },
    });
  });

  it('are named to whoever asks for another', async () => {
    const { call, chat } = await start({ engines: two() });
    const refusal = {
      status: 404,
      json: {
        error: {
          code: 'model_not_found',
          type: 'invalid_request_error',
          param: 'model',
          message: 'There is no model "gpt"; this server has "sees", "hears".',
        },
      },
    };
    expect(await chat({ ...ask('hi'), model: 'gpt' })).toMatchObject(refusal);
    expect(await call('retrieveModel', '/v1/models/gpt')).toMatchObject(refusal);
  });

  it('are ready when all are, and closed together', async () => {
    const engines = two();
    const { call, running } = await start({ engines });
    const [, hears] = engines;
    if (hears) hears.isReady = false;
    expect(await call('getReadiness', '/readyz')).toMatchObject({ status: 503 });
    await running.close();
    expect(engines.map(({ closed }) => closed)).toEqual([true, true]);
  });

  it('count a queue that they share once, and their requests together', async () => {
    const [one, other, third] = [...two(), createEchoEngine({ id: 'third', maxQueued: 5 })];
    if (!one || !other || !third) throw new Error('three were made');
    const own = other.stats;
    other.stats = () => ({ ...own(), queue: one.stats().queue });
    const { chat, call } = await start({ engines: [one, other, third] });
    const leaving = new AbortController();
    const { signal } = leaving;
    const waiting = [one, other].map(({ model: { id } }) => chat({ ...ask('!wait'), model: id }, { signal }));
    await waitFor(() => one.stats().active + other.stats().active === 2);
    expect(new Models([one, other, third]).stats()).toEqual({ active: 2, queued: 0, maxQueued: 2 + 5 });
    const { body } = await call('getMetrics', '/metrics');
    expect('text' in body && body.text).toMatch(
      /xllm_requests_active 2\n[\s\S]*xllm_requests_queue_limit 7\n/,
    );
    // Or the server, which lets its requests end, closes only when its patience does.
    leaving.abort();
    await Promise.allSettled(waiting);
    await waitFor(() => one.stats().active + other.stats().active === 0);
  });

  it('must have names of their own', () => {
    expect(() => createBackend({ engines: [createEchoEngine(), createEchoEngine()] })).toThrow(
      /expected models of different names, got x-llm-tiny, x-llm-tiny/,
    );
    expect(() => createBackend({ engines: [] })).toThrow(/got none/);
  });
});
