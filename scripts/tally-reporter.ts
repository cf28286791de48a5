import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed, N skipped`, alone on the very last line, so that scripts can read it. */
export default class TallyReporter implements Reporter {
  readonly #tally = { passed: 0, failed: 0, skipped: 0 };

  onInit(): void {
    process.once('exit', () => {
      const { passed, failed, skipped } = this.#tally;
      writeSync(1, `${passed} passed, ${failed} failed, ${skipped} skipped\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tally = this.#tally;
    // An error outside any test fails the run: it must not hide behind "0 failed".
    Object.assign(tally, { passed: 0, failed: unhandledErrors.length, skipped: 0 });
    for (const module of modules) {
      const failedBefore = tally.failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') tally.passed++;
        else if (state === 'failed') tally.failed++;
        else tally.skipped++;
      }
      // The file did not load, or a hook outside the tests failed.
      if (module.state() === 'failed' && tally.failed === failedBefore) tally.failed++;
    }
  }
}
