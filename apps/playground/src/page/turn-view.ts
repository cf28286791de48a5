import type { Turn } from './conversation.ts';
import { h } from './dom.ts';
import { mediaView } from './media-view.ts';
import type { Strings } from './strings.ts';

export interface TurnView {
  readonly element: HTMLElement;
  update(): void;
}

/** One question with its answer. `update` after every change of the turn. */
export function turnView(turn: Turn, strings: Strings, onRetry: () => void): TurnView {
  const text = h('p', { className: 'text' });
  const notes = h('div', { className: 'notes' });
  const reply = h('div', { className: 'reply', aria: { busy: 'true' } }, text, notes);
  const element = h(
    'article',
    { className: 'turn' },
    h(
      'div',
      { className: 'question', aria: { label: strings.you } },
      ...turn.media.map((item) => mediaView(item, strings)),
      turn.question !== '' && h('p', { className: 'text' }, turn.question),
    ),
    reply,
  );

  function update(): void {
    const running = turn.state === 'asking' || turn.state === 'answering';
    reply.dataset['state'] = turn.state;
    reply.setAttribute('aria-busy', String(running));
    text.textContent = turn.state === 'asking' ? strings.thinking : turn.answer;
    text.hidden = text.textContent === '';
    notes.replaceChildren(...notesOf(turn, strings, onRetry));
  }
  update();
  return { element, update };
}

function notesOf(turn: Turn, strings: Strings, onRetry: () => void): Node[] {
  const retry = h('button', { type: 'button', className: 'link', onclick: onRetry }, strings.retry);
  if (turn.state === 'stopped') return [h('span', {}, strings.stopped), retry];
  if (turn.measured !== undefined) {
    const { firstMs, totalMs, tokens } = turn.measured;
    const measured = strings.measured(firstMs, totalMs, tokens);
    return [h('span', {}, turn.model === undefined ? measured : `${turn.model} · ${measured}`)];
  }
  if (turn.error === undefined) return [];
  const { code, status, message, requestId } = turn.error;
  const details = [status, code, requestId].filter((detail) => detail !== null).join(' · ');
  return [
    h(
      'div',
      { className: 'error', role: 'alert' },
      h('p', {}, strings.error(code) ?? message),
      details !== '' && h('p', { className: 'details' }, details),
    ),
    retry,
  ];
}
