import {
  encodeInnerRequest,
  encodeSpeech,
  preparedSpeechType,
  signatureHeader,
  signInner,
} from '@x-llm/contract/inner';
import { EngineError } from '@x-llm/engine';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEchoEngine } from './testing/echo-engine.ts';
import { ask, launch, start } from './testing/start.ts';
import { tones, wavOf } from './testing/tones.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const sound = (bytes: Uint8Array, format = 'wav') => ({
  type: 'input_audio',
  input_audio: { data: base64(bytes), format },
});
const soundAt = (url: string) => ({ type: 'audio_url', audio_url: { url } });
const contentOf = (json: unknown) =>
  (json as { choices: { message: { content: string } }[] }).choices[0]?.message.content;

describe('speech in a conversation', () => {
  let backend: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    backend = await launch();
  });
  afterAll(() => backend.running.close());

  it('is heard, with usage by modality', async () => {
    const { status, json } = await backend.chat(
      ask([{ type: 'text', text: 'what is' }, sound(wavOf([[440, 1.5]]))]),
    );
    expect(status).toBe(200);
    expect(contentOf(json)).toBe('what is 440Hz/1.5s');
    expect(json).toMatchObject({
      usage: {
        prompt_tokens: 6,
        prompt_tokens_details: { text_tokens: 3, image_tokens: 0, audio_tokens: 3, video_tokens: 0 },
      },
    });
  });

  it.each([
    [8_000, 1],
    [44_100, 2],
    [48_000, 1],
    [192_000, 8],
  ])('comes at %i Hz with %i channels', async (rateHz, channels) => {
    const { json } = await backend.chat(ask([sound(wavOf([[440, 0.5]], { rateHz, channels }))]));
    expect(contentOf(json)).toBe('440Hz/0.5s');
  });

  it('comes beside pictures, several in a message, in any order', async () => {
    const png = await sharp({
      create: { width: 5, height: 5, channels: 3, background: { r: 255, g: 0, b: 0 } },
    })
      .png()
      .toBuffer();
    const { json } = await backend.chat(
      ask([
        sound(wavOf([[300, 0.5]])),
        { type: 'image_url', image_url: { url: `data:image/png;base64,${base64(png)}` } },
        { type: 'text', text: 'compare' },
        soundAt(`data:audio/wav;base64,${base64(wavOf([[600, 1]]))}`),
      ]),
    );
    expect(contentOf(json)).toBe('compare rgb(255,0,0) 300Hz/0.5s 600Hz/1s');
  });

  it.each<[string, object, string, string]>([
    ['bad base64', sound(new Uint8Array()), 'empty_audio_file', 'input_audio.data'],
    [
      'base64 that is none',
      { type: 'input_audio', input_audio: { data: '@@@', format: 'wav' } },
      'invalid_base64_audio',
      'input_audio.data',
    ],
    [
      'a data URL where bare base64 belongs',
      { type: 'input_audio', input_audio: { data: 'data:audio/wav;base64,UklGRg==', format: 'wav' } },
      'invalid_base64_audio',
      'input_audio.data',
    ],
    ['no sound at all', sound(Buffer.from('hello, world')), 'invalid_audio', 'input_audio.data'],
    ['a wrong declared format', sound(wavOf([[440, 0.5]]), 'mp3'), 'invalid_audio', 'input_audio.data'],
    ['a WAV file of no samples', sound(wavOf([])), 'empty_audio_file', 'input_audio.data'],
    ['more than the model hears', sound(wavOf([[440, 10.5]])), 'audio_too_long', 'input_audio.data'],
    ['a remote address', soundAt('https://example.com/a.wav'), 'unsupported_audio_url', 'audio_url.url'],
    ['an attachment without multipart', soundAt('attachment:a'), 'invalid_audio_url', 'audio_url.url'],
  ])('is refused: %s', async (_name, part, code, field) => {
    const { status, json } = await backend.chat(ask([{ type: 'text', text: 'hear' }, part]));
    expect({ status, json }).toMatchObject({
      status: 400,
      json: { error: { code, param: `messages[0].content[1].${field}` } },
    });
  });

  it('is refused: too many', async () => {
    const wav = sound(wavOf([[440, 0.1]]));
    const { json } = await backend.chat(ask(Array.from({ length: 9 }, () => wav)));
    expect(json).toMatchObject({
      error: { code: 'too_many_audios', param: 'messages[0].content[8].input_audio.data' },
    });
  });
});

it('names the field of a sound that the engine refuses, wherever its message went', async () => {
  const engine = createEchoEngine();
  const place = 'messages[0].speech[1]';
  // biome-ignore lint/correctness/useYield: it refuses before the first event
  engine.generate = async function* () {
    throw new EngineError('invalid_audio', `${place}: 0.1 s are too short`, { param: place });
  };
  const { chat } = await start({ engine });
  const spoken = { role: 'user', content: [sound(wavOf([[440, 0.5]]))] };
  const short = { role: 'user', content: [{ type: 'text', text: 'a' }, sound(wavOf([[440, 0.1]]))] };
  const { status, json } = await chat({ model: 'x-llm-tiny', messages: [spoken, short] });
  expect(status).toBe(400);
  const param = 'messages[1].content[1].input_audio.data';
  expect(json).toMatchObject({
    error: { code: 'invalid_audio', param, message: `${param}: 0.1 s are too short` },
  });
});

it('refuses speech for a model that hears none, before it decodes any', async () => {
  const { chat, call } = await start({ engine: createEchoEngine({ speechSeconds: 0, videoFrames: 0 }) });
  const { status, json } = await chat(ask([sound(Buffer.from('not even a sound'))]));
  expect({ status, json }).toMatchObject({
    status: 400,
    json: {
      error: {
        code: 'unsupported_content_part',
        param: 'messages[0].content[0].input_audio.data',
        message: 'This model hears no speech.',
      },
    },
  });
  expect((await call('retrieveModel', '/v1/models/x-llm-tiny')).json).toMatchObject({
    audio: null,
    video: null,
    input_modalities: ['text', 'image'],
  });
});

describe('samples from the gateway', () => {
  const innerSecret = 'between-us';
  const path = '/v1/chat/completions';

  async function send(mediaType: string, bytes: Uint8Array) {
    const { call } = await start({ innerSecret });
    const request = ask([{ type: 'input_audio', input_audio: { data: 'attachment:a', format: 'mp3' } }]);
    const { contentType, body } = encodeInnerRequest(request, [{ name: 'a', mediaType, bytes }]);
    const signature = await signInner(innerSecret, { method: 'POST', path, contentType, body });
    const headers = { 'content-type': contentType, [signatureHeader]: signature };
    return call('createChatCompletion', path, { method: 'POST', headers, body });
  }

  it('are taken as they are', async () => {
    const { json } = await send(preparedSpeechType, encodeSpeech(tones([[440, 1]])));
    expect(contentOf(json)).toBe('440Hz/1s');
  });

  it.each<[string, Uint8Array, string]>([
    ['half a sample', new Uint8Array(3), 'invalid_audio'],
    ['no samples', new Uint8Array(), 'empty_audio_file'],
    ['too many samples', new Uint8Array(2 * 16_000 * 11), 'audio_too_long'],
  ])('are refused: %s', async (_name, bytes, code) => {
    const { status, json } = await send(preparedSpeechType, bytes);
    expect({ status, json }).toMatchObject({
      status: 400,
      json: { error: { code, param: 'messages[0].content[0].input_audio.data' } },
    });
  });
});
