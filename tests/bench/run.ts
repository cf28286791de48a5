/** `npm run bench`: how fast this is, on this machine, now. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Context, Outcome } from './benchmark.ts';
import { benchmarkNames, benchmarks, isBenchmarkName } from './benchmarks/index.ts';
import { machine } from './machine.ts';
import { heading, markdown } from './report.ts';

const usage = `Usage: npm run bench -- [--json FILE] [--only NAME]… [--threads N] [--runs N]

Measures and prints a table for each of:

${benchmarkNames.map((name) => `  ${name.padEnd(16)}${benchmarks[name].summary}`).join('\n')}

  --json FILE   write everything as JSON too
  --only NAME   measure this one; may be given more than once
  --threads N   threads that share one run's work, here and in PyTorch (default: 1)
  --runs N      timed runs of everything (default: 9)
  --help        print this

XLLM_BUNDLE   the engine's bundle (default: packages/tiny/bundle)
XLLM_PYTHON   a Python that has torch, to compare with (default: python3)

"ours" and "peer" take turns. Processor time is that of all threads; on a busy machine it says more than
wall time. Exit code: 0, 1 if a benchmark failed, 2 if the arguments are wrong.`;

class UsageError extends Error {}

function parse() {
  try {
    return parseArgs({
      options: {
        json: { type: 'string' },
        only: { type: 'string', multiple: true, default: [] },
        threads: { type: 'string', default: '1' },
        runs: { type: 'string', default: '9' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new UsageError(`--${name} must be an integer of 1 or more, got "${text}"`);
}

async function main(): Promise<number> {
  const values = parse();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const unknown = values.only.find((name) => !isBenchmarkName(name));
  if (unknown !== undefined) throw new UsageError(`there is no benchmark "${unknown}"`);
  const context: Context = {
    threads: positive('threads', values.threads),
    runs: positive('runs', values.runs),
    bundle: process.env['XLLM_BUNDLE'] ?? join(import.meta.dirname, '../../packages/tiny/bundle'),
    python: process.env['XLLM_PYTHON'] ?? 'python3',
    note: (message) => process.stderr.write(`  ${message}\n`),
  };
  const about = machine();
  console.log(heading(about));
  const outcomes: Record<string, Outcome | { failed: string }> = {};
  for (const name of benchmarkNames) {
    if (values.only.length > 0 && !values.only.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    try {
      const outcome = await benchmarks[name].run(context);
      outcomes[name] = outcome;
      console.log(markdown(name, outcome));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      outcomes[name] = { failed: error.message };
      console.error(`${name} failed: ${error.stack}\n`);
    }
  }
  if (values.json !== undefined) {
    const document = { format: 1, at: new Date().toISOString(), machine: about, benchmarks: outcomes };
    writeFileSync(values.json, `${JSON.stringify(document, undefined, 2)}\n`);
  }
  return Object.values(outcomes).some((outcome) => 'failed' in outcome) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
