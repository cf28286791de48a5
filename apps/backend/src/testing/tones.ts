/** Sounds for tests whose pitch can be told again. */

export type Tone = readonly [hz: number, seconds: number];

/** Sines one after the other; 0 Hz is silence. */
export function tones(all: readonly Tone[], rateHz = 16_000): Float32Array {
  const parts = all.map(([hz, seconds]) =>
    Float32Array.from({ length: Math.round(seconds * rateHz) }, (_, at) =>
      hz === 0 ? 0 : 0.5 * Math.sin((2 * Math.PI * hz * (at + 0.5)) / rateHz),
    ),
  );
  const samples = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}

/** The same as a WAV file of 16 bits. */
export function wavOf(all: readonly Tone[], { rateHz = 16_000, channels = 1 } = {}): Buffer<ArrayBuffer> {
  const samples = tones(all, rateHz);
  const data = Buffer.alloc(samples.length * 2 * channels);
  for (let at = 0; at < data.length / 2; at++) {
    data.writeInt16LE(Math.round((samples[Math.floor(at / channels)] ?? 0) * 32_767), 2 * at);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rateHz, 24);
  head.writeUInt32LE(rateHz * 2 * channels, 28);
  head.writeUInt16LE(2 * channels, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
