import { describe, expect, it } from 'vitest';
import { MediaError } from '../error.ts';
import { chunk, extensible, type Fmt, fmt, riff, wavFile } from '../testing/wav-file.ts';
import { decodeWav, inspectWav } from './wav.ts';

const bytesOf = (values: Int16Array | Int32Array | Float32Array | Float64Array) =>
  new Uint8Array(values.buffer);
const decode = (fields: Fmt, data: Uint8Array) => [...decodeWav(wavFile(fields, data)).samples];
const pcm16 = bytesOf(Int16Array.of(0, 16_384, -32_768, 32_767));
const decoded16 = [0, 0.5, -1, 32_767 / 32_768];

describe('decodeWav', () => {
  it.each<[string, Fmt, Uint8Array, number[]]>([
    ['8-bit PCM is unsigned', { bits: 8 }, Uint8Array.of(0, 0x80, 0xc0, 0xff), [-1, 0, 0.5, 127 / 128]],
    ['16-bit PCM', {}, pcm16, decoded16],
    [
      '24-bit PCM',
      { bits: 24 },
      Uint8Array.of(0, 0, 0x80, 0xff, 0xff, 0xff, 0x01, 0, 0, 0, 0, 0x40),
      [-1, -(2 ** -23), 2 ** -23, 0.5],
    ],
    [
      '32-bit PCM, the largest of which is still below 1',
      { bits: 32 },
      bytesOf(Int32Array.of(-(2 ** 31), 2 ** 30, 2 ** 31 - 1)),
      [-1, 0.5, 1 - 2 ** -24],
    ],
    [
      '32-bit floats, clipped',
      { tag: 3, bits: 32 },
      bytesOf(Float32Array.of(-0.25, 1, 3, -3)),
      [-0.25, 1 - 2 ** -24, 1 - 2 ** -24, -1],
    ],
    ['64-bit floats', { tag: 3, bits: 64 }, bytesOf(Float64Array.of(0.125, -1e300)), [0.125, -1]],
    // Values of the tables that telephone equipment carries (G.711, as 16 bits).
    [
      'A-law',
      { tag: 6, bits: 8 },
      Uint8Array.of(0x00, 0x20, 0x2a, 0x40, 0x55, 0x80, 0xd5, 0xaa),
      [-5504, -22_016, -32_256, -344, -8, 5504, 8, 32_256].map((value) => value / 32_768),
    ],
    [
      'µ-law',
      { tag: 7, bits: 8 },
      Uint8Array.of(0x00, 0x10, 0x40, 0x7e, 0xfe, 0xff, 0xef, 0x80),
      [-32_124, -15_996, -1884, -8, 8, 0, 132, 32_124].map((value) => value / 32_768),
    ],
    ['two channels are averaged', { channels: 2 }, pcm16, [0.25, (decoded16[3] ?? 0) / 2 - 0.5]],
    ['three channels, the last frame not whole', { channels: 3 }, pcm16, [-1 / 6]],
  ])('%s', (_, fields, data, expected) => {
    expect(decode(fields, data)).toEqual(expected.map(Math.fround));
  });

  it('reads the sub-format of WAVE_FORMAT_EXTENSIBLE', () => {
    const data = bytesOf(Float32Array.of(0.5));
    const file = riff(
      chunk('fmt ', extensible({ tag: 3, bits: 32, sampleRateHz: 48_000 })),
      chunk('data', data),
    );
    expect(decodeWav(file)).toEqual({ sampleRateHz: 48_000, samples: Float32Array.of(0.5) });
  });

  it('skips other chunks, odd ones with their padding, and what follows the samples', () => {
    const odd = chunk('LIST', Uint8Array.of(1, 2, 3));
    const file = riff(
      odd,
      chunk('fmt ', fmt()),
      odd,
      chunk('data', pcm16),
      chunk('data', Uint8Array.of(9, 9)),
    );
    expect([...decodeWav(file).samples]).toEqual(decoded16);
  });

  it.each([
    ['streamed, its size unknown', 0xffffffff],
    ['that says it is longer than the file', 10_000],
  ])('a file %s gives the samples that are there', (_, sizeBytes) => {
    const file = riff(chunk('fmt ', fmt()), chunk('data', pcm16, sizeBytes));
    expect(inspectWav(file).frames).toBe(4);
    expect([...decodeWav(file.subarray(0, -3)).samples]).toEqual(decoded16.slice(0, 2));
  });

  it('a stream that says 0 gives the samples that follow, unless it is a chunk that does', () => {
    const streamed = riff(chunk('fmt ', fmt()), chunk('data', pcm16, 0));
    expect([...decodeWav(streamed).samples]).toEqual(decoded16);
    const silent = riff(
      chunk('fmt ', fmt()),
      chunk('data', new Uint8Array()),
      chunk('LIST', Uint8Array.of(1, 2)),
    );
    expect(() => decodeWav(silent)).toThrow(expect.objectContaining({ code: 'empty_audio_file' }));
  });

  it('reads a view into a larger buffer', () => {
    const file = wavFile({}, pcm16);
    const buffer = new Uint8Array(file.length + 5);
    buffer.set(file, 5);
    expect([...decodeWav(buffer.subarray(5)).samples]).toEqual(decoded16);
  });
});

