/** Test support: the whole system as `npm start` runs it, gateway, backend and engine, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type RandomBundleOptions, writeRandomBundle } from '@x-llm/engine/testing';

export const root = resolve(import.meta.dirname, '../..');
/** Whether the trained model is there; without it random weights answer, and only the plumbing is tested. */
export const hasModel = existsSync(join(root, 'packages/tiny/bundle/xllm.json'));
if (!hasModel) console.warn('No model in packages/tiny/bundle: npm start is tested with random weights.');

export interface Stack {
  readonly process: ChildProcess;
  /** Ends in a slash. */
  readonly address: string;
  readonly key: string;
}

/** The model that ships, or one of random weights with the interfaces that a test asks for. */
export async function startStack(random?: RandomBundleOptions): Promise<Stack> {
  const own = hasModel && random === undefined;
  const bundle = own ? undefined : mkdtempSync(join(tmpdir(), 'x-llm-bundle-'));
  if (bundle) await writeRandomBundle(bundle, random);
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', 'apps/cli/src/main.ts', 'start'], {
    cwd: root,
    env: { ...process.env, PORT: '0', XLLM_API_KEY: 'sk-e2e', ...(bundle && { XLLM_BUNDLE: bundle }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  return new Promise<Stack>((ready, fail) => {
    child.once('exit', (code) => fail(new Error(`npm start ended with code ${code}:\n${printed}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const found = /Open\s+(http:\S+)#key=(\S+)/.exec(printed);
      if (found) ready({ process: child, address: found[1] ?? '', key: found[2] ?? '' });
    });
  });
}
