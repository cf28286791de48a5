/** What is measured of a model, here and of a peer. */
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly loadSeconds: number;
  /** Of all threads; here only. */
  readonly loadProcessorSeconds?: number;
  /** After loading. */
  readonly residentGigabytes: number;
  /** Of that, what is no file's. */
  readonly anonymousGigabytes: number;
  readonly promptTokens: number;
  /** Tokens of the prompt a second, the first token of the answer included. */
  readonly prefillPerSecond: number;
  /** Tokens of the answer a second, after the first. */
  readonly decodePerSecond: number;
  /** To encode a picture, for a model that sees. */
  readonly pictureSeconds?: number;
}

export const promptTokens = 128;
export const decodeTokens = 48;

/** Of this process, in GB; Linux only. */
export function memory(): { resident: number; anonymous: number } {
  const status = readFileSync('/proc/self/status', 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1e6;
  return { resident: field('VmRSS'), anonymous: field('RssAnon') };
}

export const rows: readonly (readonly [string, (of: Measured) => string])[] = [
  [
    'load',
    ({ loadSeconds, loadProcessorSeconds: used }) =>
      `${loadSeconds.toFixed(1)} s${used === undefined ? '' : `, ${used.toFixed(1)} s of processor time`}`,
  ],
  [
    'memory',
    ({ residentGigabytes, anonymousGigabytes }) =>
      `${residentGigabytes.toFixed(2)} GB, ${anonymousGigabytes.toFixed(2)} of them anonymous`,
  ],
  [
    'prompt',
    (of) => `${of.prefillPerSecond.toFixed(1)} tokens/s of ${of.promptTokens}, first token included`,
  ],
  ['answer', ({ decodePerSecond }) => `${decodePerSecond.toFixed(2)} tokens/s`],
  [
    'picture',
    ({ pictureSeconds }) =>
      pictureSeconds === undefined ? 'not seen' : `${pictureSeconds.toFixed(2)} s to encode`,
  ],
];

/** For a reader; with `--json`, for versus-llama.ts. */
export function report(measured: Measured): void {
  if (process.argv.includes('--json')) console.log(JSON.stringify(measured));
  else for (const [what, value] of rows) console.log(`${what.padEnd(10)}${value(measured)}`);
}

/** The median; of an even number the upper of the two in the middle, NaN of none. */
export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