const text = (value: string) => Uint8Array.from(value, (char) => char.charCodeAt(0));
const codeOf = (bytes: Uint8Array, limits = { maxBytes: 1e6, maxSeconds: 60, maxSamples: 1e7 }) => {
  try {
    decodeWav(bytes, limits);
    return 'decoded';
  } catch (error) {
    if (error instanceof MediaError) return error.code;
    throw error;
  }
};

describe('bad input', () => {
  it.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'empty_audio_file'],
    ['no samples', wavFile({}, new Uint8Array()), 'empty_audio_file'],
    ['less than one frame', wavFile({ channels: 3 }, Uint8Array.of(1, 2, 3, 4)), 'empty_audio_file'],
    ['text', text('hello, this is no sound'), 'invalid_audio'],
    ['three bytes', text('RIF'), 'invalid_audio'],
    ['a WebP picture', text('RIFF\x24\0\0\0WEBPVP8 '), 'invalid_audio'],
    ['RIFF alone', text('RIFF\x24\0\0\0'), 'audio_parse_error'],
    ['no chunks', riff(), 'audio_parse_error'],
    ['no format', riff(chunk('data', pcm16)), 'audio_parse_error'],
    ['samples before the format', riff(chunk('data', pcm16), chunk('fmt ', fmt())), 'audio_parse_error'],
    ['no samples chunk', riff(chunk('fmt ', fmt())), 'audio_parse_error'],
    ['a short format', riff(chunk('fmt ', fmt().subarray(0, 14)), chunk('data', pcm16)), 'audio_parse_error'],
    ['a cut format', riff(chunk('fmt ', fmt())).subarray(0, 30), 'audio_parse_error'],
    ['a chunk of 4 GiB', riff(chunk('LIST', pcm16, 0xfffffffe), chunk('fmt ', fmt())), 'audio_parse_error'],
    ['no channels', wavFile({ channels: 0 }, pcm16), 'audio_parse_error'],
    ['0 Hz', wavFile({ sampleRateHz: 0 }, pcm16), 'audio_parse_error'],
    ['4 GHz', wavFile({ sampleRateHz: 0xffffffff }, pcm16), 'audio_parse_error'],
    ['frames of no bytes', wavFile({ frameBytes: 0 }, pcm16), 'audio_parse_error'],
    ['frames of another size', wavFile({ frameBytes: 4 }, pcm16), 'audio_parse_error'],
    ['NaN', wavFile({ tag: 3, bits: 32 }, bytesOf(Float32Array.of(0, Number.NaN))), 'audio_parse_error'],
    ['12 bits', wavFile({ bits: 12, frameBytes: 2 }, pcm16), 'unsupported_audio_format'],
    ['ADPCM', wavFile({ tag: 2, bits: 4, frameBytes: 1 }, pcm16), 'unsupported_audio_format'],
    ['16-bit A-law', wavFile({ tag: 6 }, pcm16), 'unsupported_audio_format'],
    [
      'an unknown sub-format',
      riff(chunk('fmt ', extensible({}, 0x72)), chunk('data', pcm16)),
      'unsupported_audio_format',
    ],
    [
      'an extended format without its sub-format',
      riff(chunk('fmt ', extensible({}).subarray(0, 24)), chunk('data', pcm16)),
      'audio_parse_error',
    ],
    ['more bytes than the limit', wavFile({}, new Uint8Array(1e6)), 'audio_too_large'],
    [
      'more seconds than the limit',
      wavFile({ sampleRateHz: 1000 }, new Uint8Array(120_002)),
      'audio_too_long',
    ],
    ['as many seconds as the limit', wavFile({ sampleRateHz: 1000 }, new Uint8Array(120_000)), 'decoded'],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it.each([
    ['MP3', 'ID3\x04\0'],
    ['MP3', '\xff\xfb\x90\0'],
    ['FLAC', 'fLaC\0\0\0\x22'],
    ['Ogg', 'OggS\0\x02'],
    ['M4A', '\0\0\0\x20ftypM4A \0\0\0\0'],
    ['WebM', '\x1a\x45\xdf\xa3\x01\0'],
    ['AIFF', 'FORM\0\0\x10\0AIFFCOMM'],
    ['RF64', 'RF64\xff\xff\xff\xffWAVEds64'],
  ])('%s is refused by name', (name, start) => {
    expect(() => inspectWav(text(start))).toThrow(
      expect.objectContaining({ code: 'unsupported_audio_format', message: expect.stringContaining(name) }),
    );
  });

  it('any cut and any damaged header gives a sound or an MediaError, nothing else', () => {
    const file = riff(chunk('fmt ', extensible({ channels: 2 })), chunk('data', pcm16));
    for (let end = 0; end < file.length; end++) codeOf(file.subarray(0, end));
    for (let at = 0; at < file.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) codeOf(file.with(at, value));
    }
  });
});
