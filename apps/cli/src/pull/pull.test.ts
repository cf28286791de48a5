import type { ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type LocalHub, localCommit, startLocalHub } from '@x-llm/checkpoint/hub/testing';
import { blip2Folder, writeRandomBundle } from '@x-llm/engine/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RunOptions, runXllm } from '../testing/run-xllm.ts';

const golden = join(import.meta.dirname, '../../../../tests/parity/golden');
const read = (path: string) => new Uint8Array(readFileSync(join(golden, path)));
const text = (content: unknown) => new TextEncoder().encode(JSON.stringify(content));

/** A small ChatGLM3, with the files that the hub has beside it. */
const files = {
  'README.md': text('A model.'),
  'config.json': read('chatglm3-6b/config.json'),
  'model.safetensors': read('chatglm3-6b/model.safetensors'),
  'modeling_chatglm.py': text('print()'),
  'pytorch_model.bin': text('not needed'),
  'tokenizer.model': read('tokenizer/tokenizer.model'),
};
const repository = 'zai-org/chatglm3-6b';
/** A small VisualGLM-6B. */
const seeing = 'zai-org/visualglm-6b';
const shards = [1, 2, 3].map((at) => `pytorch_model-0000${at}-of-00003.bin`);
const seeingFiles = {
  ...Object.fromEntries(
    ['config.json', 'pytorch_model.bin.index.json', ...shards].map((name) => [
      name,
      read(`visualglm-6b/${name}`),
    ]),
  ),
  'ice_text.model': read('tokenizer/ice_text.model'),
  'visual.py': text('print()'),
};
const token = 'hf_secretSecretSecret';

/** BLIP-2 in shards, the last of them with nothing but its language model. */
const blip2 = 'Salesforce/blip2-opt-2.7b';
const lastShard = 'model-00003-of-00003.safetensors';

let hub: LocalHub;
let home: string;
let blip2Files: Record<string, Uint8Array>;
beforeAll(async () => {
  const folder = await blip2Folder(tmpdir(), { inShards: true });
  blip2Files = Object.fromEntries(
    readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
  );
  rmSync(folder, { recursive: true });
  hub = await startLocalHub({
    [repository]: { files, cardData: { license: 'other' } },
    [seeing]: { files: seeingFiles },
    [blip2]: { files: { ...blip2Files, 'tokenizer.json': text({}) }, cardData: { license: 'mit' } },
    'somebody/blip2-other': { files: blip2Files, cardData: { license: 'mit' } },
    'somebody/tuned': { files, cardData: { license: 'apache-2.0' } },
    'somebody/other': { files: { ...files, 'config.json': text({ model_type: 'llama' }) } },
    'somebody/gated': { files, gated: true },
    'funasr/paraformer-zh': {
      files: { 'am.mvn': text(1), 'config.yaml': text(2), 'example/a.wav': text(3), 'model.pt': text(4) },
    },
    'somebody/code': { files: { 'README.md': files['README.md'] } },
  });
});
afterAll(() => hub.close());
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'x-llm-pull-'));
  hub.mischief = {};
  hub.requests.length = 0;
  return () => rmSync(home, { recursive: true, force: true });
});

const xllm = (args: readonly string[], options: Omit<RunOptions, 'cwd'> = {}) =>
  runXllm(args, {
    ...options,
    cwd: home,
    env: { HF_ENDPOINT: hub.url, HF_TOKEN: '', XLLM_HOME: home, XLLM_LOG: 'silent', ...options.env },
  });
const fetched = () => hub.requests.filter((line) => /store|resolve/.test(line));
const model = (name: string) => join(home, 'models', name);
const manifestOf = (name: string) => JSON.parse(readFileSync(join(model(name), 'xllm.json'), 'utf8'));

/** A folder that says it is a bundle. */
function makeModel(name: string): void {
  cpSync(join(import.meta.dirname, '../testing/empty-bundle'), model(name), { recursive: true });
}

test('a part of a model is fetched, kept, and said how to use', async () => {
  const refused = await xllm([
    'pull',
    'paraformer-large',
    '--yes',
    '--name',
    'mine',
    '--quantize-encoders',
    'int8',
  ]);
  expect(refused.stderr).toContain(
    'paraformer-large is a part of a model: pulling it makes none, so --name and --quantize-encoders would do nothing.',
  );
  expect(refused.code).toBe(1);
  expect(hub.requests).toEqual([]);
  const pulled = await xllm(['pull', 'paraformer-large', '--yes']);
  const folder = join(home, 'hub/funasr/paraformer-zh');
  expect(pulled.stdout).toContain('Licence: The FunASR Model License, https://github.com/modelscope/FunASR');
  expect(pulled.stdout).toMatch(/3 files, [\s\S]*a part of a model/);
  expect(pulled.stdout).toContain(
    `npx xllm import ${folder} --into chatglm-6b --c-former bert-base-chinese\n`,
  );
  expect(pulled.code).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['am.mvn', 'config.yaml', 'model.pt']);
  expect(existsSync(model('paraformer-large'))).toBe(false);
});

