/** The header of a WAV file: RIFF chunks and what `fmt ` says (Microsoft, "Multiple Channel Audio Data and WAVE Files"). */
import { MediaError } from '../error.ts';
import { ascii, view } from '../formats/format.ts';
import { encodings, refusedEncodings, type SampleFormat } from './sample-format.ts';

/** From telephones' lowest to studio converters' highest; a header that says more or less is not believed. */
const sampleRates = { lowestHz: 1000, highestHz: 384_000 };

const extensible = 0xfffe;
/** Writers to a pipe declare this much or more, not knowing better. */
const streamedBytes = 0x7fff_0000;
/** Bytes 2–15 of a sub-format that stands for a format tag (KSDATAFORMAT_SUBTYPE_…). */
const subFormatTail = '\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71';

/** Other audio files, refused by name so that the message can say what to do. */
const refused: { name: string; matches(bytes: Uint8Array): boolean }[] = [
  { name: 'FLAC', matches: (b) => ascii(b, 0, 4) === 'fLaC' },
  { name: 'Ogg', matches: (b) => ascii(b, 0, 4) === 'OggS' },
  { name: 'MP4 (M4A)', matches: (b) => ascii(b, 4, 4) === 'ftyp' },
  { name: 'WebM', matches: (b) => ascii(b, 0, 4) === '\x1a\x45\xdf\xa3' },
  { name: 'AIFF', matches: (b) => ascii(b, 0, 4) === 'FORM' && /^AIF[FC]/.test(ascii(b, 8, 4)) },
  { name: 'AMR', matches: (b) => ascii(b, 0, 5) === '#!AMR' },
  { name: 'RF64', matches: (b) => ['RF64', 'BW64', 'RIFX'].includes(ascii(b, 0, 4)) },
  // The frame sync of MPEG audio and of AAC in ADTS; last, for it is only eleven bits.
  {
    name: 'MP3 or AAC',
    matches: (b) => ascii(b, 0, 3) === 'ID3' || (b[0] === 0xff && ((b[1] ?? 0) & 0xe0) === 0xe0),
  },
];

export interface WavHeader {
  readonly encoding: string;
  readonly format: SampleFormat;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** The samples that are in the file, whatever the header says there should be. */
  readonly data: Uint8Array;
  /** The file ends before its samples do. A stream's header, which says 0 or 4 GiB, does not count. */
  readonly cutOff: boolean;
}

export const corruptWav = (what: string): MediaError =>
  new MediaError('audio_parse_error', `The WAV file is corrupt: ${what}.`);

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
  /** All that follows the chunk's head. */
  readonly rest: Uint8Array;
  /** As declared. */
  readonly sizeBytes: number;
  readonly whole: boolean;
}

/** The chunks; the last one is cut at the end of the file. What RIFF itself says of its size is often wrong and not read. */
function* chunks(bytes: Uint8Array): Generator<Chunk> {
  const fields = view(bytes);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const sizeBytes = fields.getUint32(at + 4, true);
    const end = at + 8 + sizeBytes;
    yield {
      name: ascii(bytes, at, 4),
      data: bytes.subarray(at + 8, end),
      rest: bytes.subarray(at + 8),
      sizeBytes,
      whole: end <= bytes.length,
    };
    at = end + (sizeBytes % 2); // padded to even
  }
}

/** Whether the bytes begin with the head of a chunk that is there as a whole. */
const isChunk = (bytes: Uint8Array): boolean =>
  /^[\x20-\x7e]{4}$/.test(ascii(bytes, 0, 4)) &&
  bytes.length >= 8 &&
  view(bytes).getUint32(4, true) <= bytes.length - 8;

function assertWav(bytes: Uint8Array): void {
  if (ascii(bytes, 0, 4) === 'RIFF') {
    if (bytes.length < 12) throw corruptWav('it ends within its header');
    if (ascii(bytes, 8, 4) === 'WAVE') return;
  }
  const known = refused.find((candidate) => candidate.matches(bytes));
  if (known) {
    throw new MediaError('unsupported_audio_format', `${known.name} audio is not supported; send WAV.`);
  }
  throw new MediaError('invalid_audio', 'The data is not a WAV file.');
}

/** The format tag; of WAVE_FORMAT_EXTENSIBLE the one that its sub-format stands for. */
function formatTag(fmt: Uint8Array): number {
  const tag = view(fmt).getUint16(0, true);
  if (tag !== extensible) return tag;
  if (fmt.length < 40) throw corruptWav('its extended format chunk is too short');
  if (ascii(fmt, 26, 14) !== subFormatTail) {
    throw new MediaError(
      'unsupported_audio_format',
      'The WAV file has an unknown sub-format; send 16-bit PCM.',
    );
  }
  return view(fmt).getUint16(24, true);
}

function readFormat(fmt: Uint8Array): Omit<WavHeader, 'cutOff' | 'data'> {
  if (fmt.length < 16) throw corruptWav('its format chunk is too short');
  const fields = view(fmt);
  const tag = formatTag(fmt);
  const channels = fields.getUint16(2, true);
  const sampleRateHz = fields.getUint32(4, true);
  const frameBytes = fields.getUint16(12, true);
  const bits = fields.getUint16(14, true);
  const encoding = encodings[tag];
  const format = encoding?.formats[bits];
  if (!encoding || !format) {
    const what = encoding?.name ?? refusedEncodings[tag] ?? `format ${tag}`;
    throw new MediaError(
      'unsupported_audio_format',
      `WAV files of ${what} with ${bits} bits are not supported; send 16-bit PCM.`,
    );
  }
  if (channels === 0) throw corruptWav('it has no channels');
  if (sampleRateHz < sampleRates.lowestHz || sampleRateHz > sampleRates.highestHz) {
    const { lowestHz, highestHz } = sampleRates;
    throw corruptWav(`its sample rate is ${sampleRateHz} Hz, not between ${lowestHz} and ${highestHz}`);
  }
  if (frameBytes !== channels * format.sizeBytes) {
    throw corruptWav(`${channels} channels of ${bits} bits do not take ${frameBytes} bytes`);
  }
  return { encoding: encoding.name, format, channels, sampleRateHz };
}

/** Reads the header alone. Throws `MediaError`. */
export function readWavHeader(bytes: Uint8Array): WavHeader {
  assertWav(bytes);
  let found: Omit<WavHeader, 'cutOff' | 'data'> | undefined;
  for (const { name, data, rest, sizeBytes, whole } of chunks(bytes)) {
    if (name === 'data') {
      if (!found) throw corruptWav('its samples come before their format');
      // Some writers to a pipe leave 0 there, and samples follow.
      if (sizeBytes === 0 && !isChunk(rest)) return { ...found, data: rest, cutOff: false };
      return { ...found, data, cutOff: !whole && sizeBytes < streamedBytes };
    }
    if (!whole) break;
    if (name === 'fmt ') found ??= readFormat(data);
  }
  throw corruptWav(found ? 'it ends before its samples' : 'it ends before its format');
}
