import { encodeSpeech, preparedSpeechType } from '@x-llm/contract/inner';
import { decodeWav, inspectWav, resample, type WavInfo } from '@x-llm/media';

export interface PreparedSound {
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const modelRateHz = 16_000;

/** 8 MB of samples in memory at once; at 16 kHz two minutes. */
const maxEdgeFrames = 2_000_000;

/** Multiplications that resampling may take: 20 s of 44.1 kHz, for which a server core needs a quarter of a second. */
const maxEdgeWork = 120_000_000;

/**
 * Sound in the form that models hear, if it is a WAV file and short enough for a Worker; everything else as uploaded.
 * `format` is what the sender says that it is. Throws `MediaError` for a WAV file that is damaged.
 */
export function prepareSound(bytes: Uint8Array<ArrayBuffer>, format?: string): PreparedSound {
  const asUploaded = { mediaType: 'application/octet-stream', bytes };
  if (format !== undefined && format !== 'wav') return asUploaded;
  if (!isWav(bytes)) return asUploaded;
  const info = inspectWav(bytes, unlimited(bytes));
  if (info.frames > maxEdgeFrames || work(info) > maxEdgeWork) return asUploaded;
  const { samples, sampleRateHz } = decodeWav(bytes, unlimited(bytes));
  return { mediaType: preparedSpeechType, bytes: encodeSpeech(resample(samples, sampleRateHz, modelRateHz)) };
}

/** How long a sound may be is for the backend to say; what is done here is bounded above. */
const unlimited = ({ length }: Uint8Array) => ({
  maxBytes: length,
  maxSeconds: Number.POSITIVE_INFINITY,
  maxSamples: Number.POSITIVE_INFINITY,
});

function isWav(bytes: Uint8Array): boolean {
  const at = (start: number) => String.fromCharCode(...bytes.subarray(start, start + 4));
  return at(0) === 'RIFF' && at(8) === 'WAVE';
}

/** A window of the sinc for every sample that comes out, as `resample` does it. */
function work({ frames, sampleRateHz }: WavInfo): number {
  if (sampleRateHz === modelRateHz) return 0;
  const ratio = Math.max(1, sampleRateHz / modelRateHz);
  return frames * (modelRateHz / sampleRateHz) * 2 * 64 * ratio;
}
