/** npm, the shell and the bootstrap script pass the same Ctrl-C on; within this time it counts as one. */
const sameSignalMs = 500;

/** Aborted by the first Ctrl-C or SIGTERM; another one, later, ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let first = Number.POSITIVE_INFINITY;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (performance.now() - first > sameSignalMs) process.exit(130);
      if (controller.signal.aborted) return;
      first = performance.now();
      controller.abort(new Error(`stopped by ${signal}`));
    });
  }
  return controller.signal;
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** For work that has to begin anew: when it is stopped the process ends, and with it go what `exit` listeners delete. */
export const exitWhenStopped = (signal: AbortSignal): void =>
  signal.addEventListener('abort', () => process.exit(130));
