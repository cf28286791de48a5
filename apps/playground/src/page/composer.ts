import { h, icon, icons } from './dom.ts';
import { type Picture, readPicture } from './picture.ts';
import type { Strings } from './strings.ts';

export interface Composer {
  readonly element: HTMLElement;
  readonly picture: Picture | undefined;
  setPicture(picture: Picture | undefined): void;
  /** Takes what was dropped, pasted or chosen. */
  takeFile(file: Blob, name: string): Promise<void>;
  choose(): void;
  setRunning(running: boolean): void;
  focus(): void;
}

interface ComposerEvents {
  onSend: (question: string, picture: Picture | undefined) => void;
  onStop: () => void;
  onPicture: (picture: Picture | undefined) => void;
  onRefused: (message: string) => void;
}

/** Where a question is written: the picture that goes with it, the text, and the button that sends or stops. */
export function composer(
  strings: Strings,
  { onSend, onStop, onPicture, onRefused }: ComposerEvents,
): Composer {
  let picture: Picture | undefined;
  let running = false;

  const file = h('input', {
    type: 'file',
    accept: 'image/png,image/jpeg,image/webp,image/gif',
    hidden: true,
  });
  const attach = h(
    'button',
    { type: 'button', className: 'icon', title: strings.attach, aria: { label: strings.attach } },
    icon(icons.picture),
  );
  const text = h('textarea', {
    rows: 1,
    placeholder: strings.placeholder,
    enterKeyHint: 'send',
    aria: { label: strings.placeholder },
  });
  const act = h('button', { type: 'submit', className: 'act' });
  const preview = h('div', { className: 'preview', hidden: true });
  const element = h(
    'form',
    { className: 'composer' },
    preview,
    h('div', { className: 'row' }, attach, file, text, act),
  );

  function setPicture(next: Picture | undefined): void {
    picture = next;
    preview.hidden = next === undefined;
    preview.replaceChildren();
    if (next !== undefined) {
      const label = strings.removePicture;
      const remove = h('button', { type: 'button', className: 'remove', title: label, aria: { label } });
      remove.append(icon(icons.close));
      remove.onclick = () => {
        setPicture(undefined);
        text.focus();
      };
      preview.append(h('img', { src: next.url, alt: next.name }), remove);
    }
    onPicture(next);
  }

  async function takeFile(blob: Blob, name: string): Promise<void> {
    try {
      setPicture(await readPicture(blob, name));
      text.focus();
    } catch {
      onRefused(strings.notAPicture);
    }
  }

  function setRunning(next: boolean): void {
    running = next;
    const label = running ? strings.stop : strings.send;
    act.replaceChildren(icon(running ? icons.stop : icons.send));
    act.title = label;
    act.setAttribute('aria-label', label);
    act.disabled = !running && text.value.trim() === '';
  }

  function grow(): void {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
    setRunning(running);
  }

  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (running) return onStop();
    const question = text.value.trim();
    if (question === '') return;
    const sent = picture;
    text.value = '';
    setPicture(undefined);
    grow();
    onSend(question, sent);
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
    const chosen = file.files?.[0];
    if (chosen !== undefined) void takeFile(chosen, chosen.name);
    file.value = '';
  };

  setRunning(false);
  return {
    element,
    get picture() {
      return picture;
    },
    setPicture,
    takeFile,
    choose: () => file.click(),
    setRunning,
    focus: () => text.focus(),
  };
}