test('BLIP-2 is fetched without its language model, and becomes the eyes of another', async () => {
  const refused = await xllm(['pull', 'blip2', '--yes', '--quantize', 'int4']);
  expect(refused.stderr).toMatch(/--quantize and --text are of language models/);
  expect(hub.requests).toEqual([]);
  const pulled = await xllm(['pull', 'blip2', '--yes']);
  expect(pulled.stderr).toContain('✔ model-00002-of-00003.safetensors');
  expect(pulled.stdout).toMatch(
    /Licence: MIT, https:\/\/huggingface\.co\/Salesforce\/blip2-opt-2\.7b\n4 files, /,
  );
  expect(pulled.stdout).toMatch(/an interface for image and no language model, 103 tensors/);
  expect(pulled.code).toBe(0);
  expect(fetched().filter((line) => /tokenizer|00003-of-00003/.test(line))).toEqual([]);
  expect(Object.keys(blip2Files)).toContain(lastShard);
  expect(manifestOf('blip2')).toMatchObject({
    licence: 'MIT',
    provenance: { sources: [{ name: `${blip2}@${localCommit}` }] },
  });
  expect(existsSync(join(home, 'hub', blip2))).toBe(false);
  hub.requests.length = 0;
  const taken = await xllm(['pull', 'blip2', '--yes']);
  expect(taken.stderr).toMatch(
    /blip2 is there already\.\nChoose another --name or --out, or .* --force\.\n$/,
  );
  expect(hub.requests).toEqual([]);
  expect((await xllm(['pull', 'blip2', '--yes', '--force'])).code).toBe(0);
  expect(readdirSync(join(home, 'models'))).toEqual(['blip2']);

  await writeRandomBundle(model('talks'), { image: false });
  const composed = await xllm(['compose', '--llm', 'talks', '--image', 'blip2', '--name', 'sees']);
  expect(composed.stdout).toMatch(/Note: the adapter of image is untrained/);
  // By the name of any repository: its configuration tells.
  const other = 'somebody/blip2-other';
  const refusedLater = await xllm(['pull', other, '--yes', '--quantize', 'int8']);
  expect(refusedLater.stderr).toMatch(/--quantize and --text are of language models/);
  const named = await xllm(['pull', other, '--yes', '--name', 'again']);
  expect(named.stdout).toMatch(/4 files, [\s\S]*no language model/);
  expect(manifestOf('again').files).toEqual(manifestOf('blip2').files);
}, 120_000);

