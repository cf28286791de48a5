import { h, icon, icons } from './dom.ts';
import type { Kind } from './inputs.ts';
import type { Strings } from './strings.ts';

/** The pictures in `examples/`, drawn for this page. */
export const exampleFiles = [
  'apple',
  'panda',
  'umbrella',
  'mushroom',
  'sailboat',
  'watermelon',
  'sunflower',
  'rocket',
  'cactus',
  'penguin',
] as const;

/** What an empty conversation shows: where to put what the question is about, and pictures at hand. */
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
    h(
      'ul',
      { className: 'examples' },
      ...exampleFiles.map((file, i) => {
        const name = strings.exampleNames[i] ?? file;
        const address = `examples/${file}.png`;
        return h(
          'li',
          {},
          h(
            'button',
            { type: 'button', title: name, aria: { label: name }, onclick: () => onExample(address, name) },
            h('img', { src: address, alt: '', width: 96, height: 96 }),
          ),
        );
      }),
    ),
  );
}
