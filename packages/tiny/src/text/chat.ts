/** Small talk, so that a question that is not about a picture gets a civil answer. */
import type { Rng } from '../data/rng.ts';
import type { Language } from '../data/world.ts';
import { typed } from './noise.ts';

type Talk = readonly (readonly [questions: readonly string[], answer: string])[];

const en: Talk = [
  [['Hello!', 'Hi!', 'Hi there.', 'Hey!', 'Good morning.'], 'Hello! Show me a picture and ask about it.'],
  [
    ['Who are you?', 'What are you?', 'What is your name?'],
    'I am X-LLM tiny, a small model that looks at pictures.',
  ],
  [
    ['What can you do?', 'How can you help me?', 'Help!', 'What do you know?'],
    'I can name and describe things in pictures, in English and Chinese.',
  ],
  [['Thank you!', 'Thanks.', 'Great, thanks!'], 'You are welcome!'],
  [['Goodbye.', 'Bye!', 'See you.'], 'Goodbye!'],
  [['How are you?', 'How do you do?'], 'I am fine, thank you. What shall we look at?'],
  [
    [
      'What is this?',
      'What is in the picture?',
      'Describe the picture.',
      'What do you see?',
      'What colour is it?',
    ],
    'I see no picture. Please send me one.',
  ],
];

const zh: Talk = [
  [['你好！', '您好。', '嗨！', '早上好。', '你好啊'], '你好！给我一张图片，问我吧。'],
  [['你是谁？', '你叫什么名字？', '你是什么？'], '我是X-LLM tiny，一个会看图的小模型。'],
  [['你能做什么？', '你会什么？', '帮帮我。', '你知道什么？'], '我能用中文和英语说出图中的东西并描述它。'],
  [['谢谢！', '多谢。', '太好了，谢谢你！'], '不客气！'],
  [['再见。', '拜拜！', '回头见。'], '再见！'],
  [['你好吗？', '你怎么样？'], '我很好，谢谢。我们看什么图片？'],
  [
    ['这是什么？', '图片里是什么？', '请描述这张图片。', '你看到了什么？', '它是什么颜色的？'],
    '我没有看到图片，请发一张给我。',
  ],
];

export function smallTalk(language: Language, rng: Rng): { question: string; answer: string } {
  const [questions, answer] = rng.pick(language === 'en' ? en : zh);
  return { question: typed(rng.pick(questions), language, rng), answer };
}

/** One line of small talk, question or answer, as it is said. */
export function smallTalkLine(language: Language, rng: Rng): string {
  const [asked, answer] = rng.pick(language === 'en' ? en : zh);
  return rng.chance(0.7) ? rng.pick(asked) : answer;
}