test('from a name to an answer', async () => {
  const pulled = await xllm(['pull', 'chatglm3-6b', '--yes']);
  expect(pulled.stderr).toMatch(
    /^✔ config\.json, 0\.8 kB\n✔ tokenizer\.model, 11\.9 kB\n[\s\S]*✔ model\.safetensors, 0\.3 MB\n/,
  );
  expect(pulled.stdout).toContain(
    [
      `From ${hub.url}/${repository}, main = ${localCommit.slice(0, 12)}`,
      `Licence: The ChatGLM3-6B License, https://huggingface.co/${repository}/blob/main/MODEL_LICENSE`,
      '3 files, 0.3 MB\n',
    ].join('\n'),
  );
  expect(pulled.stdout).toMatch(/Try it: npx xllm chat --bundle chatglm3-6b "Hello"\n$/);
  expect(pulled.code).toBe(0);
  expect(manifestOf('chatglm3-6b')).toMatchObject({
    name: 'chatglm3-6b',
    licence: 'The ChatGLM3-6B License',
    provenance: {
      summary: expect.stringContaining(`the checkpoint ${repository}@${localCommit}`),
      sources: [
        {
          name: `${repository}@${localCommit}`,
          licence: 'The ChatGLM3-6B License',
          url: `${hub.url}/${repository}/tree/${localCommit}`,
        },
      ],
    },
  });
  expect(existsSync(join(home, 'hub', repository))).toBe(false);

  // A folder that was fetched in another way makes the same model; its own name is also that of a model, and that wins.
  const folder = join(home, 'chatglm3-6b');
  mkdirSync(folder);
  for (const name of ['config.json', 'model.safetensors', 'tokenizer.model'] as const)
    writeFileSync(join(folder, name), files[name]);
  const imported = await xllm(['import', folder, '--name', 'from-folder']);
  expect(imported.stdout).toContain('--bundle from-folder');
  expect(manifestOf('from-folder').files).toEqual(manifestOf('chatglm3-6b').files);

  const listed = JSON.parse((await xllm(['models', '--json'])).stdout);
  expect(listed.models.map(({ name }: { name: string }) => name)).toEqual([
    'x-llm-tiny',
    'chatglm3-6b',
    'from-folder',
  ]);
  expect(listed.models[1]).toMatchObject({ architecture: 'glm', quantization: null, takes: ['text'] });
  const table = await xllm(['models']);
  expect(table.stdout).toMatch(
    /^x-llm-tiny +[\d.]+ MB +chatglm +text, image, video, speech +MIT +\S+bundle$/m,
  );
  expect(table.stdout).toMatch(/^chatglm3-6b +0\.3 MB +glm +text +The ChatGLM3-6B License +\S+chatglm3-6b$/m);

  const ask = (name: string) =>
    xllm(['chat', '--bundle', name, '--temperature', '0', '--max-tokens', '5', 'Hello']);
  const [one, other] = [await ask('chatglm3-6b'), await ask('from-folder')];
  expect(one.stderr).toBe('');
  expect(one.stdout.trim()).not.toBe('');
  expect(other.stdout).toBe(one.stdout);

  const again = await xllm(['pull', 'chatglm3-6b', '--yes']);
  expect(again.stderr).toMatch(
    /chatglm3-6b is there already\.\nChoose another --name or --out, or replace it with --force\.\n$/,
  );
  const forced = await xllm(['pull', 'chatglm3-6b', '--yes', '--force', '--quantize', 'int8']);
  expect(forced.code).toBe(0);
  expect(manifestOf('chatglm3-6b').llm.quantization).toMatchObject({ bits: 8 });
  expect(readdirSync(join(home, 'models')).sort()).toEqual(['chatglm3-6b', 'from-folder']);

  const removed = await xllm(['models', 'rm', 'chatglm3-6b', '--yes']);
  expect(removed.stdout).toBe('chatglm3-6b is deleted, 0.4 MB.\n');
  expect(existsSync(model('chatglm3-6b'))).toBe(false);
  expect(existsSync(model('from-folder'))).toBe(true);
}, 120_000);

test('VisualGLM-6B becomes a model that is asked about a picture', async () => {
  const pulled = await xllm(['pull', 'visualglm-6b', '--yes', '--quantize', 'int8']);
  expect(pulled.stderr).toContain('✔ pytorch_model-00003-of-00003.bin, 86.1 kB\n');
  expect(pulled.stdout).toContain('visualglm-6b (visualglm-6b), ');
  expect(pulled.code).toBe(0);
  expect(manifestOf('visualglm-6b')).toMatchObject({
    licence: 'The VisualGLM-6B License',
    llm: { quantization: { bits: 8 } },
    interfaces: { image: { adapter: { config: { name: 'glm_proj' } } } },
    chatTemplate: 'visualglm-6b',
  });
  const { stdout: table } = await xllm(['models']);
  expect(table).toMatch(/^visualglm-6b +0\.\d MB +chatglm int8 +text, image +The VisualGLM-6B License +/m);
  const picture = join(
    import.meta.dirname,
    '../../../../tests/parity/golden/frontend-image/images/exif_rotated.jpg',
  );
  const answer = await xllm([
    'chat',
    '--bundle',
    'visualglm-6b',
    '--image',
    picture,
    '--max-tokens',
    '5',
    '--temperature',
    '0',
    '这是什么？',
  ]);
  expect(answer.stderr).toBe('');
  expect(answer.stdout.trim()).not.toBe('');
  expect(answer.code).toBe(0);
}, 60_000);

/** A pull that cannot end; `whileAtIt` is called when there is a part of the weights. */
async function hangingPull(whileAtIt: (child: ChildProcess) => void | Promise<void>) {
  hub.mischief = { hangAfter: 200_000 };
  const started = Promise.withResolvers<ChildProcess>();
  const running = xllm(['pull', 'chatglm3-6b', '--yes'], { onStart: started.resolve });
  const child = await started.promise;
  await vi.waitFor(() => expect(fetched().filter((line) => line.includes('store/')).length).toBe(2), 20_000);
  await delay(200); // until what was sent is written
  await whileAtIt(child);
  return running;
}

