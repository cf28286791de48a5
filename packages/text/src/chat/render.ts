import { ChatGlmTokenizer } from '../chatglm/tokenizer.ts';
import { TextError } from '../error.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { chatGlm6b } from './chatglm-6b.ts';
import { chatGlm2 } from './chatglm2-6b.ts';
import { chatGlm3 } from './chatglm3-6b.ts';
import { glm4 } from './glm-4.ts';
import type { ChatMessage, ChatPiece, ChatTemplate, RolesTemplate, RoundsTemplate } from './template.ts';
import { visualGlm } from './visualglm-6b.ts';
import { xLlm } from './x-llm.ts';

/** Every prompt format by the name that a bundle gives it. */
export const chatTemplates = {
  'chatglm-6b': chatGlm6b,
  'x-llm': xLlm,
  'chatglm2-6b': chatGlm2,
  'chatglm3-6b': chatGlm3,
  'glm-4': glm4,
  'visualglm-6b': visualGlm,
} as const satisfies Record<string, ChatTemplate>;

/** A template by name; throws `unknown_template` with the names there are. */
export function chatTemplate(name: string): ChatTemplate {
  const template = Object.entries(chatTemplates).find(([id]) => id === name)?.[1];
  if (template) return template;
  const known = Object.keys(chatTemplates).join(', ');
  throw new TextError('unknown_template', `no chat template "${name}"; there is ${known}`);
}

/**
 * The prompt of a conversation that ends with a question. Questions and answers alternate; a system message may come
 * first. Formats of rounds have no role for it: there it is put in front of the first question, on a line of its own.
 *
 * Throws `unknown_template`, or `invalid_messages` naming the message that is out of order.
 *
 * @example renderChat('x-llm', [{ role: 'user', text: '你好' }]) // [{ text: '问：你好\n答：' }]
 */
export function renderChat(template: string | ChatTemplate, messages: readonly ChatMessage[]): ChatPiece[] {
  const format = typeof template === 'string' ? chatTemplate(template) : template;
  const prefix = format.prefix.map((special) => ({ special }));
  const body =
    format.form === 'roles' ? inRoles(format, messages) : [{ text: renderRounds(format, messages) }];
  return [...prefix, ...body];
}

/** Token ids of a prompt. Names of special tokens in its texts are text: a question must not end itself. */
export function encodeChat(tokenizer: Tokenizer, pieces: readonly ChatPiece[]): number[] {
  return pieces.flatMap((piece) => {
    if ('text' in piece) return encodePlain(tokenizer, piece.text);
    const id = tokenizer.id(piece.special);
    if (id !== undefined) return id;
    throw new TextError(
      'invalid_model',
      `the tokenizer has no ${piece.special}, which the chat template needs`,
    );
  });
}

/** Token ids of a text from strangers. */
export const encodePlain = (tokenizer: Tokenizer, text: string): number[] =>
  tokenizer instanceof ChatGlmTokenizer
    ? tokenizer.encode(text, { recogniseSpecial: false })
    : tokenizer.encode(text);

/** A conversation in rounds, as text. Throws `invalid_messages`. */
export function renderRounds(format: RoundsTemplate, messages: readonly ChatMessage[]): string {
  const { questions, answers } = inOrder(messages);
  if (answers.length === 0) return fill(format.single, 0, questions[0], undefined);
  return questions
    .map((question, i) => {
      const answer = answers[i];
      return fill(answer === undefined ? format.last : format.past, format.firstRound + i, question, answer);
    })
    .join('');
}

const wrong = (i: number, detail: string) => new TextError('invalid_messages', `messages[${i}]: ${detail}`);

function inOrder(messages: readonly ChatMessage[]): { questions: string[]; answers: string[] } {
  const system = messages[0]?.role === 'system' ? messages[0].text : undefined;
  const skipped = system === undefined ? 0 : 1;
  const questions: string[] = [];
  const answers: string[] = [];
  messages.forEach(({ metadata, tools }, i) => {
    if (metadata || tools) throw wrong(i, 'this model was not taught to use tools');
  });
  messages.slice(skipped).forEach(({ role, text }, i) => {
    const at = i + skipped;
    if (role === 'system') throw wrong(at, 'a system message must be the first message');
    const expected = i % 2 === 0 ? 'user' : 'assistant';
    if (role !== expected) throw wrong(at, `expected a message of the ${expected}, got one of the ${role}`);
    if (role === 'assistant') answers.push(text);
    else questions.push(at === 1 && system ? `${system}\n${text}` : text);
  });
  if (questions.length === answers.length) {
    throw wrong(Math.max(0, messages.length - 1), 'the last message must be a message of the user');
  }
  return { questions, answers };
}

/** In one pass, so that a question may contain `{answer}`. */
function fill(format: string, round: number, question = '', answer = ''): string {
  const values: Record<string, string> = { round: String(round), question, answer };
  return format.replace(/\{(round|question|answer)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** What a tool says comes from `observation`, and asks for an answer as a user does. */
function inRoles({ roles, withTools }: RolesTemplate, messages: readonly ChatMessage[]): ChatPiece[] {
  const asks = (role: ChatMessage['role'] | undefined) => role === 'user' || role === 'observation';
  messages.forEach(({ role, metadata, tools }, i) => {
    if (role === 'system' && i > 0) throw wrong(i, 'a system message must be the first message');
    const before = messages[i - 1]?.role;
    if (role === 'assistant' && !asks(before))
      throw wrong(i, `expected a message of the user, got one of the ${role}`);
    if (asks(role) && asks(before))
      throw wrong(i, `expected a message of the assistant, got one of the ${role}`);
    if (tools && role !== 'system') throw wrong(i, 'only a system message has tools');
    if (metadata && role !== 'assistant') throw wrong(i, 'only a message of the assistant has metadata');
  });
  if (!asks(messages.at(-1)?.role))
    throw wrong(Math.max(0, messages.length - 1), 'the last message must be a message of the user');
  return [
    ...messages.flatMap(({ role, text, metadata = '', tools }) => [
      { special: roles[role] },
      { text: `${metadata}\n` },
      { text: tools ? withTools(text, tools) : text },
    ]),
    { special: roles.assistant },
  ];
}
