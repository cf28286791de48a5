/** `npm run parity -- DIR…`: how closely the models match what reference implementations computed. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkFolder, type FolderReport, ownFolders } from './check.ts';
import { kindNames, kinds } from './kinds/index.ts';
import { json, table } from './report.ts';

const usage = `Usage: npm run parity -- [--json] [DIR…]

Compares what the models here compute with golden folders: weights, inputs and the outputs of a
reference implementation. Prints the worst error of every tensor against the tolerance of its kind.
Without DIR: the folders in tests/parity/golden. A folder's base name says of which kind it is:

${kindNames.map((name) => `  ${name.padEnd(22)}${kinds[name].summary}`).join('\n')}

  --json    print the report as JSON
  --help    print this

Exit code: 0 if everything is within tolerance, 1 if something is not or a folder cannot be checked,
2 if the arguments are wrong.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  // npm runs scripts in the package's folder; paths are meant from where the command was typed.
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const folders = positionals.length > 0 ? positionals.map((path) => resolve(from, path)) : ownFolders();
  const reports: FolderReport[] = [];
  for (const folder of folders) {
    const report = await checkFolder(folder);
    reports.push(report);
    if (!values.json) console.log(table(report));
  }
  if (values.json) console.log(json(reports));
  const missed = reports.filter(({ ok }) => !ok);
  if (missed.length > 0 && !values.json) {
    console.log(
      `${missed.length} of ${reports.length} folders missed: ${missed.map(({ folder }) => folder).join(', ')}`,
    );
  }
  return missed.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const wrongArgument =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!wrongArgument) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
