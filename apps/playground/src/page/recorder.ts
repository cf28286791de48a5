import { h, icon, icons } from './dom.ts';
import type { Inputs } from './inputs.ts';
import { peakOf, type Recording, record } from './microphone.ts';
import { Refused } from './refused.ts';
import type { Strings } from './strings.ts';
import { wavOf } from './wav.ts';

export interface Recorder {
  /** Starts a recording; hidden where the model does not hear. */
  readonly button: HTMLElement;
  /** What stands in the composer's place meanwhile. */
  readonly strip: HTMLElement;
  setAudio(audio: Inputs['audio']): void;
  discard(): void;
}

interface RecorderEvents {
  onRecording: (recording: boolean) => void;
  onRecorded: (wav: Blob) => void;
  onRefused: (error: unknown) => void;
}

/** A slip of the finger, not a question. */
const leastSeconds = 0.3;
/** −60 dB: a microphone that is switched off, or another one than the person speaks into. */
const leastPeak = 0.001;
/** What the meter still shows. */
const quietestDecibels = -50;

const time = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** The microphone: a button, and while it listens its level, the time, and buttons that keep or discard. */
export function recorder(strings: Strings, { onRecording, onRecorded, onRefused }: RecorderEvents): Recorder {
  let audio: Inputs['audio'] = null;
  let recording: Recording | undefined;
  // Changes with every start and end, so that what arrives late finds that it is no longer wanted.
  let session = 0;

  const labelled = (className: string, path: string, label: string, onclick: () => void) =>
    h('button', { type: 'button', className, title: label, aria: { label }, onclick }, icon(path));
  const button = labelled('icon microphone', icons.microphone, strings.record, () => void start());
  const discardButton = labelled('icon', icons.close, strings.recordDiscard, discard);
  const keepButton = labelled('act', icons.check, strings.recordKeep, () => void keep());
  const level = h('meter', { min: 0, max: 1, value: 0, aria: { label: strings.recordLevel } });
  const clock = h('span', { className: 'clock', role: 'timer' });
  const told = h('span', { className: 'told', role: 'status' });
  const strip = h(
    'div',
    { className: 'row recorder', role: 'group', hidden: true, aria: { label: strings.recording } },
    discardButton,
    told,
    level,
    clock,
    keepButton,
  );
  button.hidden = true;

  function show(listening: boolean): void {
    strip.hidden = !listening;
    onRecording(listening);
  }

  async function start(): Promise<void> {
    if (audio === null || !strip.hidden) return;
    const { sample_rate, max_seconds } = audio;
    const mine = ++session;
    keepButton.disabled = true;
    level.value = 0;
    clock.textContent = `${time(0)} / ${time(max_seconds)}`;
    told.textContent = strings.recordAsking;
    strip.dataset['state'] = 'asking';
    show(true);
    discardButton.focus();
    try {
      const opened = await record({
        sampleRateHz: sample_rate,
        maxSeconds: max_seconds,
        onHeard: (peak, seconds) => {
          level.value = loudness(peak);
          clock.textContent = `${time(seconds)} / ${time(max_seconds)}`;
        },
        onEnd: () => void keep(),
      });
      if (mine !== session) return opened.discard();
      recording = opened;
      strip.dataset['state'] = 'listening';
      told.textContent = strings.recording;
      keepButton.disabled = false;
      keepButton.focus();
    } catch (error) {
      if (mine !== session) return;
      discard();
      onRefused(error);
    }
  }

  async function keep(): Promise<void> {
    const ended = recording;
    if (ended === undefined || audio === null) return;
    recording = undefined;
    const mine = ++session;
    keepButton.disabled = true;
    const { sample_rate } = audio;
    try {
      const samples = await ended.stop();
      if (mine !== session) return;
      if (samples.length < leastSeconds * sample_rate) throw new Refused('recording-short');
      if (peakOf(samples) < leastPeak) throw new Refused('recording-silent');
      show(false);
      onRecorded(new Blob([wavOf(samples, sample_rate)], { type: 'audio/wav' }));
    } catch (error) {
      show(false);
      onRefused(error);
    }
  }

  function discard(): void {
    session++;
    recording?.discard();
    recording = undefined;
    if (!strip.hidden) show(false);
  }

  strip.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    discard();
  });

  return {
    button,
    strip,
    setAudio(next) {
      audio = next;
      if (audio === null) discard();
      button.hidden = next === null;
    },
    discard,
  };
}

/** A peak as a share of the meter, which shows decibels as ears do. */
const loudness = (peak: number): number =>
  Math.max(0, Math.min(1, 1 - (20 * Math.log10(Math.max(peak, 1e-9))) / quietestDecibels));
