import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './user-error.ts';

export function newApiKey(): string {
  return `sk-xllm-${randomBytes(24).toString('base64url')}`;
}

/** `XLLM_API_KEY` if set; else the one in the file, which is made on the first run, readable by its owner only. */
export async function apiKeyFrom(file: string, environment = process.env): Promise<string> {
  const given = environment['XLLM_API_KEY']?.trim();
  if (given !== undefined && given !== '') {
    if (/^[\x21-\x7e]+$/.test(given)) return given;
    throw new UserError(
      'XLLM_API_KEY holds characters that an HTTP header cannot carry.',
      'Use visible ASCII without spaces.',
    );
  }
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept !== '') return kept;
  const made = newApiKey();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return made;
}

/** The key for talking to a server: the option, the environment, or the file if there is one. */
export async function findApiKey(
  asked: string | undefined,
  file: string,
  environment = process.env,
): Promise<string | undefined> {
  const given = asked ?? environment['XLLM_API_KEY'];
  if (given !== undefined && given.trim() !== '') return given.trim();
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  return kept === '' ? undefined : kept;
}
