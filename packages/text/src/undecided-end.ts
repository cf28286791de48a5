/**
 * How many characters at the end of `text` may be the beginning of one of `strings`, so that what comes next decides.
 * Strings that are in the text whole do not count.
 *
 * @example undecidedEnd('one E', ['END']) // 1
 */
export function undecidedEnd(text: string, strings: readonly string[]): number {
  const longest = Math.max(0, ...strings.map((string) => string.length - 1));
  for (let count = Math.min(longest, text.length); count > 0; count--) {
    const end = text.slice(-count);
    if (strings.some((string) => string.startsWith(end))) return count;
  }
  return 0;
}
