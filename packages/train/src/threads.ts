import { availableParallelism } from 'node:os';

/** As many threads as are wanted and this machine runs at a time, about which `note` hears: more would only take turns. */
export function usefulThreads(
  wanted: number,
  note: (message: string) => void,
  cores = availableParallelism(),
): number {
  if (wanted <= cores) return wanted;
  note(`${wanted} threads are wanted, and this machine runs ${cores} at a time: ${cores} are used`);
  return cores;
}
