import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, launch } from './testing/start.ts';
import { wavOf } from './testing/tones.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../packages/media/src/testing/fixtures/${name}`, import.meta.url));

const colours = ['red', 'lime', 'blue', 'white', 'black', 'yellow', 'cyan', 'magenta'];

/** A frame of each colour, ten a second. */
async function film(format: 'gif' | 'webp', frames = colours.length): Promise<Buffer> {
  const pages = await Promise.all(
    colours.slice(0, frames).map((background) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const image = sharp(pages, { join: { animated: true } });
  const delay = pages.map(() => 100);
  return format === 'gif'
    ? image.gif({ delay }).toBuffer()
    : image.webp({ delay, lossless: true }).toBuffer();
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const input = (bytes: Uint8Array, format: string) => ({
  type: 'input_video',
  input_video: { data: base64(bytes), format },
});
const videoAt = (url: string) => ({ type: 'video_url', video_url: { url } });
const seen = (json: unknown) =>
  (json as { choices: { message: { content: string } }[] }).choices[0]?.message.content;

const [red, lime, blue, white, black] = ['255,0,0', '0,255,0', '0,0,255', '255,255,255', '0,0,0'].map(
  (rgb) => `rgb(${rgb})`,
);

describe('video in a conversation', () => {
  let backend: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    backend = await launch();
  });
  afterAll(() => backend.running.close());

  it('is watched, spread evenly over as many frames as the model takes', async () => {
    const { status, json } = await backend.chat(
      ask([{ type: 'text', text: 'what' }, input(await film('gif'), 'gif')]),
    );
    expect(status).toBe(200);
    // Of eight frames the first, third, fifth and seventh.
    expect(seen(json)).toBe(`what [${red};${blue};${black};rgb(0,255,255)]`);
    expect(json).toMatchObject({
      usage: {
        prompt_tokens: 10,
        prompt_tokens_details: { text_tokens: 2, image_tokens: 0, audio_tokens: 0, video_tokens: 8 },
      },
    });
  });

  it.each<[object, string[]]>([
    [{ num_frames: 2 }, [red, black] as string[]],
    [{ num_frames: null, fps: null }, [red, blue, black, 'rgb(0,255,255)'] as string[]],
    [{ fps: 10 }, [red, lime, blue, white] as string[]],
    [{ fps: 10, num_frames: 3 }, [red, lime, blue] as string[]],
    [{ fps: 2 }, [red, 'rgb(255,255,0)'] as string[]],
  ])('looks at the frames of media_io_kwargs %j', async (video, expected) => {
    const url = `data:image/webp;base64,${base64(await film('webp'))}`;
    const { json } = await backend.chat(ask([videoAt(url)], { media_io_kwargs: { video } }));
    expect(seen(json)).toBe(`[${expected.join(';')}]`);
  });

  it('comes as MP4, beside sound', async () => {
    const sound = { data: base64(wavOf([[440, 0.5]])), format: 'wav' };
    const { json } = await backend.chat(
      ask([input(fixture('moving.mp4'), 'mp4'), { type: 'input_audio', input_audio: sound }]),
    );
    expect(seen(json)).toMatch(/^\[(rgb\(\d+,\d+,\d+\);){3}rgb\(\d+,\d+,\d+\)\] 440Hz\/0\.5s$/);
  });

  it.each<[boolean | null, boolean]>([
    [true, true],
    [false, false],
    [null, false],
  ])('use_audio_in_video %j: its own sound is heard, too: %j', async (use_audio_in_video, heard) => {
    const body = ask([input(fixture('moving.mp4'), 'mp4')], { mm_processor_kwargs: { use_audio_in_video } });
    const { json } = await backend.chat(body);
    expect(/\d+Hz\/\d/.test(seen(json) ?? '')).toBe(heard);
    expect(json).toMatchObject({
      usage: { prompt_tokens_details: { audio_tokens: heard ? expect.any(Number) : 0, video_tokens: 8 } },
    });
  });

  it.each([
    ['silent.mov', 'mp4'],
    ['moving.gif', 'gif'],
  ])('%s has no sound and is only watched', async (name, format) => {
    const part = input(fixture(name), format);
    const body = ask([part], { mm_processor_kwargs: { use_audio_in_video: true } });
    const { status, json } = await backend.chat(body);
    expect(status).toBe(200);
    expect(json).toMatchObject({ usage: { prompt_tokens_details: { audio_tokens: 0, video_tokens: 8 } } });
  });

  it('refuses other ways of making media', async () => {
    const part = input(fixture('moving.gif'), 'gif');
    const { status, json } = await backend.chat(ask([part], { mm_processor_kwargs: { num_crops: 2 } }));
    expect({ status, json }).toMatchObject({
      status: 400,
      json: { error: { code: 'unsupported_parameter', param: 'mm_processor_kwargs' } },
    });
  });

  it.each<[string, () => object | Promise<object>, string]>([
    ['a wrong declared format', async () => input(await film('gif'), 'mp4'), 'invalid_video'],
    ['no video', () => input(Buffer.from('hello, world'), 'mp4'), 'invalid_video'],
    ['a sound', () => input(wavOf([[440, 0.5]]), 'mp4'), 'no_video_track'],
    ['a head and nothing else', () => input(fixture('moving.mp4').subarray(0, 40), 'mp4'), 'no_video_track'],
    ['nothing', () => input(new Uint8Array(), 'mp4'), 'empty_video_file'],
    [
      'base64 that is none',
      () => ({ type: 'input_video', input_video: { data: '@@@', format: 'mp4' } }),
      'invalid_base64_video',
    ],
  ])('is refused: %s', async (_name, part, code) => {
    const { status, json } = await backend.chat(ask([await part()]));
    expect({ status, json }).toMatchObject({
      status: 400,
      json: { error: { code, param: 'messages[0].content[0].input_video.data' } },
    });
  });

  it.each<[object, string, string]>([
    [{ num_frames: 5 }, 'num_frames', 'This model looks at no more than 4 frames of a video, got 5.'],
    [
      { num_frames: 1e9 },
      'num_frames',
      "'media_io_kwargs.video.num_frames' must be <= 1024, got 1000000000.",
    ],
    [
      { num_frames: '4' },
      'num_frames',
      '\'media_io_kwargs.video.num_frames\' must be integer or null, got "4".',
    ],
    [{ fps: -1 }, 'fps', "'media_io_kwargs.video.fps' must be > 0, got -1."],
  ])('refuses %j', async (video, field, message) => {
    const part = input(await film('gif', 2), 'gif');
    const { status, json } = await backend.chat(ask([part], { media_io_kwargs: { video } }));
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { param: `media_io_kwargs.video.${field}`, message } });
  });
});
