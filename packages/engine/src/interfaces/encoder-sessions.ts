/** An encoder, running: sections of its blocks, each a session that reads what the one before it gives. */
import { type Graph, toModel } from '@x-llm/onnx';
import type { Runtime, Session, SessionOptions, Tensor } from '@x-llm/ort';

export class EncoderSessions implements Disposable {
  readonly #sessions: readonly Session[];

  private constructor(sessions: readonly Session[]) {
    this.#sessions = sessions;
  }

  /** `graphs` in their order, each with the input `input` and the output `states`. Loaded side by side. */
  static async load(
    runtime: Runtime,
    graphs: readonly Graph[],
    options: SessionOptions,
  ): Promise<EncoderSessions> {
    const loading = await Promise.allSettled(
      graphs.map((graph) => runtime.createSession(toModel(graph), options)),
    );
    const sessions = loading.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = loading.find((one) => one.status === 'rejected');
    if (!failed) return new EncoderSessions(sessions);
    for (const session of sessions) session[Symbol.dispose]();
    throw failed.reason;
  }

  /** What the last section makes of `input`; to be disposed of. */
  async run(input: Tensor): Promise<Tensor> {
    let states = input;
    for (const session of this.#sessions) {
      const before = states;
      states = (await session.run({ input: before }, { outputs: ['states'] })).states;
      if (before !== input) before[Symbol.dispose]();
    }
    return states;
  }

  [Symbol.dispose](): void {
    for (const session of this.#sessions) session[Symbol.dispose]();
  }
}
