/** Builds WAV files for tests, broken ones too. */

const text = (value: string): Uint8Array => Uint8Array.from(value, (char) => char.charCodeAt(0));
const littleEndian = (sizeBytes: 2 | 4, value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes.subarray(0, sizeBytes);
};

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A chunk, padded to even; `sizeBytes` is what it says of itself. */
export const chunk = (name: string, data: Uint8Array, sizeBytes = data.length): Uint8Array =>
  join(text(name), littleEndian(4, sizeBytes), data, new Uint8Array(data.length % 2));

export const riff = (...chunks: readonly Uint8Array[]): Uint8Array =>
  chunk('RIFF', join(text('WAVE'), ...chunks));

export interface Fmt {
  tag?: number;
  channels?: number;
  sampleRateHz?: number;
  bits?: number;
  frameBytes?: number;
}

/** The fields of a `fmt ` chunk; 16-bit mono PCM at 16 kHz unless told otherwise. */
export function fmt({
  tag = 1,
  channels = 1,
  sampleRateHz = 16_000,
  bits = 16,
  frameBytes,
}: Fmt = {}): Uint8Array {
  const frame = frameBytes ?? (channels * bits) / 8;
  const rates = [littleEndian(4, sampleRateHz), littleEndian(4, sampleRateHz * frame)];
  return join(
    littleEndian(2, tag),
    littleEndian(2, channels),
    ...rates,
    littleEndian(2, frame),
    littleEndian(2, bits),
  );
}

/** WAVE_FORMAT_EXTENSIBLE around `fields`, its sub-format's last byte as given. */
export function extensible(fields: Fmt, lastByte = 0x71): Uint8Array {
  const plain = fmt({ ...fields, tag: 0xfffe });
  const guid = text('\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b');
  const extra = [littleEndian(2, 22), littleEndian(2, fields.bits ?? 16), littleEndian(4, 0)];
  return join(plain, ...extra, littleEndian(2, fields.tag ?? 1), guid, Uint8Array.of(lastByte));
}

/** A whole file. */
export const wavFile = (fields: Fmt, data: Uint8Array): Uint8Array =>
  riff(chunk('fmt ', fmt(fields)), chunk('data', data));
