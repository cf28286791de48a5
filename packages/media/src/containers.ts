/** Which container a file is, by its first bytes; what a sender or a file name says counts for nothing. */
import { ascii } from './formats/format.ts';

export type AudioFormat = 'aac' | 'flac' | 'matroska' | 'mov' | 'mp3' | 'mp4' | 'ogg' | 'wav' | 'webm';
export type VideoFormat = 'gif' | 'matroska' | 'mov' | 'mp4' | 'webm' | 'webp';
type Container = AudioFormat | VideoFormat;

/** The boxes that films from before `ftyp` begin with. */
const quickTimeBoxes = ['moov', 'mdat', 'free', 'skip', 'wide', 'pnot'];

const matches: Record<Container, (bytes: Uint8Array) => boolean> = {
  wav: (b) => ascii(b, 0, 4) === 'RIFF' && (b.length < 12 || ascii(b, 8, 4) === 'WAVE'),
  webp: (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 4) === 'WEBP',
  gif: (b) => ['GIF87a', 'GIF89a'].includes(ascii(b, 0, 6)),
  flac: (b) => ascii(b, afterTag(b), 4) === 'fLaC',
  ogg: (b) => ascii(b, 0, 4) === 'OggS',
  webm: (b) => isEbml(b) && ascii(b, 0, 64).includes('webm'),
  matroska: (b) => isEbml(b),
  mov: (b) =>
    ascii(b, 4, 8) === 'ftypqt  ' || (quickTimeBoxes.includes(ascii(b, 4, 4)) && b[0] === 0 && b[1] === 0),
  mp4: (b) => ascii(b, 4, 4) === 'ftyp',
  // The frame sync of MPEG audio and of AAC in ADTS is only eleven bits; the layer tells them apart.
  aac: (b) => layer(b) === 0,
  mp3: (b) => layer(b) === 1 || ascii(b, 0, 3) === 'ID3',
};

/** Files that people do send and that are refused by name, so that the message can say what to do. */
const refused: readonly { name: string; matches(bytes: Uint8Array): boolean }[] = [
  { name: 'AIFF', matches: (b) => ascii(b, 0, 4) === 'FORM' && /^AIF[FC]/.test(ascii(b, 8, 4)) },
  { name: 'AMR', matches: (b) => ascii(b, 0, 5) === '#!AMR' },
  { name: 'RF64', matches: (b) => ['RF64', 'BW64', 'RIFX'].includes(ascii(b, 0, 4)) },
  { name: 'AVI', matches: (b) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 4) === 'AVI ' },
  { name: 'Flash video', matches: (b) => ascii(b, 0, 3) === 'FLV' },
  { name: 'Windows Media', matches: (b) => ascii(b, 0, 4) === '\x30\x26\xb2\x75' },
  { name: 'MPEG programme stream', matches: (b) => ascii(b, 0, 4) === '\0\0\x01\xba' },
  { name: 'MPEG transport stream', matches: (b) => b[0] === 0x47 && b[188] === 0x47 && b[376] === 0x47 },
  { name: 'MPEG audio of layer 1 or 2', matches: (b) => [2, 3].includes(layer(b) ?? 0) },
  { name: 'PNG', matches: (b) => ascii(b, 0, 4) === '\x89PNG' },
  { name: 'JPEG', matches: (b) => ascii(b, 0, 3) === '\xff\xd8\xff' },
];

/** The container, or undefined when it is none of those that are decoded. */
export function containerOf(bytes: Uint8Array): Container | undefined {
  // `webm` before `matroska`, and the frame syncs last: the order of the record.
  return (Object.keys(matches) as Container[]).find((container) => matches[container](bytes));
}

/** The name of a kind of file that is known and refused. */
export const refusedContainer = (bytes: Uint8Array): string | undefined =>
  refused.find((candidate) => candidate.matches(bytes))?.name;

const isEbml = (bytes: Uint8Array): boolean => ascii(bytes, 0, 4) === '\x1a\x45\xdf\xa3';

/** The offset after an ID3v2 tag, whose length has seven bits a byte. */
function afterTag(bytes: Uint8Array): number {
  if (ascii(bytes, 0, 3) !== 'ID3') return 0;
  const sizeBytes = bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  return 10 + sizeBytes + ((bytes[5] ?? 0) & 0x10 ? 10 : 0);
}

/** The layer bits of an MPEG audio frame header: 0 is AAC, 1 layer 3; undefined where there is no header. */
function layer(bytes: Uint8Array): number | undefined {
  const at = afterTag(bytes);
  const second = bytes[at + 1] ?? 0;
  return bytes[at] === 0xff && (second & 0xe0) === 0xe0 ? (second >> 1) & 3 : undefined;
}
