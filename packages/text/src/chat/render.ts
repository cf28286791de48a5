import { TextError } from '../error.ts';
import { chatGlm6b } from './chatglm-6b.ts';
import type { ChatMessage, ChatTemplate } from './template.ts';
import { xLlm } from './x-llm.ts';

/** Every prompt format by the name that a bundle gives it. */
export const chatTemplates = {
  'chatglm-6b': chatGlm6b,
  'x-llm': xLlm,
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
 * first and is put in front of the first question, on a line of its own, as these models have no role for it.
 *
 * Throws `unknown_template`, or `invalid_messages` naming the message that is out of order.
 *
 * @example renderChat('x-llm', [{ role: 'user', text: '你好' }]) // '问：你好\n答：'
 */
export function renderChat(template: string | ChatTemplate, messages: readonly ChatMessage[]): string {
  const format = typeof template === 'string' ? chatTemplate(template) : template;
  const { questions, answers } = inOrder(messages);
  if (answers.length === 0) return fill(format.single, 0, questions[0], undefined);
  return questions
    .map((question, i) => {
      const answer = answers[i];
      return fill(answer === undefined ? format.last : format.past, format.firstRound + i, question, answer);
    })
    .join('');
}

function inOrder(messages: readonly ChatMessage[]): { questions: string[]; answers: string[] } {
  const wrong = (i: number, detail: string) => new TextError('invalid_messages', `messages[${i}]: ${detail}`);
  const system = messages[0]?.role === 'system' ? messages[0].text : undefined;
  const skipped = system === undefined ? 0 : 1;
  const questions: string[] = [];
  const answers: string[] = [];
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