test('that is stopped goes on where it was', async () => {
  const stopped = await hangingPull((child) => void child.kill('SIGINT'));
  expect(stopped.stderr).toMatch(/xllm: Stopped\.\nGive the same command again: what has come is kept\.\n$/);
  expect(stopped.code).toBe(1);
  expect(readdirSync(join(home, 'models'))).toEqual([]);

  hub.mischief = {};
  hub.requests.length = 0;
  const done = await xllm(['pull', 'chatglm3-6b', '--yes', '--quantize', 'int4', '--keep-download']);
  expect(done.stdout).toMatch(/3 files, 0\.3 MB, of which 0\.2 MB are here already/);
  expect(done.code).toBe(0);
  expect(fetched()).toEqual([
    `GET /${repository}/resolve/${localCommit}/model.safetensors bytes=200000-`,
    expect.stringMatching(/^GET store\/\w+ bytes=200000-$/),
  ]);
  expect(manifestOf('chatglm3-6b').llm.quantization).toEqual({ bits: 4, blockSize: 128 });

  hub.requests.length = 0;
  const second = await xllm(['pull', 'chatglm3-6b', '--yes', '--name', 'whole']);
  expect(second.code).toBe(0);
  expect(fetched()).toEqual([]);
}, 60_000);

test('is not done twice at once, and goes on after one that was killed', async () => {
  await hangingPull(async (child) => {
    const refused = async (...args: string[]) => {
      const { code, stderr } = await xllm(args);
      expect(code).toBe(1);
      return stderr;
    };
    const said = [
      `xllm: Another process (pid ${child.pid}) is pulling chatglm3-6b.`,
      `Wait for it, or stop it (kill ${child.pid}); then give the same command again.\n`,
    ].join('\n');
    expect(await refused('pull', 'chatglm3-6b', '--yes')).toBe(said);
    // The same repository, under another name; and the same place.
    expect(await refused('pull', repository, '--yes', '--name', 'other')).toBe(said);
    expect(await refused('import', home, '--name', 'chatglm3-6b')).toBe(said);
    child.kill('SIGKILL');
  });
  hub.mischief = {};
  const done = await xllm(['pull', 'chatglm3-6b', '--yes']);
  expect(done.stdout).toMatch(/0\.3 MB, of which 0\.2 MB are here already/);
  expect(done.code).toBe(0);
  expect(readdirSync(join(home, 'models'))).toEqual(['chatglm3-6b']);
  expect(readdirSync(join(home, 'hub/zai-org'))).toEqual([]);
}, 60_000);

