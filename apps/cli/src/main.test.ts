import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackend, type RunningBackend } from '@x-llm/backend';
import { recipe } from '@x-llm/tiny';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunOptions, runXllm } from './testing/run-xllm.ts';
import { type ScriptedEngine, scriptedEngine } from './testing/scripted-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'x-llm-cli-'));
const panda = join(import.meta.dirname, '../../playground/examples/panda.png');

/** Half a second of a hum: silence is not asked about. */
const sound = join(folder, 'half.wav');
const head = 'UklGRqQ+AABXQVZFZm10IBAAAAABAAEAgD4AAAB9AAACABAAZGF0YYA+AAA=';
writeFileSync(
  sound,
  Buffer.concat([
    Buffer.from(head, 'base64'),
    Buffer.from(Int16Array.from({ length: 8000 }, (_, at) => 8000 * Math.sin(at / 20)).buffer),
  ]),
);

const xllm = (args: readonly string[], options: Omit<RunOptions, 'cwd'> = {}) =>
  runXllm(args, { ...options, cwd: folder });

describe('usage', () => {
  test('--help names every command', async () => {
    const { code, stdout } = await xllm(['--help']);
    expect(code).toBe(0);
    for (const command of [
      'start',
      'serve',
      'chat',
      'transcribe',
      'pull',
      'models',
      'import',
      'inspect',
      'train',
      'eval',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${command} +[A-Z]`, 'm'));
    }
  });

  test('train --help names every step of the recipe, in its order', async () => {
    const { code, stdout } = await xllm(['train', '--help']);
    expect(code).toBe(0);
    const steps = stdout.split('Its steps, in order:')[1]?.split('Data packages')[0] ?? '';
    expect([...steps.matchAll(/^ {2}([\w-]+) {2,}\S/gm)].map(([, name]) => name)).toEqual(
      Object.keys(recipe),
    );
  });

  test.each([
    [['chta'], 'No command registered for `chta`, did you mean `chat`?'],
    [['chat', '--imgae', 'x.png'], 'No flag registered for --imgae, did you mean --image?'],
    [['transcribe', 'a.wav', '--format', 'docx'], /docx/],
    [['transcribe'], /Expected at least 1 argument/],
    [['start', '--port', '99999'], /a port is a number from 0 to 65535, got 99999/],
  ])('%j is refused as wrong usage', async (args, message) => {
    const { code, stderr } = await xllm(args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

/** Nobody reads what is printed, as when `head` has read enough. */
const unread: Pick<RunOptions, 'onStart'> = { onStart: ({ stdout }) => void stdout?.destroy() };

test('what nobody reads ends quietly', async () => {
  expect(await xllm(['--help'], unread)).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

describe('failures say what to do', () => {
  test('no model', async () => {
    const { code, lastLine } = await xllm(['serve', '--bundle', folder]);
    expect(code).toBe(1);
    expect(lastLine).toBe('Name the folder of a bundle, the one that holds xllm.json.');
  });

  test('no model of that name', async () => {
    const { code, stderr, lastLine } = await xllm(['serve', '--bundle', 'x-llm-tinny']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /There is no model x-llm-tinny; there are x-llm-tiny.*\. Did you mean x-llm-tiny\?/,
    );
    expect(lastLine).toBe('Fetch one with `npx xllm pull NAME`, or name the folder of a bundle.');
  });

  test('port taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as AddressInfo;
    const bundle = join(import.meta.dirname, 'testing/empty-bundle');
    const { code, stderr, lastLine } = await xllm(['start', '--bundle', bundle], {
      env: { PORT: String(port) },
    });
    blocker.close();
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken.`);
    expect(lastLine).toMatch(/^Choose another one, as in: PORT=\d+ npm start$/);
    expect(code).toBe(1);
  });

  test.each(['--from-bundle', '--warm-start'])('a step that is taken from the bundle: %s', async (flag) => {
    const { code, stderr, lastLine } = await xllm(['train', 'encoder', flag]);
    expect(stderr).toContain('encoder is taken from the bundle');
    expect(lastLine).toBe(`Leave out ${flag} to train it from nothing.`);
    expect(code).toBe(1);
  });

  test('a step that is the same without a stage, and a handover of what is not from nothing', async () => {
    const same = await xllm(['train', 'llm', '--without', 'stage1']);
    expect(same.stderr).toContain('llm is the same without stage1');
    expect(same.lastLine).toBe('Leave out the step to train all that follows from the stage.');
    const warm = await xllm(['train', '--warm-start', '--handover', folder]);
    expect(warm.stderr).toContain('what is handed over are the steps of the whole recipe');
    expect(warm.lastLine).toBe(
      'Leave out --from-bundle, --warm-start, --without and --steps, or --handover.',
    );
    expect([same.code, warm.code]).toEqual([1, 1]);
  });

  test('a rate that is none', async () => {
    const { code, lastLine } = await xllm(['train', 'stage2', '--rate', '2']);
    expect(lastLine).toContain('2 is no learning rate: give a number above 0 and up to 1.');
    expect(code).toBe(2);
  });

  test('a share that stays, of what keeps nothing, and one that is none', async () => {
    const { code, stderr, lastLine } = await xllm(['train', 'stage2', '--warm-start', '--keep', '0.5']);
    expect(stderr).toContain('only the bundle of a warm start keeps a share of what it was');
    expect(lastLine).toBe('Use it as in: xllm train bundle --warm-start --keep 0.5');
    expect(code).toBe(1);
    const whole = await xllm(['train', 'bundle', '--warm-start', '--keep', '1']);
    expect(whole.lastLine).toContain('1 is no share: give a number between 0 and 1.');
    expect(whole.code).toBe(2);
  });

  test('a share of the recipe that is none is refused, and so is one beside a config', async () => {
    for (const given of ['0', '1', 'all']) {
      const { code, lastLine } = await xllm(['train', '--scale', given]);
      expect(code).not.toBe(0);
      expect(lastLine).toMatch(/is no share: give a number between 0 and 1|Cannot convert all/);
    }
    const { stderr } = await xllm(['train', 'stage2', '--config', 'any.json', '--scale', '0.1']);
    expect(stderr).toContain('--scale, --steps');
  });

  test('no such picture', async () => {
    const { code, stderr, lastLine } = await xllm(['chat', '--image', 'nowhere.png', 'What is this?']);
    expect(stderr).toContain('nowhere.png: there is no such file');
    expect(lastLine).toBe('Name a PNG, JPEG, WebP or GIF file after --image.');
    expect(code).toBe(1);
  });

  test('two sounds that would become one file', async () => {
    const { code, stderr, lastLine } = await xllm(['transcribe', '--output', folder, 'a/q.wav', 'b/q.mp3']);
    expect(stderr).toContain('a/q.wav and b/q.mp3 would both be written to q.txt.');
    expect(lastLine).toBe('Transcribe them to different folders.');
    expect(code).toBe(1);
  });

  test('no such sound, before a model is loaded', async () => {
    const { code, stderr, lastLine } = await xllm(['transcribe', 'nowhere.wav', '--bundle', folder]);
    expect(stderr).toContain('nowhere.wav: there is no such file');
    expect(lastLine).toBe('Name a WAV, MP3, FLAC, Ogg, M4A or WebM file.');
    expect(code).toBe(1);
  });

  test('no sound', async () => {
    const { code, stderr, lastLine } = await xllm(['chat', '--audio', panda]);
    expect(stderr).toContain('Not a WAV');
    expect(lastLine).toBe('Name a WAV, MP3, FLAC, Ogg, M4A or WebM file after --audio.');
    expect(code).toBe(1);
  });

  test('subtitles of several files in one', async () => {
    const { code, lastLine } = await xllm(['transcribe', sound, sound, '--format', 'srt']);
    expect(lastLine).toBe('Give a folder for them: --output DIR');
    expect(code).toBe(1);
  });

  test('no server', async () => {
    const { code, lastLine } = await xllm(['chat', '--url', 'http://127.0.0.1:9', 'Hello']);
    expect(lastLine).toBe('Start one with npm start, or leave --url out.');
    expect(code).toBe(1);
  });
});

describe('chat with a server', () => {
  const engine: ScriptedEngine = scriptedEngine();
  let server: RunningBackend;
  const env = { XLLM_API_KEY: 'sk-test' };

  beforeAll(async () => {
    server = await createBackend({
      engines: [engine],
      apiKey: 'sk-test',
      logger: pino({ level: 'silent' }),
    }).serve();
  });
  afterAll(() => server.close());

  test('answers one question about a picture', async () => {
    const args = ['chat', '--url', server.url, '-i', panda, '--temperature', '0', 'What', 'is this?'];
    const { code, stdout, stderr } = await xllm(args, { env });
    expect(stderr).toBe('');
    expect(stdout).toBe('You asked “What is this?” 48px/6912\n');
    expect(code).toBe(0);
    expect(engine.requests.at(-1)?.temperature).toBe(0);
  });

  test('writes no answer that nobody reads, and ends quietly', async () => {
    const asked = engine.requests.length;
    const ended = await xllm(['chat', '--url', server.url, 'What is this?'], { ...unread, env });
    expect(ended).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(engine.requests.length).toBe(asked + 1);
  });

  test('converses: the picture goes once, and answers become part of it', async () => {
    const input = 'What is this?\nIs it big?\n/quit\n';
    const { code, stdout } = await xllm(['chat', '--url', server.url, '--image', panda], { env, input });
    expect(stdout).toContain('You asked “Is it big?”\n');
    expect(code).toBe(0);
    expect(
      engine.requests.at(-1)?.messages.map(({ role, text, images }) => [role, text, images.length]),
    ).toEqual([
      ['user', 'What is this?', 1],
      ['assistant', 'You asked “What is this?” 48px/6912', 0],
      ['user', 'Is it big?', 0],
    ]);
  });

  test('listens: a sound can be the question', async () => {
    const spoken = await xllm(['chat', '--url', server.url, '--audio', sound], { env });
    expect(spoken).toMatchObject({ code: 0, stderr: '', stdout: 'You asked “” 0.5 s\n' });
    const both = await xllm(['chat', '--url', server.url, '-a', sound, '-i', panda, 'What is this?'], {
      env,
    });
    expect(both.stdout).toBe('You asked “What is this?” 48px/6912 0.5 s\n');
  });

  const transcribe = (...args: string[]) => xllm(['transcribe', '--url', server.url, ...args], { env });

  test('transcribes', async () => {
    const one = await transcribe(sound);
    expect(one).toMatchObject({ code: 0, stderr: '', stdout: 'I hear 0.5 seconds.\n' });
    const both = await transcribe(sound, sound, '--language', 'en');
    expect(both.stdout).toBe(`${sound}: I hear 0.5 seconds.\n`.repeat(2));
  });

  test('transcribes to subtitles, into a folder when asked', async () => {
    const srt = await transcribe(sound, '-f', 'srt');
    expect(srt.stdout).toBe('1\n00:00:00,000 --> 00:00:00,500\nI hear 0.5 seconds.\n\n');
    const files = await transcribe(sound, '-f', 'vtt', '--output', join(folder, 'subs'));
    expect(files.stdout).toBe('');
    expect(readFileSync(join(folder, 'subs/half.vtt'), 'utf8')).toMatch(/^WEBVTT\n/);
  });

  test('transcribes to JSON', async () => {
    const { stdout } = await transcribe(sound, '-f', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      duration: 0.5,
      words: [{ word: 'I' }, { word: 'hear' }, { word: '0.5' }, { word: 'seconds' }],
      segments: [{ text: 'I hear 0.5 seconds.' }],
    });
  });

  test('explains what the server refuses', async () => {
    const { code, stderr, lastLine } = await transcribe(panda);
    expect(stderr).toContain(`${panda}: `);
    expect(lastLine).toBe('Name a WAV, MP3, FLAC, Ogg, M4A or WebM file.');
    expect(code).toBe(1);
  });

  test('explains a wrong key', async () => {
    const { code, lastLine } = await xllm(['chat', '--url', server.url, '--key', 'sk-wrong', 'Hello'], {
      env,
    });
    expect(lastLine).toBe('Pass the right one with --key or XLLM_API_KEY.');
    expect(code).toBe(1);
  });
});
