/** Values from one who produces them at their own pace to one who asks for them. */
export class Channel<Value extends object> implements AsyncIterableIterator<Value, undefined> {
  readonly #values: Value[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  push(value: Value): void {
    if (this.#end) return;
    this.#values.push(value);
    this.#wake?.();
  }

  /** No more values; those not yet asked for are still given. */
  close(): void {
    this.#end ??= {};
    this.#wake?.();
  }

  /** Ends with an error, at once: values not yet asked for are dropped. */
  fail(error: unknown): void {
    if (this.#end) return;
    this.#values.length = 0;
    this.#end = { error };
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<Value, undefined>> {
    while (this.#values.length === 0) {
      if (this.#end && 'error' in this.#end) throw this.#end.error;
      if (this.#end) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const value = this.#values.shift();
    return value ? { done: false, value } : { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
