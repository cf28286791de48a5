// Regenerates everything that is generated and fails when that changes a file: generated files are never edited.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

function generatedFiles(): Map<string, string> {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' });
  const files = listed.split('\n').filter((file) => /(^|\/)generated\/|\.gen\.ts$/.test(file));
  return new Map(
    files.map((file) => [
      file,
      existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'absent',
    ]),
  );
}

const before = generatedFiles();
execFileSync('npm', ['run', '--silent', 'generate'], { stdio: ['ignore', 'ignore', 'inherit'] });
const after = generatedFiles();
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);
if (changed.length > 0) {
  console.error(
    `Out of date:\n  ${changed.join('\n  ')}\nThey are regenerated now: look at them and commit.`,
  );
  process.exit(1);
}
console.log(`${after.size} generated files are up to date.`);
