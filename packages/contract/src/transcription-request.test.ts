import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, Problem, parseTranscription, transcriptionForm } from './index.ts';
import { expectBody } from './testing.ts';

const wav = Uint8Array.of(82, 73, 70, 70, 13, 10, 45, 45);
const file = new File([wav], 'a.wav', { type: 'audio/wav' });

type Fields = [name: string, value: string | File][];
const needed: Fields = [
  ['file', file],
  ['model', 'x-llm-tiny'],
];

/** A form as it goes over the wire. */
async function sent(fields: Fields): Promise<[Uint8Array<ArrayBuffer>, string | null]> {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, value.name);
  }
  const request = new Response(form);
  return [new Uint8Array(await request.arrayBuffer()), request.headers.get('content-type')];
}

const parse = async (fields: Fields) => parseTranscription(...(await sent(fields)));
const parseText = async (text: string, type = 'multipart/form-data; boundary=x') =>
  parseTranscription(new TextEncoder().encode(text), type);

const refusal = async (parsing: Promise<unknown>): Promise<Problem> =>
  parsing.then(
    () => expect.fail('was accepted'),
    (error: unknown) => {
      if (error instanceof Problem) return error;
      throw error;
    },
  );

describe('a form', () => {
  it('becomes a typed request and the file', async () => {
    const parsed = await parse([
      ...needed,
      ['language', 'zh'],
      ['prompt', '听写'],
      ['response_format', 'verbose_json'],
      ['temperature', '0.5'],
      ['timestamp_granularities[]', 'word'],
      ['timestamp_granularities[]', 'segment'],
      ['stream', 'false'],
      ['unknown', 'x'],
      ['deep[unknown]', 'x'],
    ]);
    expect(parsed.request).toMatchObject({
      model: 'x-llm-tiny',
      language: 'zh',
      prompt: '听写',
      response_format: 'verbose_json',
      temperature: 0.5,
      timestamp_granularities: ['word', 'segment'],
      stream: false,
    });
    expect(parsed.file).toEqual({ name: 'a.wav', mediaType: 'audio/wav', bytes: wav });
  });

  it('takes lists without brackets, as curl users write them', async () => {
    const { request } = await parse([
      ...needed,
      ['response_format', 'verbose_json'],
      ['timestamp_granularities', 'word'],
    ]);
    expect(request.timestamp_granularities).toEqual(['word']);
  });

  it('goes back into a form', async () => {
    const parsed = await parse([
      ...needed,
      ['response_format', 'verbose_json'],
      ['temperature', '0'],
      ['timestamp_granularities[]', 'word'],
    ]);
    const form = transcriptionForm(parsed.request, { ...parsed.file, mediaType: 'audio/l16;rate=16000' });
    const again = await parse([...form]);
    expect(again.request).toEqual(parsed.request);
    expect(again.file).toEqual({ ...parsed.file, mediaType: 'audio/l16;rate=16000' });
  });
});

