import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../testing.ts';
import { DataSet, type DataSource } from './data-set.ts';
import { longestLineBytes } from './jsonl.ts';

const question = { role: 'user', content: '这是什么？' };
const answer = { role: 'assistant', content: '一只猫。' };
const cat = { image: 'media/cat.png', messages: [question, answer] };

/** A folder with media and one data file. */
function folderWith(content: string | Uint8Array) {
  const folder = temporaryDirectory();
  mkdirSync(join(folder.path, 'media'));
  for (const name of ['cat.png', 'meow.wav', 'walk.gif']) writeFileSync(join(folder.path, 'media', name), '');
  const file = join(folder.path, 'data.jsonl');
  writeFileSync(file, content);
  return { ...folder, file, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

const text = (...lines: readonly unknown[]) =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');

/** What opening it throws. */
async function refusal(content: string | Uint8Array, source: Partial<DataSource> = {}) {
  using folder = folderWith(content);
  const error = await DataSet.open([{ file: folder.file, ...source }]).catch((one: unknown) => one);
  return {
    code: (error as { code: string }).code,
    message: String((error as Error).message).replaceAll(folder.path, ''),
  };
}

test('every answer is an example, with what was said before; paths are those of the file', async () => {
  const rounds = {
    ...cat,
    messages: [question, answer, { role: 'user', content: '多大？' }, { ...answer, content: '很小。' }],
  };
  using folder = folderWith(text(cat, '', rounds));
  await using data = await DataSet.open([{ file: folder.file }]);
  expect(data.tasks).toEqual(['vl']);
  expect(data.count('vl')).toBe(3);
  const example = await data.read('vl', 2);
  expect(example).toEqual({
    task: 'vl',
    image: join(folder.path, 'media/cat.png'),
    messages: rounds.messages.slice(0, 3),
    answer: '很小。',
    place: `${folder.file}:3`,
  });
  expect(data.files[0]).toMatchObject({ lines: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await expect(data.read('vl', 3)).rejects.toThrow('no example 3 of 3');
});

test('the media say which task it is, unless the line or the file does', async () => {
  const media = { image: 'media/cat.png', audio: 'media/meow.wav', video: 'media/walk.gif' };
  const { image, audio, video } = media;
  const { messages } = cat;
  using folder = folderWith(
    text(
      { image, messages },
      { audio, messages },
      { image, audio, messages },
      { video, messages },
      { image, audio, messages, task: 'masr' },
    ),
  );
  await using data = await DataSet.open([{ file: folder.file }]);
  expect(Object.fromEntries(data.tasks.map((task) => [task, data.count(task)]))).toEqual({
    vl: 1,
    asr: 1,
    masr: 1,
    vsd: 1,
    video: 1,
  });
});

test('lines that end in CR LF, a mark in front, and no line end at the end are read', async () => {
  using folder = folderWith(`\ufeff${JSON.stringify(cat)}\r\n${JSON.stringify(cat)}`);
  await using data = await DataSet.open([{ file: folder.file }]);
  expect(data.count('vl')).toBe(2);
  expect((await data.read('vl', 1)).answer).toBe('一只猫。');
});

test.each([
  ['bad JSON', text(cat, '{"image": '), /data\.jsonl:2: is not JSON/],
  ['no object', text(cat, '[1]'), /:2: Invalid input: expected object/],
  ['a wrong type', text({ ...cat, image: 7 }), /:1: image: .*expected string/],
  ['a key that is not known', text({ ...cat, images: [] }), /:1: .*"images"/],
  ['no medium', text({ messages: cat.messages }), /:1: has neither image nor audio nor video/],
  [
    'no answer',
    text({ ...cat, messages: [question, question] }),
    /messages\.1\.role: expected a message of the assistant/,
  ],
  ['an empty answer', text({ ...cat, messages: [question, { ...answer, content: ' ' }] }), /cannot be empty/],
  [
    'a question at the end',
    text({ ...cat, messages: [question, answer, question] }),
    /last message must be an answer/,
  ],
  ['an unknown task', text({ ...cat, task: 'ocr' }), /:1: task: .*"vl"\|"asr"\|"masr"\|"vsd"\|"video"/],
  ['a task without its media', text({ ...cat, task: 'vsd' }), /:1: audio: task "vsd" needs audio/],
  ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /:1: is not UTF-8/],
  [
    'a line without end',
    Buffer.alloc(longestLineBytes + 2, 0x20),
    /:1: the line is longer than 4194304 bytes/,
  ],
])('%s is refused with file and line', async (_, content, message) => {
  const { code, message: found } = await refusal(content);
  expect(code).toBe('invalid_data');
  expect(found).toMatch(message);
});

test('all wrong lines are listed, the first twenty by name', async () => {
  const { message } = await refusal(text(...Array.from({ length: 25 }, () => '{')));
  expect(message).toMatch(/data\.jsonl:20: /);
  expect(message).not.toMatch(/data\.jsonl:21: /);
  expect(message).toMatch(/… and 5 more$/);
});

test('missing media are listed all at once', async () => {
  const { code, message } = await refusal(
    text({ ...cat, image: 'a.png' }, cat, { ...cat, image: '../b.png' }),
  );
  expect(code).toBe('missing_media');
  expect(message).toBe('Media are missing:\n/data.jsonl:1: image a.png\n/data.jsonl:3: image ../b.png');
});

test.each(['', '\n\n'])('an empty file %j is refused', async (content) => {
  expect((await refusal(content)).code).toBe('empty_data');
});

test('a task that the file has for all its lines needs its media too', async () => {
  const { code, message } = await refusal(text(cat), { task: 'asr' });
  expect(code).toBe('invalid_data');
  expect(message).toMatch(/:1: audio: task "asr" needs audio/);
});

test('a file that is not there', async () => {
  await expect(DataSet.open([{ file: 'nowhere.jsonl' }])).rejects.toMatchObject({
    code: 'invalid_data',
    message: 'nowhere.jsonl is not there.',
  });
});
