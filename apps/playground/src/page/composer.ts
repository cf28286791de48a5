import { type Attachment, release } from './attachment.ts';
import { h, icon, icons } from './dom.ts';
import { type Inputs, kindsOf, picturesOnly } from './inputs.ts';
import { recorder } from './recorder.ts';
import { Refused } from './refused.ts';
import type { Strings } from './strings.ts';
import { tray } from './tray.ts';

export interface Composer {
  readonly element: HTMLElement;
  /** What goes with the question. */
  readonly media: readonly Attachment[];
  /** Offers what the model takes, and nothing else; what is attached and not taken is removed. */
  setInputs(inputs: Inputs): void;
  /** Takes what was dropped, pasted or chosen. */
  takeFile(file: Blob, name: string): Promise<void>;
  choose(): void;
  /** Sends a question with what is attached, as if it had been written. */
  send(question: string): void;
  setRunning(running: boolean): void;
  focus(): void;
  /** Lets go of the microphone, and of what is attached. */
  close(): void;
}

interface ComposerEvents {
  onSend: (question: string, media: readonly Attachment[]) => void;
  onStop: () => void;
  onMedia: () => void;
  /** An empty message: what was refused before no longer matters. */
  onRefused: (message: string) => void;
}

const accepted = {
  image: 'image/png,image/jpeg,image/webp,image/gif',
  audio: 'audio/*,.wav,.mp3,.flac,.ogg,.opus,.m4a,.aac,.weba',
  video: 'video/mp4,video/quicktime,video/webm,image/gif,image/webp',
};

/** Where a question is written: what goes with it, the text, and the buttons that attach, record, send or stop. */
export function composer(strings: Strings, { onSend, onStop, onMedia, onRefused }: ComposerEvents): Composer {
  let inputs = picturesOnly;
  let running = false;

  const file = h('input', { type: 'file', multiple: true, hidden: true });
  const attach = h('button', { type: 'button', className: 'icon' });
  const text = h('textarea', {
    rows: 1,
    placeholder: strings.placeholder,
    enterKeyHint: 'send',
    aria: { label: strings.placeholder },
  });
  const act = h('button', { type: 'submit', className: 'act' });
  const refuse = (error: unknown) => {
    const { reason, amounts } = error instanceof Refused ? error : new Refused('unknown');
    onRefused(strings.refusals[reason](amounts, kindsOf(inputs)));
    text.focus();
  };
  const attached = tray(strings, {
    onChange: () => {
      showAct();
      onMedia();
    },
    onRemoved: () => text.focus(),
    onRefused: refuse,
  });
  const microphone = recorder(strings, {
    onRecording: (recording) => {
      row.hidden = recording;
      onRefused('');
      if (!recording) text.focus();
    },
    onRecorded: (wav) => void takeFile(wav, strings.recorded),
    onRefused: refuse,
  });
  const row = h('div', { className: 'row' }, attach, microphone.button, file, text, act);
  const element = h('form', { className: 'composer' }, attached.element, row, microphone.strip);

  async function takeFile(blob: Blob, name: string): Promise<void> {
    onRefused('');
    await attached.add(blob, name, inputs);
    if (microphone.strip.hidden) text.focus();
  }

  function setInputs(next: Inputs): void {
    inputs = next;
    const kinds = kindsOf(inputs);
    const label = strings.attach(kinds);
    attach.hidden = kinds.length === 0;
    attach.title = label;
    attach.setAttribute('aria-label', label);
    attach.replaceChildren(icon(kinds.length > 1 ? icons.clip : icons.picture));
    file.accept = kinds.map((kind) => accepted[kind]).join(',');
    microphone.setAudio(inputs.audio);
    const [dropped] = attached.keepOnly(kinds);
    if (dropped) onRefused(strings.refusals[`no-${dropped.kind}`](undefined, kinds));
  }

  /** A question may be spoken; a picture or a video is none. */
  function askable(): boolean {
    if (attached.busy) return false;
    return text.value.trim() !== '' || attached.items.some(({ kind }) => kind === 'audio');
  }

  function showAct(): void {
    const label = running ? strings.stop : strings.send;
    act.replaceChildren(icon(running ? icons.stop : icons.send));
    act.title = label;
    act.setAttribute('aria-label', label);
    act.disabled = !running && !askable();
  }

  function setRunning(next: boolean): void {
    running = next;
    showAct();
  }

  function grow(): void {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
    showAct();
  }

  function send(question: string): void {
    if (running || attached.busy) return;
    onSend(question, attached.take());
  }

  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (running) return onStop();
    if (!askable() || !microphone.strip.hidden) return;
    const question = text.value.trim();
    text.value = '';
    grow();
    send(question);
  });
  text.addEventListener('input', grow);
  text.addEventListener('keydown', (event) => {
    // While a Chinese input method is composing, Enter chooses a word and must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!running) element.requestSubmit();
  });
  attach.onclick = () => file.click();
  file.onchange = () => {
    for (const chosen of file.files ?? []) void takeFile(chosen, chosen.name);
    file.value = '';
  };

  setInputs(inputs);
  setRunning(false);
  return {
    element,
    get media() {
      return attached.items;
    },
    setInputs,
    takeFile,
    choose: () => file.click(),
    send,
    setRunning,
    focus: () => text.focus(),
    close() {
      microphone.discard();
      attached.take().forEach(release);
    },
  };
}
