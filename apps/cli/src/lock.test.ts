import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockPath } from './lock.ts';

let folder: string;
let children: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'x-llm-lock-'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const path = () => join(folder, 'model');
const file = () => join(folder, '.model.lock');
const take = () => lockPath(path(), 'pulling this');

/** A process that takes the lock, says so, and holds it until it is killed or its input ends. */
async function holder(): Promise<ChildProcess & { readonly said: string }> {
  const code = `
    import { lockPath } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    try {
      await lockPath(${JSON.stringify(path())}, 'pulling this');
      console.log('held');
      process.stdin.on('end', () => process.exit()).resume();
    } catch (error) {
      console.log(error.message);
    }`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [text] = await once(child.stdout.setEncoding('utf8'), 'data');
  return Object.assign(child, { said: String(text).trim() });
}

test('another process is told who holds it, until that ends in order', async () => {
  const child = await holder();
  expect(child.said).toBe('held');
  await expect(take()).rejects.toMatchObject({
    message: `Another process (pid ${child.pid}) is pulling this.`,
    advice: `Wait for it, or stop it (kill ${child.pid}); then give the same command again.`,
  });
  child.stdin?.end();
  await once(child, 'exit');
  expect(existsSync(file())).toBe(false);
  await using _ = await take();
  expect((await holder()).said).toBe(`Another process (pid ${process.pid}) is pulling this.`);
});

test('the lock of a process that was killed is taken over, by one of those who want it', async () => {
  const child = await holder();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(file())).toBe(true);
  const said = (await Promise.all([1, 2, 3, 4].map(holder))).map((one) => one.said);
  expect(said.filter((one) => one === 'held')).toHaveLength(1);
  expect(said.filter((one) => /^Another process \(pid \d+\) is pulling this\.$/.test(one))).toHaveLength(3);
  expect(readdirSync(folder)).toEqual(['.model.lock']);
});

test.each<[string, () => object | string]>([
  ['of a number that another process has now', () => ({ ...mine(), start: '1' })],
  ['that was never written', () => ''],
  ['that is damaged', () => '{"pid": 1'],
])('a lock %s is stale', async (_, content) => {
  const made = content();
  writeFileSync(file(), typeof made === 'string' ? made : JSON.stringify(made));
  {
    await using _lock = await take();
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ pid: process.pid });
  }
  expect(readdirSync(folder)).toEqual([]);
});

/** The lock of a process on another machine that gave its last sign of life so long ago. */
function elsewhere(agoMinutes: number): void {
  writeFileSync(file(), JSON.stringify({ ...mine(), host: 'elsewhere' }));
  const at = new Date(Date.now() - agoMinutes * 60_000);
  utimesSync(file(), at, at);
}

test('a process on another machine counts as alive for a while, and the file to delete is named', async () => {
  elsewhere(9);
  await expect(take()).rejects.toMatchObject({
    message: `Another process (pid ${process.pid} on elsewhere) is pulling this.`,
    advice: expect.stringMatching(/counts for 10 minutes after its last sign of life, or until you delete /),
  });
  await expect(take()).rejects.toMatchObject({ advice: expect.stringContaining(file()) });
  expect(readdirSync(folder)).toEqual(['.model.lock']);
});

test('a process on another machine that gives no sign of life is gone', async () => {
  elsewhere(11);
  {
    await using _lock = await take();
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ host: hostname() });
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('whoever holds a lock gives signs of life, and none into the lock of another', async () => {
  const beatMs = 10;
  await using _lock = await lockPath(path(), 'pulling this', beatMs);
  const text = readFileSync(file(), 'utf8');
  const long = new Date(Date.now() - 3_600_000);
  utimesSync(file(), long, long);
  await expect.poll(() => statSync(file()).mtimeMs).toBeGreaterThan(long.getTime() + 1);
  expect(readFileSync(file(), 'utf8')).toBe(text);

  rmSync(file());
  elsewhere(60);
  const before = statSync(file()).mtimeMs;
  await delay(10 * beatMs);
  expect(statSync(file()).mtimeMs).toBe(before);
});

/** A lock of this process. */
const mine = () => ({ id: 'a', pid: process.pid, host: hostname(), start: '', doing: 'pulling this' });
