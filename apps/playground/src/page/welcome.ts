import { h, icon, icons } from './dom.ts';
import type { Kind } from './inputs.ts';
import type { Strings } from './strings.ts';

/** The files in `examples/`, drawn and spoken for this page, by the kind that they are attached as. */
export const exampleFiles = {
  image: [
    'apple.png',
    'panda.png',
    'umbrella.png',
    'mushroom.png',
    'sailboat.png',
    'watermelon.png',
    'sunflower.png',
    'rocket.png',
    'cactus.png',
    'penguin.png',
  ],
  video: [
    'penguin-walks.webp',
    'sailboat-sails.webp',
    'apple-grows.webp',
    'umbrella-falls.webp',
    'sunflower-appears.webp',
  ],
  audio: ['what-is-this.wav', 'zhe-shi-shenme.wav'],
} as const satisfies Record<Kind, readonly string[]>;

/** What an empty conversation shows: where to put what the question is about, and examples of what the model takes. */
export function welcome(
  strings: Strings,
  kinds: readonly Kind[],
  onChoose: () => void,
  onExample: (address: string, name: string) => void,
): HTMLElement {
  return h(
    'section',
    { className: 'welcome' },
    h(
      'button',
      { type: 'button', className: 'drop', onclick: onChoose },
      icon(icons.picture),
      h('strong', {}, strings.dropTitle(kinds)),
      h('span', {}, strings.dropHint(kinds)),
    ),
    h('h2', {}, strings.examplesTitle),
    ...(['image', 'video', 'audio'] as const)
      .filter((kind) => kinds.includes(kind))
      .map((kind) => exampleList(kind, strings, onExample)),
  );
}

const listClass: Record<Kind, string> = { image: 'examples', video: 'examples clips', audio: 'sounds' };

function exampleList(
  kind: Kind,
  strings: Strings,
  onExample: (address: string, name: string) => void,
): HTMLElement {
  const items = exampleFiles[kind].map((file, i) => {
    const name = strings.exampleNames[kind][i] ?? file;
    const address = `examples/${file}`;
    const face =
      kind === 'audio'
        ? [icon(icons.sound), h('span', {}, name)]
        : [h('img', { src: address, alt: '', width: 96, height: 96 })];
    const pick = () => onExample(address, name);
    return h(
      'li',
      {},
      h('button', { type: 'button', title: name, aria: { label: name }, onclick: pick }, ...face),
    );
  });
  return h('ul', { className: listClass[kind], aria: { label: strings.kinds[kind] } }, ...items);
}