describe('refused with code and param', () => {
  it.each<[string, Fields, ErrorCode, string | null]>([
    ['no file', [['model', 'x']], 'missing_required_parameter', 'file'],
    ['no model', [['file', file]], 'missing_required_parameter', 'model'],
    [
      'an empty model',
      [
        ['file', file],
        ['model', ''],
      ],
      'invalid_value',
      'model',
    ],
    [
      'a file that is text',
      [
        ['file', 'a.wav'],
        ['model', 'x'],
      ],
      'invalid_type',
      'file',
    ],
    ['two files', [...needed, ['file', file]], 'invalid_value', 'file'],
    ['two models', [...needed, ['model', 'y']], 'invalid_value', 'model'],
    [
      'a model that is a file',
      [
        ['file', file],
        ['model', file],
      ],
      'invalid_type',
      'model',
    ],
    [
      'a format that is none',
      [...needed, ['response_format', 'docx']],
      'unsupported_value',
      'response_format',
    ],
    ['speakers', [...needed, ['response_format', 'diarized_json']], 'unsupported_value', 'response_format'],
    ['a language it does not know', [...needed, ['language', 'xx']], 'unsupported_value', 'language'],
    ['a temperature in words', [...needed, ['temperature', 'hot']], 'invalid_type', 'temperature'],
    ['a temperature of no number', [...needed, ['temperature', 'NaN']], 'invalid_type', 'temperature'],
    [
      'a temperature of a million digits',
      [...needed, ['temperature', `${'1'.repeat(1e6)}x`]],
      'invalid_type',
      'temperature',
    ],
    ['too high a temperature', [...needed, ['temperature', '1e9']], 'invalid_value', 'temperature'],
    ['a stream of maybe', [...needed, ['stream', 'maybe']], 'invalid_type', 'stream'],
    [
      'a granularity that is none',
      [...needed, ['response_format', 'verbose_json'], ['timestamp_granularities[]', 'letter']],
      'invalid_value',
      'timestamp_granularities[0]',
    ],
    [
      'granularities without verbose_json',
      [...needed, ['timestamp_granularities[]', 'word']],
      'invalid_value',
      'timestamp_granularities',
    ],
    [
      'a stream of subtitles',
      [...needed, ['stream', 'true'], ['response_format', 'srt']],
      'invalid_value',
      'response_format',
    ],
    ['log probabilities', [...needed, ['include[]', 'logprobs']], 'unsupported_parameter', 'include'],
    [
      'a chunking strategy',
      [...needed, ['chunking_strategy[type]', 'server_vad']],
      'unsupported_value',
      'chunking_strategy',
    ],
    [
      'more fields than anybody needs',
      Array.from({ length: 65 }, (_, at): [string, string] => [`f${at}`, 'x']),
      'invalid_form',
      null,
    ],
    [
      '__proto__',
      [
        ['__proto__', 'x'],
        ['file', file],
      ],
      'missing_required_parameter',
      'model',
    ],
  ])('%s', async (_, fields, code, param) => {
    const { status, ...problem } = await refusal(parse(fields));
    expect({ code: problem.code, param: problem.param, status }).toEqual({ code, param, status: 400 });
  });

  it.each([
    ['another type', 'application/json', '{}', 'unsupported_media_type', ''],
    ['no boundary', 'multipart/form-data', '{}', 'invalid_form', 'names no boundary'],
    [
      'a long boundary',
      `multipart/form-data; boundary=${'x'.repeat(71)}`,
      '{}',
      'invalid_form',
      'longer than 70',
    ],
    ['nothing', 'multipart/form-data; boundary=x', '', 'invalid_form', 'it is empty'],
    ['nonsense', 'multipart/form-data; boundary=x', 'nonsense', 'invalid_form', 'does not begin with'],
    [
      'a part without a name',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data\r\n\r\n1\r\n--x--\r\n',
      'invalid_form',
      'a part of it has no name',
    ],
    [
      'a form that is cut off',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nRIFF',
      'invalid_form',
      'it is cut off',
    ],
  ])('%s', async (_, type, body, code, message) => {
    const refused = await refusal(parseText(body, type));
    expect(refused.code).toBe(code);
    expect(refused.message).toContain(message);
  });
});

const head = (name: string) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n`;

it.each([
  [
    '380,000 parts',
    `${`${head('a')}\r\n1\r\n`.repeat(380_000)}--x--\r\n`,
    'MaxPartsExceededError',
    'more than 64 parts',
  ],
  [
    'a name of 19 MB',
    `${head('a'.repeat(19_000_000))}\r\n1\r\n--x--\r\n`,
    'MaxHeaderSizeExceededError',
    'longer than 8 KiB',
  ],
  [
    'a million headers',
    `${head('a')}${'a: b\r\n'.repeat(1e6)}\r\n1\r\n--x--\r\n`,
    'MaxHeaderSizeExceededError',
    'longer than 8 KiB',
  ],
  [
    '19 MB of no part',
    `${'x'.repeat(19_000_000)}\r\n--x--\r\n`,
    'MultipartParseError',
    'does not begin with the boundary',
  ],
])('%s are not read to their end', async (_, text, cause, message) => {
  const refused = await refusal(parseText(text));
  expect(refused).toMatchObject({ code: 'invalid_form', cause: { name: cause } });
  expect(refused.message).toContain(message);
});

it('whatever the fields hold, the answer is a request or a refusal that keeps the contract', async () => {
  const name = fc.oneof(
    fc.constantFrom('file', 'model', 'stream', 'temperature', 'include[]', 'language', 'model[]', 'file[x]'),
    fc.string(),
  );
  const value = fc.oneof(fc.constantFrom('true', '1', 'en', 'json', 'x-llm-tiny'), fc.string());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value)), async (more) => {
      try {
        await parse([...needed, ...more]);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        expect(error.status).toBe(400);
        expect(error.message.length).toBeLessThan(500);
        expectBody('createTranscription', 400, 'application/json', error.toJSON());
      }
    }),
    { numRuns: 200 },
  );
});
