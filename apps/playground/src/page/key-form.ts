import { h } from './dom.ts';
import type { Strings } from './strings.ts';

/** Asks for the API key when the address did not bring one, or the server refused it. */
export function keyForm(strings: Strings, refused: boolean, onKey: (key: string) => void): HTMLElement {
  const input = h('input', {
    type: 'password',
    id: 'key',
    autocomplete: 'off',
    spellcheck: false,
    required: true,
  });
  const form = h(
    'form',
    { className: 'key' },
    h('h2', {}, strings.keyTitle),
    h('p', {}, strings.keyHint),
    refused && h('p', { className: 'error', role: 'alert' }, strings.keyWrong),
    h('label', { htmlFor: 'key' }, strings.keyLabel),
    h(
      'div',
      { className: 'row' },
      input,
      h('button', { type: 'submit', className: 'primary' }, strings.keySave),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() !== '') onKey(input.value.trim());
  });
  return form;
}
