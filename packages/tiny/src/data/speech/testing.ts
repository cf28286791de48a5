/** Stand-ins for the engines, so that tests run without the packages: a beep per letter, of a pitch per voice. */
import { Engines, type OpenEngine } from './engines.ts';

export const beepSeconds = 0.06;

/** Beeps at 22,050 Hz, as eSpeak NG; crashes on texts with “crash” in them. `opened` counts how often it was opened. */
export function beepingEngines(): { engines: Engines; opened: () => number } {
  let count = 0;
  const open: OpenEngine = async () => {
    count++;
    let crashed = false;
    return {
      speak(text, voice, manner) {
        if (crashed) throw new Error('used after a crash');
        if (text.includes('crash')) {
          crashed = true;
          throw new RangeError('unreachable executed');
        }
        const hz = (150 + 20 * (voice.length % 9)) * 2 ** manner.pitch;
        const length = Math.round(text.length * beepSeconds * 22_050);
        const samples = Float32Array.from(
          { length },
          (_, at) => 0.2 * Math.sin((2 * Math.PI * hz * at) / 22_050),
        );
        return { sampleRateHz: 22_050, samples };
      },
    };
  };
  return {
    engines: new Engines({ espeak: '', flite: '' }, { espeak: open, flite: open }),
    opened: () => count,
  };
}
