/** Where the mel filters of `fbank` (@x-llm/media) lie: 20 Hz to 8 kHz, evenly on Kaldi's scale. */
const mel = (hz: number): number => 1127 * Math.log1p(hz / 700);
const hertz = (value: number): number => 700 * Math.expm1(value / 1127);

const lowest = mel(20);
const stepOf = (bins: number): number => (mel(8000) - lowest) / (bins + 1);

/** Centre of a filter, in Hz. */
export const filterCentre = (bin: number, bins: number): number => hertz(lowest + (bin + 1) * stepOf(bins));

/** The filter, or the place between filters, whose centre a frequency is. */
export const filterPlace = (hz: number, bins: number): number => (mel(hz) - lowest) / stepOf(bins) - 1;

/** Power that pre-emphasis by 0.97 leaves at a frequency, |1 − 0.97 e^(−iω)|². */
export function emphasis(hz: number): number {
  return 1 + 0.97 ** 2 - 2 * 0.97 * Math.cos((2 * Math.PI * hz) / 16_000);
}
