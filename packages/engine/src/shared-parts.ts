/** Parts of models that are loaded once, however many models of this process have them. */
import { createHash } from 'node:crypto';
import type { AnyManifest, Component } from '@x-llm/checkpoint';

/** A part in use; disposing it gives it back, and the last to do so disposes of the part. */
export interface Lease<Part> extends Disposable {
  readonly part: Part;
}

interface Entry {
  readonly part: Promise<Disposable>;
  users: number;
}

/** What a component is, wherever its weights lie. */
export const contentOf = ({ architecture, config, weights }: Component, { files }: AnyManifest) => ({
  architecture,
  config,
  sha256: files[weights]?.sha256,
});

/**
 * Hands out parts by what they are made of: configuration and the SHA-256 of their weights. Give the same to every
 * `loadEngine` whose models may have parts in common.
 *
 *     const parts = new SharedParts();
 *     const engines = [await loadEngine(a, { parts }), await loadEngine(b, { parts })];
 */
export class SharedParts {
  readonly #entries = new Map<string, Entry>();

  /** Parts in use. */
  get count(): number {
    return this.#entries.size;
  }

  /** The part of `recipe`, plain JSON that names everything it depends on; `make` runs when nobody has it. */
  async lease<Part extends Disposable>(recipe: unknown, make: () => Promise<Part>): Promise<Lease<Part>> {
    const key = createHash('sha256').update(JSON.stringify(recipe)).digest('base64');
    const entry = this.#entries.get(key) ?? { part: make(), users: 0 };
    this.#entries.set(key, entry);
    entry.users++;
    try {
      // One recipe always has one kind of part: it begins with the name of that kind.
      const part = (await entry.part) as Part;
      return { part, [Symbol.dispose]: once(() => this.#giveBack(key, entry, part)) };
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }

  #giveBack(key: string, entry: Entry, part: Disposable): void {
    entry.users--;
    if (entry.users > 0) return;
    this.#entries.delete(key);
    part[Symbol.dispose]();
  }
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}
