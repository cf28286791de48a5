import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, launchChromium } from '@x-llm/playground/testing';
import { audio, type ContentPart, image, video, XLLM } from '@x-llm/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasModel, root, startStack } from './stack.ts';

// What a newcomer does: npm start, open the printed address, pick a picture, ask.

const artifacts = join(import.meta.dirname, 'artifacts');
const chromium = findChromium();
if (chromium === undefined) console.warn('The page is not tested: no Chromium found.');

const examples = join(root, 'apps/playground/examples');
const answers = {
  apple: /apple/i,
  cactus: /cactus/i,
  mushroom: /mushroom/i,
  panda: /panda/i,
  penguin: /penguin/i,
  rocket: /rocket/i,
  sailboat: /sailboat|boat/i,
  sunflower: /sunflower/i,
  umbrella: /umbrella/i,
  watermelon: /watermelon/i,
};
/** None of these pictures was ever trained on; a model this small need not get them all. */
const rightAtLeast = 6;

describe('npm start', { timeout: 120_000 }, () => {
  let child: ChildProcess;
  let address = '';
  let key = '';

  beforeAll(async () => {
    mkdirSync(artifacts, { recursive: true });
    ({ process: child, address, key } = await startStack());
  });
  afterAll(() => {
    child?.kill('SIGTERM');
  });

  test('prints an address that carries the key', () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(key).toBe('sk-e2e');
  });

  test.skipIf(!hasModel)('names things in pictures it never saw', async () => {
    const client = new XLLM({ apiKey: key, baseURL: `${address}v1` });
    const right: string[] = [];
    for (const [name, wanted] of Object.entries(answers)) {
      const picture = await image(join(examples, `${name}.png`));
      const { choices } = await client.chat.completions.create({
        model: 'x-llm-tiny',
        messages: [{ role: 'user', content: [picture, { type: 'text', text: 'What is this?' }] }],
        temperature: 0,
      });
      if (wanted.test(choices[0]?.message.content ?? '')) right.push(name);
    }
    expect(right.length, `right about ${right.join(', ')}`).toBeGreaterThanOrEqual(rightAtLeast);
  });

  test.skipIf(!hasModel)(
    'answers spoken questions, says what happens in a clip, and writes down speech',
    async () => {
      const client = new XLLM({ apiKey: key, baseURL: `${address}v1` });
      const sound = (language: 'en' | 'zh') =>
        join(examples, language === 'en' ? 'what-is-this.wav' : 'zhe-shi-shenme.wav');
      const ask = async (...content: ContentPart[]) => {
        const messages = [{ role: 'user' as const, content }];
        const { choices } = await client.chat.completions.create({
          model: 'x-llm-tiny',
          messages,
          temperature: 0,
        });
        return choices[0]?.message.content;
      };
      const apple = await image(join(examples, 'apple.png'));
      expect(await ask(apple, await audio(sound('en')))).toMatch(/apple/i);
      expect(await ask(apple, await audio(sound('zh')))).toMatch(/苹果/);
      const clip = await video(join(examples, 'apple-grows.webp'));
      expect(await ask(clip, { type: 'text', text: 'What happens in the video?' })).toMatch(/apple grows/i);
      const { text } = await client.transcribe({ model: 'x-llm-tiny', file: sound('en') });
      expect(text).toBe('What is this?');
    },
  );

  test.skipIf(chromium === undefined)('shows the answer on the page, in both languages', async () => {
    const browser = await launchChromium(chromium ?? '');
    try {
      const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1000, height: 760 } });
      await page.goto(`${address}#key=${key}`);
      await page.getByText('· ready').waitFor();
      await page.getByRole('button', { name: 'apple', exact: true }).click();
      await page.getByRole('button', { name: 'What is this?', exact: true }).click();
      await page.locator('.reply[data-state=done]').waitFor();
      await page.screenshot({ path: join(artifacts, 'page.png') });
      if (hasModel) expect(await page.locator('.reply .text').textContent()).toMatch(answers.apple);

      await page.getByRole('button', { name: '中文' }).click();
      await page.getByRole('button', { name: '这是什么？', exact: true }).click();
      await page.locator('.reply[data-state=done]').nth(1).waitFor();
      await page.screenshot({ path: join(artifacts, 'page-zh.png') });
      const chinese = await page.locator('.reply .text').nth(1).textContent();
      if (hasModel) expect(chinese).toMatch(/\p{Script=Han}/u);
    } finally {
      await browser.close();
    }
  });

  test('stops on SIGINT and leaves nothing behind', async () => {
    const ended = new Promise((done) => child.once('exit', (code, signal) => done([code, signal])));
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(`${address}healthz`)).rejects.toThrow();
  });
});
