/** The same training step in PyTorch, in a process of its own that computes only when it is asked to. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Times } from './statistics.ts';

/** Numbers that both sides start from. */
export interface Shared {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

export interface PeerOptions {
  readonly python: string;
  /** File in `peer/`. */
  readonly script: string;
  readonly threads: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly parameters: readonly Shared[];
  readonly inputs: readonly Shared[];
}

export interface PeerStep extends Times {
  readonly loss: number;
}

/** The version of torch that `python` finds; undefined when there is none. */
export function torchVersion(python: string): string | undefined {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    const code = 'import torch; print(torch.__version__)';
    return execFileSync(python, ['-c', code], { encoding: 'utf8', stdio, timeout: 120_000 }).trim();
  } catch {
    return undefined;
  }
}

/** The peer's process. Dispose it to end it. */
export class Peer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #folder: string;

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, folder: string) {
    this.#process = child;
    this.#lines = lines;
    this.#folder = folder;
  }

  static async start({ python, script, threads, config, parameters, inputs }: PeerOptions): Promise<Peer> {
    const folder = mkdtempSync(join(tmpdir(), 'x-llm-bench-'));
    const file = join(folder, 'tensors.bin');
    const all = [...parameters, ...inputs];
    const bytes = all.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    writeFileSync(file, Buffer.concat(bytes));
    let offset = 0;
    const index = all.map(({ name, shape, data }) => {
      const entry = { name, shape, offset, count: data.length, trained: offset < sizeOf(parameters) };
      offset += data.byteLength;
      return { ...entry, dtype: data instanceof Float32Array ? 'float32' : 'int64' };
    });
    const child = spawn(python, [join(import.meta.dirname, 'peer', script)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, OMP_NUM_THREADS: String(threads) },
    });
    child.stdin.on('error', () => {}); // a peer that ended is noticed by its missing answer
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const peer = new Peer(child, lines, folder);
    peer.#send({ threads, config, file, tensors: index });
    await peer.#answer();
    return peer;
  }

  /** One step of training: forward, backward, update. */
  async step(): Promise<PeerStep> {
    this.#send('step');
    return (await this.#answer()) as PeerStep;
  }

  #send(message: unknown): void {
    this.#process.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  async #answer(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the peer ended; what it said is above');
    return JSON.parse(value);
  }

  [Symbol.dispose](): void {
    this.#process.stdin?.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const sizeOf = (tensors: readonly Shared[]): number =>
  tensors.reduce((sum, { data }) => sum + data.byteLength, 0);
