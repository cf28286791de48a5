/** Gathers what comes while a run is under way into the next run. */
export class Batcher<Input, Output> {
  readonly #run: (inputs: readonly Input[]) => Promise<readonly Output[]>;
  readonly #maxBatch: number;
  #waiting: { readonly input: Input; readonly settle: PromiseWithResolvers<Output> }[] = [];
  #running = false;

  constructor(run: (inputs: readonly Input[]) => Promise<readonly Output[]>, maxBatch: number) {
    this.#run = run;
    this.#maxBatch = maxBatch;
  }

  add(input: Input): Promise<Output> {
    const settle = Promise.withResolvers<Output>();
    this.#waiting.push({ input, settle });
    if (!this.#running) void this.#work();
    return settle.promise;
  }

  async #work(): Promise<void> {
    this.#running = true;
    await Promise.resolve(); // what is added together runs together
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#maxBatch);
      try {
        const outputs = await this.#run(batch.map(({ input }) => input));
        for (const [index, { settle }] of batch.entries()) {
          const output = outputs[index];
          if (output === undefined) settle.reject(new Error(`a run gave no result number ${index}`));
          else settle.resolve(output);
        }
      } catch (error) {
        for (const { settle } of batch) settle.reject(error);
      }
    }
    this.#running = false;
  }
}
