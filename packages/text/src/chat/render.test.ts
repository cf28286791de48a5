import { describe, expect, it } from 'vitest';
import { loadChatGlm } from '../chatglm/tokenizer.ts';
import { TextError } from '../error.ts';
import { loadChatGlm2, loadChatGlm3, loadGlm4 } from '../glm/tokenizers.ts';
import { goldenBytes, goldenJson } from '../testing.ts';
import { encodePrompt } from './media.ts';
import { chatTemplates, encodeChat, renderChat, renderRounds } from './render.ts';
import type { ChatMedium, ChatMessage } from './template.ts';

interface Conversation {
  readonly history: readonly [string, string][];
  readonly query: string;
  readonly prompt: string;
  readonly ids: number[];
}

/** A conversation of a format with roles. */
interface RoleConversation {
  readonly history: readonly {
    readonly role: ChatMessage['role'];
    readonly content: string;
    readonly metadata?: string;
    readonly tools?: readonly unknown[];
  }[];
  readonly query: string;
  readonly role: ChatMessage['role'];
  readonly ids: number[];
}

interface Golden {
  readonly 'chatglm-6b': readonly Conversation[];
  readonly 'chatglm2-6b': readonly Conversation[];
  readonly 'visualglm-6b': readonly (Conversation & {
    readonly image: boolean;
    readonly image_length: number;
    readonly pre_image_length: number;
  })[];
  readonly 'chatglm3-6b': readonly RoleConversation[];
  readonly 'glm-4-9b-chat': readonly RoleConversation[];
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
const xLlm = (messages: ChatMessage[]) => renderRounds(chatTemplates['x-llm'], messages);
const conversation = ({ history, query }: Conversation) => [
  ...history.flatMap(([question, answer]) => [user(question), assistant(answer)]),
  user(query),
];

const tags = {
  image: { open: '<Image>', close: '</Image>' },
  video: { open: '<Video>', close: '</Video>' },
  speech: { open: '<Speech>', close: '</Speech>' },
};
const encoded = (template: keyof typeof chatTemplates, messages: ChatMessage[], media: ChatMedium[]) =>
  encodePrompt(tokenizer, { template, pieces: renderChat(template, messages), media, tags });

describe('chatglm-6b', () => {
  it.each(golden['chatglm-6b'])('renders $query after $history.length rounds', (expected) => {
    const prompt = renderRounds(chatTemplates['chatglm-6b'], conversation(expected));
    expect(prompt).toBe(expected.prompt);
    expect(tokenizer.encodePrompt(prompt)).toEqual(expected.ids);
  });
});

describe('chatglm2-6b', () => {
  const own = loadChatGlm2(goldenBytes('tokenizer.model'));
  it.each(golden['chatglm2-6b'])('renders $query after $history.length rounds', (expected) => {
    const messages = conversation(expected);
    expect(renderRounds(chatTemplates['chatglm2-6b'], messages)).toBe(expected.prompt);
    expect(encodeChat(own, renderChat('chatglm2-6b', messages))).toEqual(expected.ids);
  });
});

describe('visualglm-6b', () => {
  const withoutPicture = golden['visualglm-6b'].filter(({ image }) => !image);
  it.each(withoutPicture)('renders $query after $history.length rounds', (expected) => {
    const prompt = renderRounds(chatTemplates['visualglm-6b'], conversation(expected));
    expect(prompt).toBe(expected.prompt);
    expect(tokenizer.encodePrompt(prompt)).toEqual(expected.ids);
  });

  const withPicture = golden['visualglm-6b'].filter(({ image }) => image);
  it.each(withPicture)('places a picture before $query after $history.length rounds', (expected) => {
    const { media, ids } = encoded('visualglm-6b', conversation(expected), ['image']);
    const [{ open, close } = { open: [], close: [] }] = media;
    expect(open).toHaveLength(expected.pre_image_length);
    const { gmask, sop } = tokenizer.special;
    const placeholders = Array<number>(expected.image_length).fill(0);
    expect([...open, ...placeholders, ...close, ...ids, gmask, sop]).toEqual(expected.ids);
  });

  it('joins the text to the last tag only, and to none of another kind', () => {
    const alone = encoded('visualglm-6b', [user('a')], ['image']);
    const two = encoded('visualglm-6b', [user('a')], ['image', 'image']);
    const close = tokenizer.encode('</img>');
    expect(two.media).toEqual([{ open: tokenizer.encode('<img>'), close }, alone.media[0]]);
    expect(two.ids).toEqual(alone.ids);
    expect(alone.ids[0]).not.toBe(tokenizer.encode('问')[0]); // no dummy prefix behind the tag
    const heard = encoded('visualglm-6b', [user('a')], ['image', 'speech']);
    expect(heard.media[0]?.close).toEqual(close);
    expect(heard.media[1]).toEqual({
      open: tokenizer.encode('<Speech>'),
      close: tokenizer.encode('</Speech>'),
    });
    expect(heard.ids).toEqual(tokenizer.encode('问：a\n答：'));
  });

  it('takes special tokens in a question for text, beside a picture too', () => {
    const { ids } = encoded('visualglm-6b', [user('<eop>')], ['image']);
    expect(ids).not.toContain(tokenizer.special.eop);
  });
});

describe('media of other formats', () => {
  it('stand between X-LLM’s tags, each of them a text by itself', () => {
    const { media, ids } = encoded('x-llm', [user('a')], ['video', 'speech']);
    expect(media).toEqual(
      ['Video', 'Speech'].map((name) => ({
        open: tokenizer.encode(`<${name}>`),
        close: tokenizer.encode(`</${name}>`),
      })),
    );
    expect(ids).toEqual(tokenizer.encode('问：a\n答：'));
  });

  it.each(['chatglm2-6b', 'chatglm3-6b'] as const)(
    '%s: come behind what every prompt begins with',
    (name) => {
      const own = (name === 'chatglm2-6b' ? loadChatGlm2 : loadChatGlm3)(goldenBytes('tokenizer.model'));
      const pieces = renderChat(name, [user('a')]);
      const whole = encodeChat(own, pieces);
      const { media, ids } = encodePrompt(own, { template: name, pieces, media: ['image', 'image'], tags });
      const begin = [own.id('[gMASK]'), own.id('sop')];
      expect(whole.slice(0, 2)).toEqual(begin);
      expect(media.map(({ open }) => open)).toEqual([
        [...begin, ...own.encode('<Image>')],
        own.encode('<Image>'),
      ]);
      expect(ids).toEqual(whole.slice(2));
      expect(encodePrompt(own, { template: name, pieces, media: [], tags })).toEqual({
        media: [],
        ids: whole,
      });
    },
  );
});

describe.each([
  ['chatglm3-6b', 'chatglm3-6b', loadChatGlm3(goldenBytes('tokenizer.model'))],
  ['glm-4-9b-chat', 'glm-4', loadGlm4(goldenBytes('glm4-tiny.tiktoken'))],
] as const)('%s', (name, template, own) => {
  it.each(golden[name])('renders $query after $history.length messages', ({ history, query, role, ids }) => {
    const messages = [...history, { role, content: query }].map(({ content, ...rest }) => ({
      ...rest,
      text: content,
    }));
    expect(encodeChat(own, renderChat(template, messages))).toEqual(ids);
  });

  const wrong: [string, ChatMessage[], RegExp][] = [
    ['nothing', [], /messages\[0\]: the last message must be/],
    ['an answer last', [user('a'), assistant('b')], /messages\[1\]: the last message must be/],
    ['two questions', [user('a'), user('b')], /messages\[1\]: expected a message of the assistant/],
    ['an answer first', [system('s'), assistant('a')], /messages\[1\]: expected a message of the user/],
    ['a late system message', [user('a'), system('s')], /messages\[1\]: a system message must be the first/],
    ['tools of a user', [{ ...user('a'), tools: [] }], /messages\[0\]: only a system message has tools/],
    [
      'metadata of a user',
      [{ ...user('a'), metadata: 'x' }],
      /messages\[0\]: only a message of the assistant/,
    ],
  ];
  it.each(wrong)('refuses %s', (_, messages, message) => {
    expect(() => renderChat(template, messages)).toThrow(message);
    expect(() => renderChat(template, messages)).toThrow(TextError);
  });
});

it('a tokenizer without the tokens of a format says which', () => {
  const pieces = renderChat('glm-4', [user('a')]);
  expect(() => encodeChat(loadChatGlm3(goldenBytes('tokenizer.model')), pieces)).toThrow(/has no <sop>/);
});

describe('x-llm', () => {
  const expected = golden['x-llm-training'];

  it('frames a single question as in training', () => {
    expect(chatTemplates['x-llm'].single).toBe(expected.prompt_format);
    const prompt = xLlm([user('请描述这张图片。')]);
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
    expect(xLlm([user('a'), assistant('b'), user('c')])).toBe(
      '[Round 0]\n问：a\n答：b\n[Round 1]\n问：c\n答：',
    );
  });
});

describe('renderChat', () => {
  it('puts a system message in front of the first question', () => {
    expect(renderChat('x-llm', [system('Be brief.'), user('a')])).toEqual([
      { text: '问：Be brief.\na\n答：' },
    ]);
    expect(
      renderRounds(chatTemplates['chatglm-6b'], [system('S'), user('a'), assistant('b'), user('c')]),
    ).toBe('[Round 0]\n问：S\na\n答：b\n[Round 1]\n问：c\n答：');
  });

  it('leaves braces in messages alone', () => {
    expect(xLlm([user('{answer}'), assistant('{question} $&'), user('{round}')])).toBe(
      '[Round 0]\n问：{answer}\n答：{question} $&\n[Round 1]\n问：{round}\n答：',
    );
  });

  const wrong: [string, ChatMessage[], RegExp][] = [
    [
      'tools',
      [{ ...system('s'), tools: [] }, user('a')],
      /messages\[0\]: this model was not taught to use tools/,
    ],
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
