/**
 * Writes a checkpoint of random numbers in a public layout, at full size or in small: names, shapes, shards and index are those
 * of the hub, what it says is nonsense. For measuring, and to see that the memory suffices.
 *
 *     node tests/fullsize/make-checkpoint.ts chatglm3-6b /somewhere/chatglm3-6b
 */
import { parseArgs } from 'node:util';
import { checkpointBytes, type Size, writeCheckpoint } from './checkpoint.ts';
import { type LayoutName, layoutNames, layouts } from './layouts.ts';

const width = Math.max(...layoutNames.map((name) => name.length));
const usage = `Usage: node tests/fullsize/make-checkpoint.ts NAME DIR [--small]

Writes random numbers as a checkpoint that \`xllm import\` takes, in one of these layouts:

${layoutNames.map((name) => `  ${name.padEnd(width)}  ${layouts[name].about}`).join('\n')}

  --small  the same names in at most a few MB, to try it
  --help   this`;

interface Asked {
  readonly name: LayoutName;
  readonly to: string;
  readonly size: Size;
}

/** What is asked for; undefined for help. */
function parse(): Asked | undefined {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { small: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return undefined;
  const [asked, to, ...more] = positionals;
  if (asked === undefined || to === undefined || more.length > 0)
    throw new Error('a name and a folder are needed');
  const name = layoutNames.find((one) => one === asked);
  if (name === undefined) throw new Error(`there is no layout "${asked}": ${layoutNames.join(', ')}`);
  return { name, to, size: values.small ? 'small' : 'full' };
}

async function make({ name, to, size }: Asked): Promise<void> {
  const started = performance.now();
  const checkpoint = layouts[name].make(size);
  await writeCheckpoint(to, checkpoint, (file, tensors) => console.log(`${file}: ${tensors} tensors`));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${to}: ${(checkpointBytes(checkpoint) / 1e6).toFixed(1)} MB in ${seconds} s`);
}

try {
  const asked = parse();
  if (asked) await make(asked);
  else console.log(usage);
} catch (error) {
  const reason = error instanceof Error ? error.message : error;
  console.error(`${reason}\nnode tests/fullsize/make-checkpoint.ts --help says more.`);
  process.exitCode = 1;
}
