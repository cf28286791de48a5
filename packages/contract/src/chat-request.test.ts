import { describe, expect, it } from 'vitest';
import { type ErrorCode, Problem, parseChatRequest, withMediaUrls } from './index.ts';

const user = (content: unknown) => ({ role: 'user', content });
const picture = (url: string, more = {}) => ({ type: 'image_url', image_url: { url, ...more } });
const base = { model: 'x-llm-tiny', messages: [user('hello')] };
const sound = (data: string, format = 'wav') => ({ type: 'input_audio', input_audio: { data, format } });
const png = 'data:image/png;base64,iVBORw0KGgo=';

const problem = (body: unknown, options = {}): Problem => {
  try {
    parseChatRequest(body, options);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was accepted');
};

describe('accepted', () => {
  it.each<[string, object]>([
    ['a string', base],
    ['parts', { ...base, messages: [user([{ type: 'text', text: 'what?' }, picture(png)])] }],
    [
      'every role',
      {
        ...base,
        messages: [
          { role: 'system', content: 'be brief' },
          { role: 'developer', content: [{ type: 'text', text: 'be kind' }] },
          user('hi'),
          { role: 'assistant', content: 'hello', refusal: null },
          user('again'),
        ],
      },
    ],
    [
      'all options',
      {
        ...base,
        temperature: 0,
        top_p: 1,
        top_k: 5,
        repetition_penalty: 1.2,
        seed: -3,
        stop: ['a', 'b'],
        max_tokens: 1,
        n: 1,
      },
    ],
    [
      'null for every option',
      { ...base, temperature: null, top_p: null, stop: null, stream: null, tools: null },
    ],
    [
      'options that ask for nothing',
      { ...base, tools: [], tool_choice: 'none', logprobs: false, presence_penalty: 0 },
    ],
    ['unknown fields', { ...base, x_vendor: { deep: true }, messages: [{ ...user('hi'), name: 'Ann' }] }],
    ['both token limits alike', { ...base, max_tokens: 7, max_completion_tokens: 7 }],
    ['usage in a stream', { ...base, stream: true, stream_options: { include_usage: true } }],
    [
      'every kind of part, several in a message',
      {
        ...base,
        messages: [
          user([
            sound('AAAA'),
            sound('AAAA', 'mp3'),
            { type: 'audio_url', audio_url: { url: 'data:audio/webm;codecs=opus;base64,AAAA' }, uuid: 'u1' },
            { type: 'input_video', input_video: { data: 'AAAA', format: 'mp4' } },
            { type: 'video_url', video_url: { url: 'data:video/mp4;base64,AAAA' } },
            { type: 'video_url', video_url: { url: 'DATA:video/webm;codecs=vp8,opus;BASE64,AAAA' } },
            picture(png),
            { type: 'text', text: 'compare' },
          ]),
        ],
      },
    ],
    [
      'how media are read',
      {
        ...base,
        media_io_kwargs: { video: { num_frames: 4, fps: 0.5 }, image: { unknown: 1 } },
        mm_processor_kwargs: {},
      },
    ],
    ['low detail', { ...base, messages: [user([picture(png, { detail: 'low' })])] }],
  ])('%s', (_name, body) => {
    expect(parseChatRequest(body).request).toBe(body);
  });
});

describe('refused with code and param', () => {
  const row = (over: object) => ({ ...base, ...over });
  it.each<[unknown, ErrorCode, string | null]>([
    [null, 'invalid_type', null],
    [[], 'invalid_type', null],
    [{ messages: base.messages }, 'missing_required_parameter', 'model'],
    [{ model: 'x' }, 'missing_required_parameter', 'messages'],
    [row({ model: 7 }), 'invalid_type', 'model'],
    [row({ model: '' }), 'invalid_value', 'model'],
    [row({ messages: [] }), 'empty_array', 'messages'],
    [row({ messages: 'hi' }), 'invalid_type', 'messages'],
    [row({ messages: Array.from({ length: 513 }, () => user('x')) }), 'array_above_max_length', 'messages'],
    [row({ messages: ['hi'] }), 'invalid_type', 'messages[0]'],
    [row({ messages: [{ content: 'hi' }] }), 'missing_required_parameter', 'messages[0].role'],
    [row({ messages: [{ role: 3, content: 'hi' }] }), 'invalid_type', 'messages[0].role'],
    [row({ messages: [{ role: 'tool', content: 'hi' }] }), 'unsupported_value', 'messages[0].role'],
    [row({ messages: [{ role: 'user' }] }), 'missing_required_parameter', 'messages[0].content'],
    [row({ messages: [user(null)] }), 'invalid_type', 'messages[0].content'],
    [row({ messages: [user([])] }), 'empty_array', 'messages[0].content'],
    [row({ messages: [user(['hi'])] }), 'invalid_type', 'messages[0].content[0]'],
    [
      row({ messages: [user([{ text: 'hi' }])] }),
      'missing_required_parameter',
      'messages[0].content[0].type',
    ],
    [
      row({ messages: [user([{ type: 'text' }])] }),
      'missing_required_parameter',
      'messages[0].content[0].text',
    ],
    [row({ messages: [user([{ type: 'text', text: 1 }])] }), 'invalid_type', 'messages[0].content[0].text'],
    [
      row({
        messages: [
          user('a'),
          user([
            { type: 'text', text: 'b' },
            { type: 'file', file: {} },
          ]),
        ],
      }),
      'unsupported_content_part',
      'messages[1].content[1].type',
    ],
    [
      row({ messages: [user([{ type: 'input_audio', input_audio: { format: 'wav' } }])] }),
      'missing_required_parameter',
      'messages[0].content[0].input_audio.data',
    ],
    [
      row({ messages: [user([{ type: 'input_audio', input_audio: { data: 'AAAA' } }])] }),
      'missing_required_parameter',
      'messages[0].content[0].input_audio.format',
    ],
    [
      row({ messages: [user([sound('AAAA', 'midi')])] }),
      'unsupported_audio_format',
      'messages[0].content[0].input_audio.format',
    ],
    [
      row({ messages: [user([{ type: 'input_video', input_video: { data: 7, format: 'mp4' } }])] }),
      'invalid_type',
      'messages[0].content[0].input_video.data',
    ],
    [
      row({ messages: [user([{ type: 'video_url', video_url: 'data:video/mp4;base64,AAAA' }])] }),
      'invalid_type',
      'messages[0].content[0].video_url',
    ],
    [row({ media_io_kwargs: 'fast' }), 'invalid_type', 'media_io_kwargs'],
    [
      row({ media_io_kwargs: { video: { num_frames: 1e9 } } }),
      'invalid_value',
      'media_io_kwargs.video.num_frames',
    ],
    [
      row({ media_io_kwargs: { video: { num_frames: 0 } } }),
      'invalid_value',
      'media_io_kwargs.video.num_frames',
    ],
    [
      row({ media_io_kwargs: { video: { num_frames: '4' } } }),
      'invalid_type',
      'media_io_kwargs.video.num_frames',
    ],
    [row({ media_io_kwargs: { video: { fps: -1 } } }), 'invalid_value', 'media_io_kwargs.video.fps'],
    [row({ media_io_kwargs: { video: { fps: 0 } } }), 'invalid_value', 'media_io_kwargs.video.fps'],
    [row({ mm_processor_kwargs: { num_crops: 4 } }), 'unsupported_parameter', 'mm_processor_kwargs'],
    [
      row({ messages: [{ role: 'system', content: [picture(png)] }] }),
      'unsupported_content_part',
      'messages[0].content[0].type',
    ],
    [
      row({ messages: [user([{ type: 'image_url', image_url: png }])] }),
      'invalid_type',
      'messages[0].content[0].image_url',
    ],
    [
      row({ messages: [user([{ type: 'image_url', image_url: {} }])] }),
      'missing_required_parameter',
      'messages[0].content[0].image_url.url',
    ],
    [
      row({ messages: [user([picture(png, { detail: 'high' })])] }),
      'unsupported_value',
      'messages[0].content[0].image_url.detail',
    ],
    [row({ temperature: '1' }), 'invalid_type', 'temperature'],
    [row({ temperature: 2.5 }), 'invalid_value', 'temperature'],
    [row({ temperature: -0.1 }), 'invalid_value', 'temperature'],
    [row({ top_p: 1.01 }), 'invalid_value', 'top_p'],
    [row({ top_k: 0 }), 'invalid_value', 'top_k'],
    [row({ top_k: 1.5 }), 'invalid_type', 'top_k'],
    [row({ repetition_penalty: 0 }), 'invalid_value', 'repetition_penalty'],
    [row({ seed: 1.5 }), 'invalid_type', 'seed'],
    [row({ stop: ['a', 'b', 'c', 'd', 'e'] }), 'array_above_max_length', 'stop'],
    [row({ stop: '' }), 'invalid_value', 'stop'],
    [row({ stop: [3] }), 'invalid_type', 'stop[0]'],
    [row({ max_tokens: 0 }), 'invalid_value', 'max_tokens'],
    [row({ max_tokens: 1e308 }), 'invalid_value', 'max_tokens'],
    [row({ top_k: 1e18 }), 'invalid_value', 'top_k'],
    [row({ max_tokens: 5, max_completion_tokens: 6 }), 'invalid_value', 'max_tokens'],
    [row({ stream: 'yes' }), 'invalid_type', 'stream'],
    [row({ stream_options: { include_usage: true } }), 'invalid_value', 'stream_options'],
    [
      row({ stream: true, stream_options: { include_obfuscation: true } }),
      'unsupported_parameter',
      'stream_options.include_obfuscation',
    ],
    [row({ n: 2 }), 'unsupported_value', 'n'],
    [row({ tools: [{ type: 'function' }] }), 'unsupported_parameter', 'tools'],
    [row({ tool_choice: 'required' }), 'unsupported_parameter', 'tool_choice'],
    [row({ logprobs: true }), 'unsupported_parameter', 'logprobs'],
    [row({ top_logprobs: 3 }), 'unsupported_parameter', 'top_logprobs'],
    [row({ logit_bias: { 50256: -100 } }), 'unsupported_parameter', 'logit_bias'],
    [row({ presence_penalty: 0.5 }), 'unsupported_parameter', 'presence_penalty'],
    [row({ frequency_penalty: 0.5 }), 'unsupported_parameter', 'frequency_penalty'],
    [row({ response_format: { type: 'json_object' } }), 'unsupported_value', 'response_format.type'],
    [row({ modalities: ['text', 'audio'] }), 'unsupported_value', 'modalities'],
    [row({ audio: { voice: 'x' } }), 'unsupported_parameter', 'audio'],
    [row({ store: true }), 'unsupported_parameter', 'store'],
    [row({ service_tier: 'flex' }), 'unsupported_value', 'service_tier'],
    [row({ guided_json: {} }), 'unsupported_parameter', 'guided_json'],
  ])('%# %j', (body, code, param) => {
    const refusal = problem(body);
    expect({ code: refusal.code, param: refusal.param, status: refusal.status }).toEqual({
      code,
      param,
      status: 400,
    });
  });

  it('says what is wrong with the value, and never echoes a long one', () => {
    expect(problem({ ...base, temperature: 'hot' }).message).toBe(
      '\'temperature\' must be number or null, got "hot".',
    );
    expect(problem({ ...base, n: 2 }).message).toBe("'n' must be 1, got 2. One answer per request.");
    expect(problem({ ...base, logprobs: true }).message).toBe(
      "'logprobs' is not supported (got true); leave it out.",
    );
    expect(problem({ ...base, tools: [{}] }).message).toBe(
      "'tools' is not supported (got a list); only an empty list is taken.",
    );
    expect(problem({ ...base, temperature: 'x'.repeat(1e6) }).message.length).toBeLessThan(200);
  });
});

describe('media', () => {
  const ask = (...urls: string[]) => ({
    ...base,
    messages: [user('look'), user(urls.map((url) => picture(url)))],
  });
  const part = (kind: 'audio' | 'video', url: string) => ({ type: `${kind}_url`, [`${kind}_url`]: { url } });
  const show = (...parts: object[]) => ({ ...base, messages: [user(parts)] });

  it('lists them with where they stand', () => {
    expect(parseChatRequest(ask(png)).media).toEqual([
      {
        kind: 'image',
        message: 1,
        part: 0,
        param: 'messages[1].content[0].image_url.url',
        format: undefined,
        source: { kind: 'data', base64: 'iVBORw0KGgo=' },
      },
    ]);
    const body = show(
      { type: 'text', text: 'hear' },
      sound('UklG', 'mp3'),
      part('video', 'data:video/MP4;base64,AAAA'),
    );
    expect(parseChatRequest(body).media).toEqual([
      {
        kind: 'audio',
        message: 0,
        part: 1,
        param: 'messages[0].content[1].input_audio.data',
        format: 'mp3',
        source: { kind: 'data', base64: 'UklG' },
      },
      {
        kind: 'video',
        message: 0,
        part: 2,
        param: 'messages[0].content[2].video_url.url',
        format: undefined,
        source: { kind: 'data', base64: 'AAAA' },
      },
    ]);
  });

  it.each<[string, ErrorCode]>([
    ['https://example.com/cat.png', 'unsupported_image_url'],
    ['HTTP://example.com/cat.png', 'unsupported_image_url'],
    ['file:///etc/passwd', 'invalid_image_url'],
    ['attachment:a', 'invalid_image_url'],
    ['cat.png', 'invalid_image_url'],
    ['data:image/png,plain', 'invalid_image_url'],
    ['data:image/png;base64', 'invalid_image_url'],
    ['data:image/svg+xml;base64,PHN2Zz4=', 'unsupported_image_media_type'],
    ['data:text/html;base64,PGI+', 'unsupported_image_media_type'],
    ['data:image/png;base64,', 'empty_image_file'],
  ])('%s is refused: %s', (url, code) => {
    expect(problem(ask(url))).toMatchObject({ code, param: 'messages[1].content[0].image_url.url' });
  });

  it.each<['audio' | 'video', string, ErrorCode]>([
    ['audio', 'https://example.com/a.wav', 'unsupported_audio_url'],
    ['audio', 'UklGRg==', 'invalid_audio_url'],
    ['audio', 'attachment:a', 'invalid_audio_url'],
    ['audio', 'data:image/png;base64,AAAA', 'unsupported_audio_format'],
    ['audio', 'data:audio/wav;base64,', 'empty_audio_file'],
    ['video', 'http://example.com/a.mp4', 'unsupported_video_url'],
    ['video', 'data:video/mp4,plain', 'invalid_video_url'],
    ['video', 'data:audio/wav;base64,AAAA', 'unsupported_video_format'],
    ['video', 'data:video/mp4;base64,', 'empty_video_file'],
  ])('%s at %s is refused: %s', (kind, url, code) => {
    expect(problem(show(part(kind, url)))).toMatchObject({
      code,
      param: `messages[0].content[0].${kind}_url.url`,
    });
  });

  it('refuses a sound of nothing', () => {
    expect(problem(show(sound('')))).toMatchObject({
      code: 'empty_audio_file',
      param: 'messages[0].content[0].input_audio.data',
    });
  });

  it('takes attachments on the inner hop only', () => {
    const [image] = parseChatRequest(ask('attachment:a'), { attachments: true }).media;
    expect(image?.source).toEqual({ kind: 'attachment', name: 'a' });
    const [heard] = parseChatRequest(show(sound('attachment:b')), { attachments: true }).media;
    expect(heard?.source).toEqual({ kind: 'attachment', name: 'b' });
    const [outside] = parseChatRequest(show(sound('attachment:b'))).media;
    expect(outside?.source).toEqual({ kind: 'data', base64: 'attachment:b' });
  });

  it('bounds their number, each kind by itself', () => {
    const maxMedia = { image: 2, audio: 1, video: 1 };
    expect(problem(ask(png, png, png), { maxMedia })).toMatchObject({
      code: 'too_many_images',
      param: 'messages[1].content[2].image_url.url',
      message: 'A request may hold 2 pictures.',
    });
    expect(problem(show(picture(png), sound('AAAA'), sound('AAAA')), { maxMedia })).toMatchObject({
      code: 'too_many_audios',
      param: 'messages[0].content[2].input_audio.data',
    });
    const video = part('video', 'data:video/mp4;base64,AAAA');
    expect(problem(show(video, video), { maxMedia }).code).toBe('too_many_videos');
  });

  it('puts attachments in their place, in parts of the same type', () => {
    const video = part('video', 'data:video/mp4;base64,AAAA');
    const parsed = parseChatRequest(
      show(sound('AAAA', 'mp3'), { type: 'text', text: 'x' }, picture(png), video),
    );
    const moved = withMediaUrls(parsed, ({ kind, part: at }) => `attachment:${kind}-${at}`);
    expect(moved.messages[0]?.content).toEqual([
      sound('attachment:audio-0', 'mp3'),
      { type: 'text', text: 'x' },
      picture('attachment:image-2'),
      part('video', 'attachment:video-3'),
    ]);
  });
});
