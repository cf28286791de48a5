import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildPlayground } from './index.ts';
import { findChromium, launchChromium } from './testing/chromium.ts';
import { openPage } from './testing/open-page.ts';
import { startServer, type TestServer } from './testing/server.ts';

const chromium = findChromium();
if (chromium === undefined) {
  console.warn(
    'The page is not tested in a browser: no Chromium found (apt-get install chromium, or set CHROMIUM).',
  );
}
const screenshots = join(import.meta.dirname, '..', 'artifacts');
const apiKey = 'sk-test';

describe.skipIf(chromium === undefined)('the page in a browser', () => {
  let browser: Browser;
  let server: TestServer;
  let page: Page;
  let complaints: readonly string[] = [];

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    const { directory } = await buildPlayground(mkdtempSync(join(tmpdir(), 'x-llm-page-')));
    server = await startServer(directory, apiKey);
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  afterEach(async () => {
    await page.context().close();
  });

  async function open(options: BrowserContextOptions = {}, fragment = `#key=${apiKey}`): Promise<void> {
    ({ page, complaints } = await openPage(browser, `${server.origin}/${fragment}`, options));
  }

  const shoot = (name: string) => page.screenshot({ path: join(screenshots, `${name}.png`) });

  test('takes the key out of the address, and answers about an example', async () => {
    await open();
    await page.getByText('x-llm-tiny · ready').waitFor();
    expect(page.url()).toBe(`${server.origin}/`);
    expect(await page.evaluate(() => sessionStorage.getItem('x-llm.api-key'))).toBe(apiKey);
    await shoot('welcome');

    await page.getByRole('button', { name: 'panda' }).click();
    await page.getByRole('button', { name: 'What is this?' }).click();
    await page.getByText(/first word after [\d.]+ s, done in [\d.]+ s, 9 tokens/).waitFor();
    expect(await page.locator('.reply .text').textContent()).toBe('It is a panda, a large bear.');

    // A follow-up carries the conversation, and the picture once.
    await page.getByPlaceholder('Ask something …').fill('Is it heavy?');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.reply[data-state=done]').count()).toBe(2);
    const sent = server.requests.at(-1);
    const panda = readFileSync(join(import.meta.dirname, '../examples/panda.png'), 'base64');
    expect(sent?.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: `data:image/png;base64,${panda}` } },
          { type: 'text', text: 'What is this?' },
        ],
      },
      { role: 'assistant', content: 'It is a panda, a large bear.' },
      { role: 'user', content: 'Is it heavy?' },
    ]);
    await shoot('conversation');
    expect(complaints).toEqual([]);
  });

  test('speaks Chinese, in the dark, on a telephone', async () => {
    await open({ colorScheme: 'dark', locale: 'zh-CN', viewport: { width: 390, height: 780 } });
    await page.getByText('x-llm-tiny · 就绪').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    await shoot('welcome-zh-dark');
    await page.getByRole('button', { name: '熊猫' }).click();
    await page.getByRole('button', { name: '这是什么？' }).click();
    await page.getByText(/秒后开始/).waitFor();
    expect(await page.locator('.reply .text').textContent()).toBe('这是一只熊猫。');
    await shoot('conversation-zh-dark');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);

    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('x-llm-tiny · ready').waitFor();
    expect(await page.locator('.reply .text').textContent()).toBe('这是一只熊猫。');
  });

  test('sends a large photograph smaller, and what is no picture not at all', async () => {
    await open();
    const notes = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') };
    await page.locator('input[type=file]').setInputFiles(notes);
    await page.getByText('This file is not a picture that can be used: use PNG, JPEG, WebP, GIF.').waitFor();
    expect(await page.locator('.preview img').count()).toBe(0);

    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(1600, 800);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      // Noise, so that it compresses badly enough to count as large.
      const noise = context.createImageData(1600, 800);
      for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 255 : Math.random() * 256;
      context.putImageData(noise, 0, 0);
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([await canvas.convertToBlob()], 'noise.png', { type: 'image/png' }));
      document.querySelector('main')?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    });
    const size = await page.locator('.preview img').evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      return [img.naturalWidth, img.naturalHeight];
    });
    expect(size).toEqual([1024, 512]);
  });

  test('stops when told to, and the server notices', async () => {
    await open();
    await page.getByText('x-llm-tiny · ready').waitFor();
    const before = server.left();
    await page.getByPlaceholder('Ask something …').fill('Tell me slowly');
    await page.keyboard.press('Enter');
    await page.locator('.reply[data-state=answering]').getByText('It').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Stopped').waitFor();
    await expect.poll(() => server.left()).toBe(before + 1);
    expect(await page.locator('.reply .text').textContent()).toMatch(/^It/);
  });

  test('explains errors and lets the question be asked again', async () => {
    await open();
    await page.getByText('x-llm-tiny · ready').waitFor();
    await page.getByPlaceholder('Ask something …').fill('This is too long');
    await page.keyboard.press('Enter');
    await page.getByText('This chat is full: start a new one.').waitFor();
    await page.getByText('400 · context_length_exceeded · req-0123456789abcdef').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await shoot('error');
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByText('Drop a picture here').waitFor();
  });

  test('asks for the key when it is missing or refused', async () => {
    await open({}, '');
    await page.getByText('One thing first: the key').waitFor();
    await page.getByLabel('API key').fill('sk-wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The server did not accept this key.').waitFor();
    await shoot('key');
    await page.getByLabel('API key').fill(apiKey);
    await page.keyboard.press('Enter');
    await page.getByText('x-llm-tiny · ready').waitFor();
  });

  test('does not send while a Chinese input method is composing', async () => {
    await open();
    await page.getByText('x-llm-tiny · ready').waitFor();
    const box = page.getByPlaceholder('Ask something …');
    await box.fill('zhe shi');
    const before = server.requests.length;
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await page.locator('.turn').count()).toBe(0);
    expect(server.requests.length).toBe(before);
  });
});
