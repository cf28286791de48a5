import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testing.ts';
import { type ImportForm, importData } from './index.ts';

async function imported(from: ImportForm, records: unknown, options: Parameters<typeof importData>[3] = {}) {
  using folder = temporaryDirectory();
  const input = join(folder.path, 'in.json');
  writeFileSync(input, typeof records === 'string' ? records : JSON.stringify(records));
  const output = join(folder.path, 'out/data.jsonl');
  const report = await importData(from, input, output, options);
  const lines = readFileSync(output, 'utf8').trimEnd().split('\n');
  return { report, records: lines.map((line) => JSON.parse(line)) };
}

test('LLaVA: turns keep their order, the place of the picture is taken out', async () => {
  const { report, records } = await imported('llava', [
    {
      id: '1',
      image: 'coco/1.jpg',
      conversations: [
        { from: 'human', value: 'What is it?\n<image>' },
        { from: 'gpt', value: 'A cat.' },
        { from: 'human', value: 'Where?' },
        { from: 'gpt', value: 'On a mat.' },
      ],
    },
    {
      id: '2',
      conversations: [
        { from: 'human', value: 'Hi' },
        { from: 'gpt', value: 'Hello' },
      ],
    },
  ]);
  expect(records).toEqual([
    {
      image: '../coco/1.jpg',
      task: 'vl',
      messages: [
        { role: 'user', content: 'What is it?' },
        { role: 'assistant', content: 'A cat.' },
        { role: 'user', content: 'Where?' },
        { role: 'assistant', content: 'On a mat.' },
      ],
    },
  ]);
  expect(report).toEqual({ written: 1, leftOut: 1, reasons: ['record 1: has no picture and no video'] });
});

test('X-LLM: every form becomes its task', async () => {
  const { records } = await imported('x-llm', [
    { image_id: '7', caption_zh: '一只狗' },
    { image: 'a.jpg', caption: ['一只猫', '别的'], dataset: 'coco' },
    { speech_feats_path: 'f/1.npy', target_text: '你好' },
    { speech_feats_path: 'f/2.npy', image_path: 'b.jpg', question_text: '这是什么' },
    {
      speech_feats_path: 'f/3.npy',
      image_path: 'c.jpg',
      history_text: '问题：有几个？回复：两个。',
      answer_text: '红色',
    },
  ]);
  expect(records.map(({ task, image, audio }) => [task, image, audio])).toEqual([
    ['vl', '../7.jpg', undefined],
    ['vl', '../a.jpg', undefined],
    ['asr', undefined, '../f/1.wav'],
    ['masr', '../b.jpg', '../f/2.wav'],
    ['vsd', '../c.jpg', '../f/3.wav'],
  ]);
  expect(records[4].messages).toEqual([
    { role: 'user', content: '有几个？' },
    { role: 'assistant', content: '两个。' },
    { role: 'user', content: '请根据图像回答语音中的问题' },
    { role: 'assistant', content: '红色' },
  ]);
  expect(records[1].messages[1].content).toBe('一只猫');
});

test('X-LLM: captions of videos, and questions that take turns', async () => {
  const captions = [0, 1].map((at) => ({ image_id: `v${at}`, caption_zh: '跑' }));
  const { records } = await imported('x-llm', captions, { task: 'video' });
  expect(records.map(({ video }) => video)).toEqual(['../v0.mp4', '../v1.mp4']);
  expect(records[0].messages[0].content).not.toBe(records[1].messages[0].content);
});

test('the task says what images are, where they are videos; what is not of it is left out', async () => {
  const talk = [
    { from: 'human', value: '<image>\nWhat?' },
    { from: 'gpt', value: 'A cat runs.' },
  ];
  const videos = [{ image: 'a.mp4', conversations: talk }];
  expect((await imported('llava', videos, { task: 'video' })).records).toMatchObject([
    { video: '../a.mp4', task: 'video' },
  ]);
  const mixed = [...videos, { video: 'b.mp4', conversations: talk }];
  expect((await imported('llava', mixed, { task: 'vl' })).report).toEqual({
    written: 1,
    leftOut: 1,
    reasons: ['record 1: is about a video, and not the task "vl"'],
  });
  const { records } = await imported('x-llm', [{ image: 'c.mp4', caption: '跑' }], { task: 'video' });
  expect(records).toMatchObject([{ video: '../c.mp4', task: 'video' }]);
  expect(records[0].messages[0].content).toMatch('视频');
});

test('media that are no files are named, not written as paths', async () => {
  const record = (image: string) => ({ image, caption: '一只狗' });
  const { report } = await imported('x-llm', [
    record('https://example.com/a.jpg'),
    record('data:image/png;base64,AAAA'),
    record('C:/pictures/a.jpg'),
    record('b.jpg'),
  ]);
  expect(report).toMatchObject({ written: 2, leftOut: 2 });
  expect(report.reasons[0]).toBe(
    'record 0: https://example.com/a.jpg is no file: fetch it, and name it by its path',
  );
});

test('JSON lines are read too; what is neither, and what leaves nothing, is refused', async () => {
  const line = JSON.stringify({ image_id: '7', caption_zh: '一只狗' });
  expect((await imported('x-llm', `${line}\n${line}\n`)).records).toHaveLength(2);
  await expect(imported('llava', '{"a"')).rejects.toMatchObject({ code: 'invalid_data' });
  await expect(imported('llava', [{}])).rejects.toMatchObject({ code: 'empty_data' });
  await expect(imported('x-llm', [null, 3, { other: 1 }])).rejects.toThrow(/record 2: has none of the keys/);
});

test('a data file does not take the place of what it is made from', async () => {
  using folder = temporaryDirectory();
  const input = join(folder.path, 'same.json');
  writeFileSync(input, '[]');
  await expect(importData('llava', input, join(folder.path, 'x/../same.json'))).rejects.toMatchObject({
    code: 'invalid_data',
    message: expect.stringContaining('would take the place of what it is made from'),
  });
  expect(readFileSync(input, 'utf8')).toBe('[]');
});

test('JSON lines may begin with a byte order mark, and one that is broken is named', async () => {
  const record = JSON.stringify({
    image: 'a.png',
    conversations: [
      { from: 'human', value: 'What?\n<image>' },
      { from: 'gpt', value: 'A cat.' },
    ],
  });
  expect((await imported('llava', `\uFEFF${record}\n\n${record}\n`)).records).toHaveLength(2);
  await expect(imported('llava', `${record}\n${record.slice(1)}\n`)).rejects.toThrow(
    'is JSON lines, but line 2 is no JSON',
  );
});
