/** Waiting that shows itself: after two seconds a line on the terminal, drawn over every second. */
export function showElapsed(
  what: string,
  out: Pick<NodeJS.WriteStream, 'isTTY'> & { write(text: string): boolean } = process.stderr,
): { end(): void } {
  if (!out.isTTY) return { end() {} };
  const started = performance.now();
  let shown = false;
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    if (seconds < 2) return;
    shown = true;
    out.write(`\r\u001b[K${what} … ${seconds} s`);
  }, 1000);
  return {
    end() {
      clearInterval(timer);
      if (shown) out.write('\r\u001b[K');
      shown = false;
    },
  };
}
