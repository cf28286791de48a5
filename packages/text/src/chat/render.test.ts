import { describe, expect, it } from 'vitest';
import { loadChatGlm } from '../chatglm/tokenizer.ts';
import { TextError } from '../error.ts';
import { goldenBytes, goldenJson } from '../testing.ts';
import { chatTemplates, renderChat } from './render.ts';
import type { ChatMessage } from './template.ts';

interface Conversation {
  readonly history: readonly [string, string][];
  readonly query: string;
  readonly prompt: string;
  readonly ids: number[];
}

interface Golden {
  readonly 'chatglm-6b': readonly Conversation[];
  readonly 'x-llm-training': {
    readonly prompt_format: string;
    readonly example: string;
    readonly ids: number[];
    readonly answer: string;
    readonly full_ids: number[];
    readonly soft_prompt_tags: Readonly<Record<string, number[]>>;
  };
}

const golden = goldenJson<Golden>('chat-templates.json');
const tokenizer = loadChatGlm(goldenBytes('ice_text.model'));

const user = (text: string): ChatMessage => ({ role: 'user', text });
const assistant = (text: string): ChatMessage => ({ role: 'assistant', text });
const system = (text: string): ChatMessage => ({ role: 'system', text });
const conversation = ({ history, query }: Conversation) => [
  ...history.flatMap(([question, answer]) => [user(question), assistant(answer)]),
  user(query),
];

describe('chatglm-6b', () => {
  it.each(golden['chatglm-6b'])('renders $query after $history.length rounds', (expected) => {
    const prompt = renderChat('chatglm-6b', conversation(expected));
    expect(prompt).toBe(expected.prompt);
    expect(tokenizer.encodePrompt(prompt)).toEqual(expected.ids);
  });
});

describe('x-llm', () => {
  const expected = golden['x-llm-training'];

  it('frames a single question as in training', () => {
    expect(chatTemplates['x-llm'].single).toBe(expected.prompt_format);
    const prompt = renderChat('x-llm', [user('请描述这张图片。')]);
    expect(prompt).toBe(expected.example);
    expect(tokenizer.encode(prompt)).toEqual(expected.ids);
    expect(tokenizer.encodePair(prompt, expected.answer)).toEqual(expected.full_ids);
  });

  it('encodes the tags of soft prompts', () => {
    for (const [tag, ids] of Object.entries(expected.soft_prompt_tags)) {
      expect(tokenizer.encode(tag)).toEqual(ids);
    }
  });

  it('counts rounds from 0', () => {
    expect(renderChat('x-llm', [user('a'), assistant('b'), user('c')])).toBe(
      '[Round 0]\n问：a\n答：b\n[Round 1]\n问：c\n答：',
    );
  });
});

describe('renderChat', () => {
  it('puts a system message in front of the first question', () => {
    expect(renderChat('x-llm', [system('Be brief.'), user('a')])).toBe('问：Be brief.\na\n答：');
    expect(renderChat('chatglm-6b', [system('S'), user('a'), assistant('b'), user('c')])).toBe(
      '[Round 0]\n问：S\na\n答：b\n[Round 1]\n问：c\n答：',
    );
  });

  it('leaves braces in messages alone', () => {
    expect(renderChat('x-llm', [user('{answer}'), assistant('{question} $&'), user('{round}')])).toBe(
      '[Round 0]\n问：{answer}\n答：{question} $&\n[Round 1]\n问：{round}\n答：',
    );
  });

  const wrong: [string, ChatMessage[], RegExp][] = [
    ['nothing', [], /messages\[0\]: the last message must be/],
    ['only a system message', [system('s')], /messages\[0\]: the last message must be/],
    [
      'an answer first',
      [assistant('a')],
      /messages\[0\]: expected a message of the user, got one of the assistant/,
    ],
    ['two questions', [user('a'), user('b')], /messages\[1\]: expected a message of the assistant/],
    ['an answer last', [user('a'), assistant('b')], /messages\[1\]: the last message must be/],
    ['a late system message', [user('a'), system('s')], /messages\[1\]: a system message must be the first/],
    ['two system messages', [system('s'), system('t'), user('a')], /messages\[1\]: a system message must be/],
  ];

  it.each(wrong)('refuses %s', (_, messages, message) => {
    expect(() => renderChat('x-llm', messages)).toThrow(message);
    expect(() => renderChat('x-llm', messages)).toThrow(TextError);
  });

  it('knows its templates', () => {
    expect(() => renderChat('toString', [user('a')])).toThrow(
      /no chat template "toString"; there is chatglm-6b, x-llm/,
    );
  });
});
