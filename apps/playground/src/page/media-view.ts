import type { Attachment } from './attachment.ts';
import { h } from './dom.ts';
import type { Strings } from './strings.ts';

/** A picture, or a player for what has a length. */
export function mediaView({ kind, name, url, type }: Attachment, strings: Strings): HTMLElement {
  const label = `${strings.kinds[kind]}: ${name}`;
  // Animated pictures play by themselves, in no player.
  if (kind === 'image' || type.startsWith('image/')) return h('img', { src: url, alt: name });
  if (kind === 'video') {
    return h('video', {
      src: url,
      controls: true,
      preload: 'metadata',
      playsInline: true,
      aria: { label },
    });
  }
  return h(
    'figure',
    { className: 'sound' },
    h('figcaption', {}, name),
    h('audio', { src: url, controls: true, preload: 'metadata', aria: { label } }),
  );
}
