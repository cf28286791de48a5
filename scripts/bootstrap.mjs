// The first thing every npm script runs. Plain JavaScript, no dependencies, any Node from 20 on:
// installs the packages when they are missing or out of step with package-lock.json, then hands over to the
// Node 24 that the `node` package brings.
//
//   node scripts/bootstrap.mjs FILE.ts args…      run a TypeScript file
//   node scripts/bootstrap.mjs --bin NAME args…   run a tool from node_modules/.bin
//   node scripts/bootstrap.mjs --install          only install
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');
const windows = process.platform === 'win32';
const nodeVersionWanted = 24;

const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  ONNXRUNTIME_NODE_INSTALL: process.env.ONNXRUNTIME_NODE_INSTALL ?? 'skip',
  WRANGLER_SEND_METRICS: 'false',
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
};

/** What the lockfile wants and node_modules does not have; undefined when all is in place. */
function missingPackage() {
  const installedFile = join(modules, '.package-lock.json');
  if (!existsSync(installedFile)) return 'node_modules';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    // Optional packages are absent where they do not fit the platform; workspace links carry no version.
    if (!path.startsWith('node_modules/') || entry.optional || entry.devOptional || entry.peer) continue;
    if (entry.link ? !existsSync(join(root, path)) : installed[path]?.version !== entry.version) return path;
  }
  return undefined;
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js')
    ? [process.execPath, [cli]]
    : [windows ? 'npm.cmd' : 'npm', []];
  const result = spawnSync(command, [...first, ...args, '--no-audit', '--no-fund'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows && first.length === 0,
  });
  if (result.status === 0) return;
  const why = result.error ? `: ${result.error.message}` : '';
  fail(`npm ${args.join(' ')} failed${why}. Check the network, then run the same command again.`);
}

function fail(message) {
  console.error(`x-llm: ${message}`);
  process.exit(1);
}

function install() {
  const missing = missingPackage();
  if (missing !== undefined) {
    const fresh = missing === 'node_modules';
    const started = Date.now();
    console.error(
      fresh ? 'Installing packages (first run only, about half a minute) …' : 'Updating packages …',
    );
    npm(fresh ? 'ci' : 'install');
    console.error(`Packages ready after ${Math.round((Date.now() - started) / 1000)} s.\n`);
  }
}

/** The Node to run with: the packaged one; this one where install scripts were switched off. */
function node() {
  const packaged = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= nodeVersionWanted) return process.execPath;
  npm('rebuild', 'node', '--ignore-scripts=false');
  if (existsSync(packaged)) return packaged;
  return fail(`Node ${nodeVersionWanted} is needed, this is ${process.versions.node}: npm rebuild node`);
}

/** The JavaScript file or native program behind a name in node_modules/.bin. */
function tool(name) {
  const link = join(bin, windows ? `${name}.cmd` : name);
  if (!existsSync(link)) fail(`there is no ${name} in node_modules/.bin`);
  return realpathSync(link);
}

function run(command, args, shell = false) {
  const child = spawn(command, args, { env, stdio: 'inherit', shell });
  // A terminal sends Ctrl-C to the child as well; elsewhere it has to be passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm passes a signal to its shell only, which ends without telling anyone: then nobody is waiting for us.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 250);
  }
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const [first, ...rest] = process.argv.slice(2);
if (Number.parseInt(process.versions.node, 10) < 20)
  fail(`Node 20 or newer is needed, this is ${process.version}`);
install();
if (first === '--bin' && rest[0] !== undefined) {
  const file = tool(rest[0]);
  if (windows) run(file, rest.slice(1), true);
  else if (/\.[cm]?js$/.test(file)) run(node(), [file, ...rest.slice(1)]);
  else run(file, rest.slice(1));
} else if (first !== undefined && first !== '--install') {
  run(node(), [resolve(root, first), ...rest]);
} else if (first !== '--install') {
  fail('usage: node scripts/bootstrap.mjs FILE.ts args… | --bin NAME args… | --install');
}
