/** How WAV files store a sample: linear PCM, IEEE floats, and the two companding laws of ITU-T G.711. */

export interface SampleFormat {
  readonly sizeBytes: number;
  /** One sample, full scale being 1. */
  read(data: DataView, at: number): number;
}

export interface Encoding {
  readonly name: string;
  /** By bits per sample. */
  readonly formats: Readonly<Record<number, SampleFormat>>;
}

const pcm: Encoding = {
  name: 'PCM',
  formats: {
    // 8 bits are unsigned, the others signed.
    8: { sizeBytes: 1, read: (data, at) => (data.getUint8(at) - 0x80) / 0x80 },
    16: { sizeBytes: 2, read: (data, at) => data.getInt16(at, true) / 0x8000 },
    24: {
      sizeBytes: 3,
      read: (data, at) => (data.getUint16(at, true) + data.getInt8(at + 2) * 0x10000) / 0x800000,
    },
    32: { sizeBytes: 4, read: (data, at) => data.getInt32(at, true) / 0x80000000 },
  },
};

const float: Encoding = {
  name: 'IEEE float',
  formats: {
    32: { sizeBytes: 4, read: (data, at) => data.getFloat32(at, true) },
    64: { sizeBytes: 8, read: (data, at) => data.getFloat64(at, true) },
  },
};

/** A-law (G.711 table 1): even bits inverted, sign set = positive, 8 segments of 16 steps; 13 bits, here as 16. */
function fromALaw(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

/** µ-law (G.711 table 2): all bits inverted, sign set = negative, bias 33; 14 bits, here as 16. */
function fromMuLaw(code: number): number {
  const bits = code ^ 0xff;
  const bias = 33 << 2;
  const magnitude = ((((bits & 15) << 3) + bias) << ((bits >> 4) & 7)) - bias;
  return bits & 0x80 ? -magnitude : magnitude;
}

const companded = (name: string, expand: (code: number) => number): Encoding => ({
  name,
  formats: { 8: { sizeBytes: 1, read: (data, at) => expand(data.getUint8(at)) / 0x8000 } },
});

/** By the format tag of the `fmt ` chunk (mmreg.h). */
export const encodings: Readonly<Record<number, Encoding>> = {
  1: pcm,
  3: float,
  6: companded('A-law', fromALaw),
  7: companded('µ-law', fromMuLaw),
};

/** Tags that people do send and that are refused by name. */
export const refusedEncodings: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MPEG',
  85: 'MP3',
};
