// The playground: one conversation about pictures. Everything it shows comes through the SDK.
import type { XLLM } from '@x-llm/sdk';
import { keepApiKey, takeApiKey } from './api-key.ts';
import { composer } from './composer.ts';
import { answer, newTurn, type Turn } from './conversation.ts';
import { h, icon, icons } from './dom.ts';
import { keyForm } from './key-form.ts';
import { type Picture, pictureIn } from './picture.ts';
import { clientFor, type ServerState, waitForModel } from './server.ts';
import { initialLanguage, type Language, rememberLanguage, strings } from './strings.ts';
import { type TurnView, turnView } from './turn-view.ts';
import { welcome } from './welcome.ts';

const app = document.getElementById('app') ?? document.body;
let language: Language = initialLanguage();
let apiKey = takeApiKey();
let client: XLLM | undefined;
let server: ServerState = { state: 'waking' };
let turns: Turn[] = [];
let running: AbortController | undefined;
let waiting = new AbortController();

/** Draws the page anew: at the start, in another language, with another key, for a new chat. */
function draw(): void {
  const words = strings[language];
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = `X-LLM · ${words.tagline}`;

  const status = h('span', { className: 'status', role: 'status' });
  const log = h('div', { className: 'log', role: 'log', aria: { label: words.log, live: 'polite' } });
  const suggestions = h('div', { className: 'suggestions', role: 'group' });
  suggestions.setAttribute('aria-label', words.suggestionsTitle);
  const main = h('main', {}, log);
  const input = composer(words, {
    onSend: (question, picture) => void ask(question, picture),
    onStop: () => running?.abort(),
    onPicture: () => suggest(),
    onRefused: (message) => notify(message),
  });
  const notice = h('p', { className: 'notice', role: 'alert', hidden: true });
  const header = h(
    'header',
    {},
    h('img', { src: 'icon.svg', alt: '', width: 28, height: 28 }),
    h('h1', {}, 'X-LLM'),
    status,
    h(
      'button',
      { type: 'button', className: 'link fresh', onclick: startOver },
      icon(icons.fresh),
      h('span', {}, words.newChat),
    ),
    h(
      'button',
      { type: 'button', className: 'link', lang: language === 'en' ? 'zh-CN' : 'en', onclick: translate },
      words.otherLanguage,
    ),
  );
  const footer = h('footer', {}, notice, suggestions, input.element);
  app.replaceChildren(header, main, footer);

  function showServer(next: ServerState): void {
    server = next;
    status.dataset['state'] = next.state;
    if (next.state === 'ready') status.textContent = `${next.model} · ${words.ready}`;
    else status.textContent = next.state === 'waking' ? words.waking : '';
    notify(next.state === 'unreachable' ? words.unreachable : '');
    if (next.state === 'key-refused') askForKey(true);
  }

  function notify(message: string): void {
    notice.textContent = message;
    notice.hidden = message === '';
  }

  function suggest(): void {
    const useful = input.picture !== undefined || (turns.length > 0 && running === undefined);
    suggestions.replaceChildren(
      ...(useful ? words.suggestions : []).map((question) =>
        h(
          'button',
          {
            type: 'button',
            onclick: () => {
              const picture = input.picture;
              input.setPicture(undefined);
              void ask(question, picture);
            },
          },
          question,
        ),
      ),
    );
  }

  function add(turn: Turn): TurnView {
    const view = turnView(turn, words, () => {
      if (running !== undefined) return;
      turns = turns.filter((other) => other !== turn);
      view.element.remove();
      void ask(turn.question, turn.picture);
    });
    log.append(view.element);
    return view;
  }

  async function ask(question: string, picture: Picture | undefined): Promise<void> {
    if (running !== undefined || client === undefined) return;
    notify('');
    main.querySelector('.welcome')?.remove();
    const turn = newTurn(question, picture);
    turns.push(turn);
    const view = add(turn);
    const controller = new AbortController();
    running = controller;
    input.setRunning(true);
    suggest();
    const follow = () => main.scrollTo({ top: main.scrollHeight });
    follow();
    const model = server.state === 'ready' ? server.model : 'x-llm-tiny';
    await answer(client, model, turns, controller.signal, () => {
      view.update();
      follow();
    });
    // Another page may have been drawn meanwhile, with a question of its own.
    if (running !== controller) return;
    running = undefined;
    input.setRunning(false);
    suggest();
    follow();
    if (turn.error?.code === 'invalid_api_key') askForKey(true);
    else input.focus();
  }

  function askForKey(refused: boolean): void {
    main.replaceChildren(
      keyForm(words, refused, (key) => {
        keepApiKey(key);
        apiKey = key;
        draw();
      }),
    );
    footer.hidden = true;
    main.querySelector('input')?.focus();
  }

  async function takeExample(address: string, name: string): Promise<void> {
    await input.takeFile(await (await fetch(address)).blob(), name);
  }

  app.ondragover = (event) => {
    event.preventDefault();
    app.classList.add('dragging');
  };
  app.ondragleave = (event) => {
    if (!(event.relatedTarget instanceof Node) || !app.contains(event.relatedTarget))
      app.classList.remove('dragging');
  };
  app.ondrop = (event) => {
    event.preventDefault();
    app.classList.remove('dragging');
    const file = pictureIn(event.dataTransfer);
    if (file !== undefined) void input.takeFile(file, file.name);
  };

  document.onpaste = (event) => {
    const file = pictureIn(event.clipboardData);
    if (file === undefined) return;
    event.preventDefault();
    void input.takeFile(file, file.name);
  };

  waiting.abort();
  waiting = new AbortController();
  if (apiKey === undefined) {
    askForKey(false);
    return;
  }
  client = clientFor(apiKey);
  if (turns.length === 0)
    main.prepend(welcome(words, input.choose, (address, name) => void takeExample(address, name)));
  for (const turn of turns) add(turn);
  suggest();
  if (server.state === 'ready') showServer(server);
  else void waitForModel(client, waiting.signal, showServer);
  input.focus();
}

function startOver(): void {
  running?.abort();
  running = undefined;
  turns = [];
  draw();
}

function translate(): void {
  running?.abort();
  running = undefined;
  language = language === 'en' ? 'zh' : 'en';
  rememberLanguage(language);
  draw();
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') running?.abort();
});
draw();
