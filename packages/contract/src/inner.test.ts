import { describe, expect, it } from 'vitest';
import {
  createInnerVerifier,
  decodeInnerRequest,
  decodeSpeechSamples,
  encodeInnerRequest,
  encodeSpeech,
  isPreparedSpeechType,
  parsePreparedImageType,
  preparedImageType,
  preparedSpeechType,
  signInner,
} from './inner.ts';

const body = new TextEncoder().encode('{"model":"x"}');
const request = { method: 'POST', path: '/v1/chat/completions', contentType: 'application/json', body };
const start = 1_800_000_000_000;

describe('signature', () => {
  it('is accepted once', async () => {
    const { verify } = createInnerVerifier('secret', () => start);
    const header = await signInner('secret', request, start);
    await verify(header, request);
    await expect(verify(header, request)).rejects.toMatchObject({ code: 'invalid_signature' });
    await verify(await signInner('secret', request, start), request);
  });

  it.each([
    ['another secret', 'other', request],
    ['another method', 'secret', { ...request, method: 'GET' }],
    ['another path', 'secret', { ...request, path: '/v1/models' }],
    ['another query', 'secret', { ...request, path: '/v1/chat/completions?a=1' }],
    ['another content type', 'secret', { ...request, contentType: 'text/plain' }],
    ['another body', 'secret', { ...request, body: body.slice(1) }],
  ])('is refused for %s', async (_, secret, received) => {
    const { verify } = createInnerVerifier(secret, () => start);
    await expect(verify(await signInner('secret', request, start), received)).rejects.toMatchObject({
      code: 'invalid_signature',
      status: 401,
    });
  });

  it.each([
    null,
    undefined,
    '',
    'v1',
    'v1,t=1,n=2,s=3',
    `v2,t=1800000000,n=${'0'.repeat(32)},s=${'A'.repeat(43)}`,
  ])('is refused when it is %s', async (header) => {
    const { verify } = createInnerVerifier('secret', () => start);
    await expect(verify(header, request)).rejects.toMatchObject({ code: 'invalid_signature' });
  });

  it('holds for a minute either way', async () => {
    const header = await signInner('secret', request, start);
    for (const [offsetSeconds, accepted] of [
      [-59, true],
      [59, true],
      [-62, false],
      [62, false],
    ] as const) {
      const { verify } = createInnerVerifier('secret', () => start + offsetSeconds * 1000);
      const outcome = verify(header, request).then(
        () => true,
        () => false,
      );
      expect(await outcome, `${offsetSeconds} s`).toBe(accepted);
    }
  });
});

describe('multipart', () => {
  it('carries the JSON and the pictures, bytes and types intact', async () => {
    const pixels = Uint8Array.from({ length: 3000 }, (_, at) => (at * 7) & 255); // holds \r\n-- and the like
    const json = { model: 'x-llm-tiny', messages: [{ role: 'user', content: '这是什么? "ä"\r\n--x' }] };
    const { body: encoded, contentType } = encodeInnerRequest(json, [
      { name: 'image-0', mediaType: preparedImageType(40, 25), bytes: pixels },
      { name: 'image-1', mediaType: 'image/jpeg', bytes: Uint8Array.of(13, 10, 45, 45) },
    ]);
    const { request: decoded, attachments } = decodeInnerRequest(encoded, contentType);
    expect(decoded).toEqual(json);
    expect([...attachments.keys()]).toEqual(['image-0', 'image-1']);
    expect(attachments.get('image-0')?.bytes).toEqual(pixels);
    expect(parsePreparedImageType(attachments.get('image-0')?.mediaType ?? '')).toEqual({
      width: 40,
      height: 25,
    });
    expect(attachments.get('image-1')).toMatchObject({ mediaType: 'image/jpeg' });
    expect(parsePreparedImageType('image/jpeg')).toBeUndefined();
  });

  it.each([
    ['not multipart', 'multipart/form-data; boundary=x', 'nonsense', 'invalid_form'],
    [
      'JSON that is cut off',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="request"\r\n\r\n{"a\r\n--x--\r\n',
      'invalid_json',
    ],
  ])('%s is refused', (_, contentType, text, code) => {
    expect(() => decodeInnerRequest(new TextEncoder().encode(text), contentType)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('speech', () => {
  it('travels as big-endian 16-bit samples, as RFC 2586 has them', () => {
    const bytes = encodeSpeech(Float32Array.of(0, 0.5, -1, 1, -2, 1 / 32_768));
    expect([...bytes]).toEqual([0, 0, 0x40, 0, 0x80, 0, 0x7f, 0xff, 0x80, 0, 0, 1]);
    expect([...decodeSpeechSamples(bytes)]).toEqual([0, 0.5, -1, 32_767 / 32_768, -1, 1 / 32_768]);
    // A view into a larger buffer, as multipart parsers give.
    expect([...decodeSpeechSamples(bytes.subarray(2, 4))]).toEqual([0.5]);
    expect(() => decodeSpeechSamples(bytes.subarray(1))).toThrow(RangeError);
  });

  it.each([
    [preparedSpeechType, true],
    ['audio/L16; rate=16000', true],
    ['audio/l16;rate=8000', false],
    ['audio/l16;rate=16000;channels=2', false],
    ['audio/wav', false],
  ])('%s: %s', (mediaType, prepared) => {
    expect(isPreparedSpeechType(mediaType)).toBe(prepared);
  });
});
