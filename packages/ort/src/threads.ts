/** How many threads of which kind. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Physical cores this process may use: two hyper-threads of a core share its arithmetic units, so a second thread
 * there only costs. Linux says which are siblings; elsewhere the logical count is taken.
 */
export function physicalCores(): number {
  const logical = availableParallelism();
  if (process.platform !== 'linux') return logical;
  const siblings = new Set<string>();
  for (let cpu = 0; ; cpu++) {
    try {
      const file = `/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`;
      siblings.add(readFileSync(file, 'utf8'));
    } catch {
      break;
    }
  }
  return siblings.size === 0 ? logical : Math.min(siblings.size, logical);
}

/**
 * Native calls that may run at once: they occupy libuv's worker threads (UV_THREADPOOL_SIZE, 4 by default), of
 * which two are left to files, DNS and compression.
 */
export function concurrentCalls(): number {
  const workers = Number.parseInt(process.env.UV_THREADPOOL_SIZE ?? '', 10);
  return Math.max(1, (Number.isFinite(workers) ? workers : 4) - 2);
}
