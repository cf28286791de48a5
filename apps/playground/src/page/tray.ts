import { type Attachment, messageBytes, readAttachment, release } from './attachment.ts';
import { h, icon, icons } from './dom.ts';
import type { Inputs, Kind } from './inputs.ts';
import { mediaView } from './media-view.ts';
import type { Strings } from './strings.ts';

export interface Tray {
  readonly element: HTMLElement;
  readonly items: readonly Attachment[];
  /** Whether files are still being read. */
  readonly busy: boolean;
  /** Reads a file and shows it. What is refused is told to `onRefused`. */
  add(file: Blob, name: string, inputs: Inputs): Promise<void>;
  /** Removes what is of no such kind, and says what that was. */
  keepOnly(kinds: readonly Kind[]): readonly Attachment[];
  /** Empties it; the caller has the attachments from then on. */
  take(): readonly Attachment[];
}

interface TrayEvents {
  onChange: () => void;
  onRemoved: () => void;
  onRefused: (error: unknown) => void;
}

/** The pictures, sounds and videos that go with the question being written. */
export function tray(strings: Strings, { onChange, onRemoved, onRefused }: TrayEvents): Tray {
  let items: readonly Attachment[] = [];
  const entries = new Map<Attachment, HTMLElement>();
  // One file after another, so that they stay in order and each knows how much room there is.
  let reading: Promise<void> = Promise.resolve();
  let pending = 0;
  const element = h('ul', { className: 'preview', hidden: true, aria: { label: strings.attached } });

  function set(next: readonly Attachment[]): void {
    items = next;
    element.hidden = items.length === 0;
    onChange();
  }

  function drop(item: Attachment): void {
    entries.get(item)?.remove();
    entries.delete(item);
    release(item);
    set(items.filter((other) => other !== item));
  }

  function shown(item: Attachment): HTMLElement {
    const label = strings.remove(item.name);
    const remove = h('button', { type: 'button', className: 'remove', title: label, aria: { label } });
    remove.append(icon(icons.close));
    const entry = h('li', {}, mediaView(item, strings), remove);
    entries.set(item, entry);
    remove.onclick = () => {
      drop(item);
      onRemoved();
    };
    return entry;
  }

  async function read(file: Blob, name: string, inputs: Inputs): Promise<void> {
    try {
      const taken = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const item = await readAttachment(file, name, inputs, messageBytes - taken);
      element.append(shown(item));
      set([...items, item]);
    } catch (error) {
      onRefused(error);
    } finally {
      pending--;
      onChange();
    }
  }

  return {
    element,
    get items() {
      return items;
    },
    get busy() {
      return pending > 0;
    },
    add(file, name, inputs) {
      pending++;
      onChange();
      reading = reading.then(() => read(file, name, inputs));
      return reading;
    },
    keepOnly(kinds) {
      const others = items.filter(({ kind }) => !kinds.includes(kind));
      others.forEach(drop);
      return others;
    },
    take() {
      const taken = items;
      entries.clear();
      element.replaceChildren();
      set([]);
      return taken;
    },
  };
}
