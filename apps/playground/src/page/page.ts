// The playground: one conversation about pictures, sounds and videos. Everything it shows comes through the SDK.
import type { Model, XLLM } from '@x-llm/sdk';
import { keepApiKey, takeApiKey } from './api-key.ts';
import { type Attachment, release } from './attachment.ts';
import { composer } from './composer.ts';
import { answer, newTurn, type Turn } from './conversation.ts';
import { h, icon, icons } from './dom.ts';
import { onFiles } from './drop.ts';
import { inputsOf, type Kind, kindsOf, picturesOnly } from './inputs.ts';
import { keyForm } from './key-form.ts';
import { initialModel, modelChoice } from './model-choice.ts';
import { clientFor, type ServerState, waitForModel } from './server.ts';
import { initialLanguage, type Language, rememberLanguage, strings } from './strings.ts';
import { type TurnView, turnView } from './turn-view.ts';
import { welcome } from './welcome.ts';

const app = document.getElementById('app') ?? document.body;
let language: Language = initialLanguage();
let apiKey = takeApiKey();
let client: XLLM | undefined;
let server: ServerState = { state: 'waking' };
/** Which of the server's models is asked. */
let model: Model | undefined;
let turns: Turn[] = [];
let running: AbortController | undefined;
let waiting = new AbortController();
/** Lets go of what the page that is drawn holds on to. */
let close = () => {};

/** Draws the page anew: at the start, in another language, with another key, for a new chat. */
function draw(): void {
  close();
  const words = strings[language];
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = `X-LLM · ${words.tagline}`;

  const status = h('span', { className: 'status', role: 'status' });
  const log = h('div', { className: 'log', role: 'log', aria: { label: words.log, live: 'polite' } });
  const suggestions = h('div', { className: 'suggestions', role: 'group' });
  suggestions.setAttribute('aria-label', words.suggestionsTitle);
  const main = h('main', {}, log);
  const input = composer(words, {
    onSend: (question, media) => void ask(question, media),
    onStop: () => running?.abort(),
    onMedia: () => suggest(),
    onRefused: (message) => notify(message),
  });
  close = input.close;
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
    notify(next.state === 'unreachable' ? words.unreachable : '');
    if (next.state === 'ready') showModels(next.models);
    else status.textContent = next.state === 'waking' ? words.waking : '';
    if (next.state === 'key-refused') askForKey(true);
  }

  function showModels(models: readonly [Model, ...Model[]]): void {
    const chosen = models.find(({ id }) => id === model?.id) ?? initialModel(models);
    const several = models.length > 1;
    status.textContent = several ? words.ready : `${chosen.id} · ${words.ready}`;
    if (several) status.before(modelChoice(words, models, chosen, use));
    use(chosen);
  }

  function use(chosen: Model): void {
    model = chosen;
    notify('');
    input.setInputs(inputsOf(chosen));
    greet();
    suggest();
  }

  const kindsTaken = () => kindsOf(model ? inputsOf(model) : picturesOnly);

  let greeted: string | undefined;
  /** An empty conversation begins with what the model takes. */
  function greet(): void {
    const kinds = kindsTaken();
    // Not again for the same: it may have the focus.
    if (turns.length > 0 || kinds.join() === greeted) return;
    greeted = kinds.join();
    main.querySelector('.welcome')?.remove();
    if (kinds.length === 0) return;
    main.prepend(welcome(words, kinds, input.choose, (address, name) => void takeExample(address, name)));
  }

  function notify(message: string): void {
    notice.textContent = message;
    notice.hidden = message === '';
  }

  function suggest(): void {
    const useful = input.media.length > 0 || (turns.length > 0 && running === undefined);
    const about = aboutWhat();
    suggestions.replaceChildren(
      ...(useful && kindsTaken().includes(about) ? words.suggestions[about] : []).map((question) =>
        h('button', { type: 'button', onclick: () => input.send(question) }, question),
      ),
    );
  }

  /** What the next question is about: what is attached to it, or was last. */
  function aboutWhat(): Kind {
    const latest = turns.findLast(({ media }) => media.length > 0)?.media ?? [];
    const kinds = (input.media.length > 0 ? input.media : latest).map(({ kind }) => kind);
    return (['audio', 'video'] as const).find((kind) => kinds.includes(kind)) ?? 'image';
  }

  function add(turn: Turn): TurnView {
    const view = turnView(turn, words, () => {
      if (running !== undefined) return;
      turns = turns.filter((other) => other !== turn);
      view.element.remove();
      void ask(turn.question, turn.media);
    });
    log.append(view.element);
    return view;
  }

  async function ask(question: string, media: readonly Attachment[]): Promise<void> {
    if (running !== undefined || client === undefined) return;
    notify('');
    main.querySelector('.welcome')?.remove();
    const id = model?.id ?? 'x-llm-tiny';
    const several = server.state === 'ready' && server.models.length > 1;
    const turn = newTurn(question, media, several ? id : undefined);
    turns.push(turn);
    const view = add(turn);
    const controller = new AbortController();
    running = controller;
    input.setRunning(true);
    suggest();
    const follow = () => main.scrollTo({ top: main.scrollHeight });
    follow();
    await answer(client, { id, kinds: kindsTaken() }, turns, controller.signal, () => {
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

  onFiles(app, (file) => void input.takeFile(file, file.name));

  waiting.abort();
  waiting = new AbortController();
  if (apiKey === undefined) {
    askForKey(false);
    return;
  }
  client = clientFor(apiKey);
  greet();
  for (const turn of turns) add(turn);
  suggest();
  if (server.state === 'ready') showServer(server);
  else void waitForModel(client, waiting.signal, showServer);
  input.focus();
}

function startOver(): void {
  running?.abort();
  running = undefined;
  for (const { media } of turns) media.forEach(release);
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