describe('is refused in words, and before gigabytes are fetched:', () => {
  test.each<[string, string[], RegExp, string | RegExp]>([
    [
      'a name that is not known',
      ['chatglm3'],
      /There is no chatglm3 to pull; there are chatglm-6b, chatglm2-6b/,
      'Did you mean `npx xllm pull chatglm3-6b`?',
    ],
    [
      'a name like no other',
      ['mistral-large'],
      /There is no mistral-large to pull/,
      'A repository is named OWNER/REPOSITORY.',
    ],
    [
      'a repository that is not there',
      ['nobody/nothing'],
      /nobody\/nothing: is not there, or not open to everybody/,
      /^HF_TOKEN in the environment/,
    ],
    [
      'one of a form that is not known',
      ['somebody/other'],
      /is of no family that this version knows \(model_type "llama"\)/,
      /xllm pull --help/,
    ],
    [
      'one that may be of two',
      ['somebody/tuned'],
      /may be of chatglm2-6b or chatglm3-6b; say which with --family/,
      /xllm pull --help/,
    ],
    [
      'one without weights',
      ['somebody/code'],
      /somebody\/code: is no checkpoint that can be used: there is no config\.json/,
      /--revision/,
    ],
    [
      'a revision that is not there',
      ['chatglm3-6b', '--revision', 'v9'],
      /chatglm3-6b at v9: has no such revision/,
      /--revision/,
    ],
    [
      'a name that none can have',
      ['chatglm3-6b', '--name', '../x'],
      /\.\.\/x cannot be the name of a model/,
      /--name my-model/,
    ],
  ])('%s', async (_, args, message, lastLine) => {
    const outcome = await xllm(['pull', '--yes', ...args]);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.lastLine).toMatch(lastLine);
    expect(outcome.code).toBe(1);
    expect(fetched().filter((line) => !line.includes('config.json'))).toEqual([]);
    if (existsSync(join(home, 'models'))) expect(readdirSync(join(home, 'models'))).toEqual([]);
  });

  test('a disk without room', async () => {
    hub.mischief = { sizes: { 'model.safetensors': 1e15 } };
    const { stderr, lastLine } = await xllm(['pull', 'chatglm3-6b', '--yes']);
    expect(stderr).toMatch(/: 2000000\.00 GB are needed and [\d.]+ GB free/);
    expect(lastLine).toMatch(/^Make room, or name another disk/);
    expect(fetched()).toEqual([]);
  });

  test('a licence that nobody is there to accept', async () => {
    const { stdout, stderr, lastLine } = await xllm(['pull', 'chatglm3-6b']);
    expect(stdout).toContain('Licence: The ChatGLM3-6B License');
    expect(stderr).toMatch(/There is no terminal to ask on\./);
    expect(lastLine).toBe('Say --yes to accept the licence and go on.');
    expect(fetched()).toEqual([]);
  });

  test('a hub that cannot be reached', async () => {
    const closed = await startLocalHub({});
    await closed.close();
    const { stderr, lastLine } = await xllm(['pull', 'chatglm3-6b', '--yes'], {
      env: { HF_ENDPOINT: closed.url },
    });
    expect(stderr).toContain(`xllm: ${closed.url}: cannot be reached (ECONNREFUSED)\n`);
    expect(lastLine).toContain('`npx xllm import FOLDER` needs no hub');
  });

  test('conditions that were not accepted, without telling the token', async () => {
    const { stdout, stderr, lastLine } = await xllm(['pull', 'somebody/gated', '--yes'], {
      env: { HF_TOKEN: token, XLLM_DEBUG: '1' },
    });
    expect(stderr).toMatch(/accept its conditions on .*somebody\/gated \(HTTP 403, GatedRepo\)/);
    expect(lastLine).toMatch(/^HF_TOKEN in the environment is the token that is sent/);
    expect(stdout + stderr).not.toContain(token);
  });

  test('files that are not what was listed', async () => {
    hub.mischief = { corrupt: 'model.safetensors' };
    const { stderr, lastLine } = await xllm(['pull', 'chatglm3-6b', '--yes']);
    expect(stderr).toMatch(
      /model\.safetensors: what came has sha256 \w+, the hub lists \w+; it was not kept/,
    );
    expect(lastLine).toMatch(/do not trust this hub or mirror/);
    expect(existsSync(join(home, 'hub', repository, 'model.safetensors'))).toBe(false);
    expect(existsSync(model('chatglm3-6b'))).toBe(false);
  });
});

test('a repository is pulled by its own name, under the licence of its card', async () => {
  const { code, stdout } = await xllm(['pull', 'somebody/tuned', '--yes', '--family', 'chatglm3-6b']);
  expect(stdout).toContain(
    `Licence: apache-2.0 (as the card of somebody/tuned says), ${hub.url}/somebody/tuned\n`,
  );
  expect(code).toBe(0);
  expect(manifestOf('tuned').licence).toBe('apache-2.0 (as the card of somebody/tuned says)');
  // This one's name tells the family, and its licence is known.
  const named = await xllm(['pull', repository, '--yes']);
  expect(named.code).toBe(0);
  expect(manifestOf('chatglm3-6b').licence).toBe('The ChatGLM3-6B License');
}, 60_000);

test('models rm deletes nothing but models', async () => {
  const outside = join(home, 'outside');
  makeModel('../outside');
  makeModel('damaged');
  symlinkSync(outside, model('link'));
  mkdirSync(model('empty'));
  const refused = async (name: string) => (await xllm(['models', 'rm', '--yes', name])).stderr;
  expect(await refused('../outside')).toMatch(/\.\.\/outside is not deleted: it is not the name of a model/);
  expect(await refused(outside)).toMatch(/is not the name of a model/);
  expect(await refused('..')).toMatch(/is not the name of a model/);
  expect(await refused('link')).toMatch(/link is not deleted: .* is a link to .*outside/);
  expect(await refused('empty')).toMatch(/is not a bundle \(no xllm\.json\)/);
  expect(await refused('x-llm-tiny')).toMatch(/it is the model that ships/);
  expect(await refused('damagd')).toMatch(/There is no model damagd; there are .*\. Did you mean damaged\?/);
  expect(existsSync(join(outside, 'xllm.json'))).toBe(true);
  expect(existsSync(model('empty'))).toBe(true);

  const unasked = await xllm(['models', 'rm', 'damaged']);
  expect(unasked.lastLine).toBe('Say --yes to delete it.');
  const { stdout } = await xllm(['models']);
  expect(stdout).toMatch(/damaged cannot be used: .*\nDelete it with `npx xllm models rm damaged`\./);
  expect((await xllm(['models', 'rm', 'damaged', '--yes'])).stdout).toBe('damaged is deleted.\n');
  expect(existsSync(model('damaged'))).toBe(false);
}, 60_000);
