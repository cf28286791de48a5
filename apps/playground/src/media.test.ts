import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildPlayground } from './index.ts';
import { findChromium, launchChromium } from './testing/chromium.ts';
import { clip, gif, hertzOf, panda, parseWav, type TestFile, tone } from './testing/files.ts';
import { openPage } from './testing/open-page.ts';
import { startServer, type TestServer } from './testing/server.ts';

const chromium = findChromium();
const screenshots = join(import.meta.dirname, '..', 'artifacts');
const apiKey = 'sk-test';
const microphone: BrowserContextOptions = { permissions: ['microphone'] };

describe.skipIf(chromium === undefined)('sound and video in a browser', () => {
  let browser: Browser;
  let server: TestServer;
  let page: Page;
  let complaints: readonly string[] = [];

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    const folder = mkdtempSync(join(tmpdir(), 'x-llm-page-'));
    const { directory } = await buildPlayground(join(folder, 'page'));
    server = await startServer(directory, apiKey);
    // The microphone hears a tone of 440 Hz, again and again.
    const heard = join(folder, 'heard.wav');
    writeFileSync(heard, tone(440, 1, 48_000).buffer);
    browser = await launchChromium(chromium ?? '', [
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${heard}`,
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  beforeEach(() => server.setModel('sees, hears, watches'));
  afterEach(async () => {
    await page.context().close();
  });

  async function open(options: BrowserContextOptions = {}, from = browser): Promise<void> {
    ({ page, complaints } = await openPage(from, `${server.origin}/#key=${apiKey}`, options));
    await page.getByText(/x-llm-tiny · (ready|就绪)/).waitFor();
  }

  const shoot = (name: string) => page.screenshot({ path: join(screenshots, `${name}.png`) });
  const button = (name: string) => page.getByRole('button', { name });
  const choose = (...files: TestFile[]) => page.locator('input[type=file]').setInputFiles(files);
  const attached = () => page.locator('.preview li');
  const answers = (count: number) =>
    expect.poll(() => page.locator('.reply[data-state=done]').count()).toBe(count);
  /** A second at least: the first is soon over. */
  const recorded = () => page.getByText(/^0:(0[1-9]|1\d) \/ 0:20$/);
  const notice = () => page.locator('.notice').textContent();
  const lastContent = () => server.requests.at(-1)?.messages.at(-1)?.content;

  /** The files as a drop or a paste brings them. */
  const bring = (how: 'drop' | 'paste', files: TestFile[]) =>
    page.evaluate(
      ({ how, files }) => {
        const data = new DataTransfer();
        for (const { name, mimeType, base64 } of files) {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          data.items.add(new File([bytes], name, { type: mimeType }));
        }
        const event =
          how === 'drop'
            ? new DragEvent('drop', { dataTransfer: data, bubbles: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
        document.querySelector(how === 'drop' ? 'main' : 'textarea')?.dispatchEvent(event);
      },
      {
        how,
        files: files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString('base64') })),
      },
    );

  test('offers the models that are served, keeps the choice, and shows what each takes', async () => {
    const names = { sees: 'x-llm-tiny', hears: 'x-llm-tiny-hears', reads: 'chatglm3-6b' };
    server.setModels({
      [names.sees]: 'sees',
      [names.hears]: 'sees, hears, watches',
      [names.reads]: 'reads',
    });
    ({ page, complaints } = await openPage(browser, `${server.origin}/#key=${apiKey}`, microphone));
    const choice = page.getByRole('combobox', { name: 'Model' });
    await choice.waitFor();
    expect(await choice.locator('option').allTextContents()).toEqual(Object.values(names));
    expect(await choice.inputValue()).toBe(names.sees);
    const attach = page.locator('.composer .icon').first();
    expect(await button('Record a question').isVisible()).toBe(false);
    expect(await attach.getAttribute('title')).toBe('Choose a picture');

    await choice.selectOption(names.hears);
    await button('Record a question').waitFor();
    expect(await attach.getAttribute('title')).toBe('Choose a picture, a sound or a video');
    await page.getByText('Drop a picture, a sound or a video here').waitFor();
    await shoot('models');
    await page.reload();
    await choice.waitFor();
    expect(await choice.inputValue()).toBe(names.hears);

    await choose(panda());
    await page.getByRole('button', { name: 'What is this?', exact: true }).click();
    await answers(1);
    expect(server.requests.at(-1)?.['model']).toBe(names.hears);
    await page.getByText(new RegExp(`^${names.hears} · first word after`)).waitFor();

    // One that only reads is not sent the picture, nor the talk about it; what is attached is taken back.
    await choose(tone(440, 1));
    await expect.poll(() => attached().count()).toBe(1);
    await choice.selectOption(names.reads);
    expect(await notice()).toBe('This model does not listen to sound.');
    expect(await attached().count()).toBe(0);
    expect(await attach.isVisible()).toBe(false);
    expect(await button('Record a question').isVisible()).toBe(false);
    await page.getByPlaceholder('Ask something …').fill('Is it heavy?');
    await page.keyboard.press('Enter');
    await answers(2);
    expect(server.requests.at(-1)).toMatchObject({
      model: names.reads,
      messages: [{ role: 'user', content: 'Is it heavy?' }],
    });
    expect(await page.locator('.suggestions button').count()).toBe(0);
    await shoot('models-conversation');

    // In another language, and on a telephone, it stays.
    await button('中文').click();
    expect(await page.getByRole('combobox', { name: '模型' }).inputValue()).toBe(names.reads);
    await page.setViewportSize({ width: 360, height: 740 });
    await shoot('models-telephone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );

    // A choice that is served no more is forgotten.
    server.setModels({ [names.sees]: 'sees', [names.hears]: 'reads' });
    await page.reload();
    expect(await page.getByRole('combobox', { name: '模型' }).inputValue()).toBe(names.sees);
    expect(complaints).toEqual([]);
  });

  test('offers a model that only sees nothing else', async () => {
    server.setModel('sees');
    await open();
    await button('Choose a picture').waitFor();
    expect(await page.locator('input[type=file]').getAttribute('accept')).not.toMatch(/audio|video/);
    expect(await button('Record a question').count()).toBe(0);
    await bring('drop', [tone(440, 1)]);
    await page.getByText('This model does not listen to sound.').waitFor();
    await bring('drop', [clip()]);
    await page.getByText('This model does not watch videos.').waitFor();
    expect(await attached().count()).toBe(0);
    // It sees the first frame.
    await bring('drop', [gif(2)]);
    await page.locator('.preview img').waitFor();
    await button('What is this?').click();
    await answers(1);
    expect(lastContent()).toMatchObject([{ type: 'image_url' }, { type: 'text', text: 'What is this?' }]);
  });

  test('has clips and spoken questions at hand for a model that takes them', async () => {
    server.setModel('sees');
    await open();
    await button('apple').waitFor();
    expect(await page.locator('.clips, .sounds').count()).toBe(0);
    await page.context().close();

    server.setModel('sees, hears, watches');
    await open();
    await button('a penguin walks').click();
    await expect.poll(() => attached().count()).toBe(1);
    await shoot('welcome-media');
    await button('“这是什么？”, spoken').click();
    await expect.poll(() => attached().count()).toBe(2);
    await button('Send').click();
    await answers(1);
    const example = (file: string) => readFileSync(join(import.meta.dirname, '../examples', file), 'base64');
    expect(lastContent()).toEqual([
      {
        type: 'video_url',
        video_url: { url: `data:image/webp;base64,${example('penguin-walks.webp')}` },
      },
      { type: 'input_audio', input_audio: { data: example('zhe-shi-shenme.wav'), format: 'wav' } },
    ]);
    expect(complaints).toEqual([]);
  });

  test('offers a model that only reads nothing', async () => {
    server.setModel('reads');
    await open();
    await expect.poll(() => page.locator('.welcome').count()).toBe(0);
    expect(await button('Choose a picture').count()).toBe(0);
    await bring('paste', [panda()]);
    await page.getByText('This model does not look at pictures.').waitFor();
  });

  test('records a question and sends it without a word', async () => {
    await open(microphone);
    await page.getByText('Drop a picture, a sound or a video here').waitFor();
    await shoot('welcome-media');
    expect(await button('Send').isDisabled()).toBe(true);
    await button('Record a question').click();
    await recorded().waitFor();
    const level = page.getByRole('meter', { name: 'Level' });
    // Half the full loudness is −6 dB of 50.
    await expect.poll(() => level.evaluate((meter: HTMLMeterElement) => meter.value)).toBeCloseTo(0.88, 1);
    await shoot('recording');
    await button('Finish the recording').click();
    await page.locator('.preview').getByLabel('Sound: Recording').waitFor();
    await shoot('recorded');
    await page.keyboard.press('Enter');
    await answers(1);

    expect(lastContent()).toEqual([
      { type: 'input_audio', input_audio: { data: expect.any(String), format: 'wav' } },
    ]);
    const [{ input_audio }] = lastContent() as [{ input_audio: { data: string } }];
    const wav = parseWav(input_audio.data);
    expect(wav).toMatchObject({ channels: 1, sampleRateHz: 16_000, bits: 16 });
    expect(wav.samples.length / 16_000).toBeGreaterThan(1);
    expect(wav.samples.length / 16_000).toBeLessThan(20);
    expect(hertzOf(wav)).toBeCloseTo(440, -1);
    // It can be played where it was said.
    const player = page.locator('.question').getByLabel('Sound: Recording');
    const seconds = () => player.evaluate((audio: HTMLAudioElement) => audio.duration);
    await expect.poll(seconds).toBeCloseTo(wav.samples.length / 16_000, 2);
    expect(complaints).toEqual([]);
  });

  test('ends a recording when the model would hear no more', async () => {
    server.setModel('hears for 2 seconds');
    await open(microphone);
    await page.getByText('Drop a sound here').waitFor();
    await button('Record a question').click();
    await page.locator('.preview audio').waitFor();
    await page.getByPlaceholder('Ask something …').fill('What is said?');
    await page.keyboard.press('Enter');
    await answers(1);
    const [{ input_audio }, text] = lastContent() as [{ input_audio: { data: string } }, unknown];
    expect(parseWav(input_audio.data).samples.length).toBe(2 * 16_000);
    expect(text).toEqual({ type: 'text', text: 'What is said?' });
  });

  test('keeps no recording that was stopped at once or discarded', async () => {
    await open(microphone);
    // From within the page, because 0.3 seconds are soon over.
    await page.evaluate(() => {
      const keep = document.querySelector<HTMLButtonElement>('.recorder .act');
      if (keep === null) throw new Error('no such button');
      new MutationObserver((_, observer) => {
        if (keep.disabled) return;
        observer.disconnect();
        keep.click();
      }).observe(keep, { attributes: true });
    });
    await button('Record a question').click();
    await page.getByText('That was too short.').waitFor();
    await button('Record a question').click();
    await recorded().waitFor();
    expect(await notice()).toBe('');
    await page.keyboard.press('Escape');
    await button('Record a question').waitFor();
    expect(await attached().count()).toBe(0);
    expect(await notice()).toBe('');
    // The box that writes has the keyboard again.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  });

  test('says why there is no microphone', async () => {
    await open({ permissions: ['geolocation'] });
    await button('Record a question').click();
    await page.getByText('The microphone is not allowed.').waitFor();
    await button('Record a question').waitFor();
    await shoot('microphone-denied');
    await page.context().close();

    const deaf = await launchChromium(chromium ?? '');
    try {
      await open(microphone, deaf);
      await button('Record a question').click();
      await page.getByText('No microphone was found.').waitFor();
    } finally {
      await deaf.close();
    }
  });

  test('sends several media in one message, and what is seen stays in sight', async () => {
    await open();
    await choose(panda(), tone(440, 1), clip(), gif(2));
    await expect.poll(() => attached().count()).toBe(4);
    const video = page.locator('.preview').getByLabel('Video: clip.webm');
    const width = () => video.evaluate((element: HTMLVideoElement) => element.videoWidth);
    await expect.poll(width).toBe(96);
    await shoot('attached');
    await button('Remove dot.gif').click();
    await button('Answer the spoken question.').click();
    await answers(1);
    await shoot('conversation-media');
    const first = lastContent();
    expect(first).toEqual([
      { type: 'image_url', image_url: { url: dataUrl(panda()) } },
      { type: 'video_url', video_url: { url: dataUrl(clip()) } },
      { type: 'input_audio', input_audio: { data: tone(440, 1).buffer.toString('base64'), format: 'wav' } },
      { type: 'text', text: 'Answer the spoken question.' },
    ]);

    // A spoken question is about the same picture; the next clip begins anew.
    await bring('paste', [tone(880, 0.5)]);
    await page.locator('.preview audio').waitFor();
    await button('Send').click();
    await answers(2);
    expect(server.requests.at(-1)?.messages).toEqual([
      { role: 'user', content: first },
      { role: 'assistant', content: 'It is a panda, a large bear.' },
      { role: 'user', content: [expect.objectContaining({ type: 'input_audio' })] },
    ]);
    await bring('drop', [gif(3)]);
    await page.locator('.preview img').waitFor();
    await button('What happens in the video?').click();
    await answers(3);
    expect(server.requests.at(-1)?.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'video_url', video_url: { url: dataUrl(gif(3)) } },
          { type: 'text', text: 'What happens in the video?' },
        ],
      },
    ]);
    expect(complaints).toEqual([]);
  });

  test.each<[string, () => TestFile, string]>([
    ['an empty file', () => ({ ...tone(440, 1), buffer: Buffer.alloc(0) }), 'There is nothing in this file.'],
    [
      'text that calls itself sound',
      () => ({ ...tone(440, 1), buffer: Buffer.from('la la la') }),
      'This file is not a picture, a sound or a video that can be used: use PNG, JPEG, WebP, GIF, WAV, MP3, FLAC, Ogg, M4A, AAC, WebM, MP4, QuickTime.',
    ],
    [
      'a sound that is too long',
      () => tone(440, 20.5),
      'This sound lasts 20.5 seconds. The model listens to 20 at most: use a shorter piece.',
    ],
  ])('does not take %s', async (_what, file, message) => {
    await open();
    await choose(file());
    await page.getByText(message, { exact: true }).waitFor();
    expect(await attached().count()).toBe(0);
    expect(await button('Send').isDisabled()).toBe(true);
  });

  test('does not take more than a message holds', async () => {
    await open();
    await page.evaluate(() => {
      const data = new DataTransfer();
      for (const megabytes of [7, 8]) {
        const head = new TextEncoder().encode('fLaC');
        data.items.add(new File([head, new Uint8Array(megabytes * 1e6)], `${megabytes}.flac`));
      }
      const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true });
      document.querySelector('main')?.dispatchEvent(drop);
    });
    // What the browser cannot play is for the server to judge, if it fits.
    await page.getByText('This file has 8 MB. The message has room for 5 MB: use a smaller one.').waitFor();
    expect(await attached().locator('figcaption').allTextContents()).toEqual(['7.flac']);
  });

  test('tells files by their bytes, not by their names', async () => {
    await open();
    await choose({ ...tone(440, 1), name: 'film.mp4', mimeType: 'video/mp4' });
    await page.locator('.preview audio').waitFor();
    await choose({ ...clip(), name: 'song.mp3', mimeType: 'audio/mpeg' });
    await page.locator('.preview video').waitFor();
    await choose({ ...gif(1) });
    await page.getByRole('img', { name: 'dot.gif' }).waitFor();
    await page.getByPlaceholder('Ask something …').fill('What is this?');
    await page.keyboard.press('Enter');
    await answers(1);
    expect(lastContent()).toMatchObject([
      { type: 'video_url' },
      { type: 'image_url' },
      { type: 'input_audio' },
      {},
    ]);
  });

  test('fits a telephone, in Chinese and in the dark', async () => {
    await open({
      ...microphone,
      colorScheme: 'dark',
      locale: 'zh-CN',
      viewport: { width: 390, height: 780 },
    });
    await shoot('welcome-media-zh-dark');
    await button('录下问题').click();
    await recorded().waitFor();
    await shoot('recording-zh-dark');
    await button('完成录音').click();
    await choose(panda(), clip());
    await expect.poll(() => attached().count()).toBe(3);
    await shoot('attached-zh-dark');
    await button('请回答语音中的问题。').click();
    await answers(1);
    await shoot('conversation-media-zh-dark');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

const dataUrl = ({ mimeType, buffer }: TestFile) => `data:${mimeType};base64,${buffer.toString('base64')}`;
