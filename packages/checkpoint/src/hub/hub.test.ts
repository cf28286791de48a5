import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rejection, temporaryFolder } from '../testing.ts';
import {
  chooseFiles,
  connectHub,
  downloadFiles,
  onlyShardsWith,
  openRepository,
  remainingBytes,
} from './index.ts';
import { type LocalHub, localCommit, startLocalHub } from './testing.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7919) >> 3);
const weights = bytes(300_000);
const files = {
  'README.md': bytes(500),
  'config.json': new TextEncoder().encode('{"model_type": "chatglm"}'),
  'model.safetensors': weights,
  'pytorch_model.bin': bytes(1000),
  'tf_model.h5': bytes(1000),
  'tokenizer.model': bytes(5000),
};
const id = 'owner/some-model';
const shardNames = [1, 2, 3].map((at) => `model-0000${at}-of-00003.safetensors`);
const shardMap = { eye: shardNames[0], reader: shardNames[2], mouth: shardNames[2], tongue: shardNames[1] };
/** In shards, without a tokenizer. */
const shardFiles = {
  'config.json': files['config.json'],
  'model.safetensors.index.json': new TextEncoder().encode(JSON.stringify({ weight_map: shardMap })),
  ...Object.fromEntries(shardNames.map((name, at) => [name, bytes(100 + at)])),
};

let local: LocalHub;
let folder: string;
beforeEach(async () => {
  local = await startLocalHub({
    [id]: { files, cardData: { license: 'other', license_name: 'some', license_link: 'LICENSE' } },
    'old/some-model': { files: {}, movedTo: id },
    'owner/private': { files, token: 'hf_right' },
    'owner/gated': { files, gated: true },
    'owner/shards': { files: shardFiles },
  });
  folder = join(await temporaryFolder(), 'not', 'yet');
});
afterEach(() => local.close());

const hubWith = (HF_TOKEN?: string) => connectHub({ HF_ENDPOINT: local.url, HF_TOKEN });
const hub = () => hubWith();
const options = { retryDelayMs: 1 };

async function pull(more: Parameters<typeof downloadFiles>[4] = {}) {
  const repository = await openRepository(hub(), id);
  const chosen = chooseFiles(repository, ['tokenizer.model']);
  await downloadFiles(hub(), repository, chosen, folder, { ...options, ...more });
}
const got = async (name: string) => new Uint8Array(await readFile(join(folder, name)));
const storeRequests = () => local.requests.filter((line) => line.includes('store/'));

describe('a repository', () => {
  it('tells its commit, its licence, and its files from all pages of the listing', async () => {
    const repository = await openRepository(hub(), id);
    expect(repository).toMatchObject({ id, commit: localCommit, page: `${local.url}/${id}` });
    expect(repository.licence).toEqual({
      name: `some (as the card of ${id} says)`,
      url: `${local.url}/${id}/blob/main/LICENSE`,
    });
    expect(repository.files.map(({ name }) => name)).toEqual(Object.keys(files));
    expect(repository.files.map(({ sizeBytes }) => sizeBytes)).toEqual(
      Object.values(files).map(({ length }) => length),
    );
  });

  it('is found under its old name, too', async () => {
    expect((await openRepository(hub(), 'old/some-model')).id).toBe(id);
  });

  it.each([
    [
      'owner/nothing',
      undefined,
      'hub_denied',
      /is not there, or not open to everybody.*set HF_TOKEN.*HTTP 401/,
    ],
    ['owner/private', 'hf_wrong', 'hub_denied', /does not open to the token in HF_TOKEN, or is not there/],
    ['owner/gated', undefined, 'hub_denied', /accept its conditions on .*owner\/gated.*then set HF_TOKEN/],
    ['owner/gated', 'hf_right', 'hub_denied', /accept its conditions.*HTTP 403.*the account of HF_TOKEN/],
    ['../etc', undefined, 'invalid_config', /is not a repository, OWNER\/NAME/],
  ] as const)('%s with token %s is refused in words', async (name, token, code, message) => {
    const error = await rejection(code, openRepository(hubWith(token), name));
    expect(error.message).toMatch(message);
    expect(JSON.stringify([error.message, error.stack])).not.toContain('hf_');
  });

  it('has no revision that is not there', async () => {
    const { message } = await rejection('hub_not_found', openRepository(hub(), id, { revision: 'v9' }));
    expect(message).toMatch(/some-model at v9: has no such revision/);
  });

  it('cannot be asked for when nothing answers, or only with errors', async () => {
    local.mischief = { status: 503 };
    expect((await rejection('hub_failed', openRepository(hub(), id))).message).toMatch(/answered HTTP 503/);
    await local.close();
    const { message } = await rejection('hub_offline', openRepository(hub(), id));
    expect(message).toBe(`${local.url}: cannot be reached (ECONNREFUSED)`);
  });

  it.each(['../x', '/etc/passwd', 'a/../../x', 'C:\\x', 'a\u0000b', ''])(
    'that lists %j is refused',
    async (path) => {
      local.mischief = { listed: [{ type: 'file', path, size: 1, oid: '0'.repeat(40) }] };
      await rejection('unsafe_path', openRepository(hub(), id));
    },
  );

  it.each([{ size: -1 }, { oid: '../x' }, { size: '1' }, { lfs: { oid: 'x', size: 1 } }])(
    'that lists %j of a file is not believed',
    async (odd) => {
      local.mischief = { listed: [{ type: 'file', path: 'x', size: 1, oid: '0'.repeat(40), ...odd }] };
      const { message } = await rejection('hub_failed', openRepository(hub(), id));
      expect(message).toMatch(/the hub’s answer makes no sense/);
    },
  );
});

describe('of its files', () => {
  const file = (name: string) => ({ name, sizeBytes: 1, hash: { algorithm: 'sha256', hex: '' } as const });
  const choose = (...names: string[]) =>
    chooseFiles({ id, files: names.map(file) }, ['tokenizer.model', 'tokenizer.json']).map(
      ({ name }) => name,
    );
  const shards = (of: number, from: number, form = 'model', ending = 'safetensors') =>
    Array.from({ length: from }, (_, at) => `${form}-0000${at + 1}-of-0000${of}.${ending}`);
  const both = ['config.json', 'tokenizer.model'];

  it('each is taken once, and safetensors before pickles', () => {
    const index = 'model.safetensors.index.json';
    const torch = ['pytorch_model.bin.index.json', ...shards(2, 2, 'pytorch_model', 'bin')];
    const more = ['onnx/model.onnx', 'tf_model.h5', 'flax_model.msgpack', 'modeling.py', 'tokenizer.json'];
    const all = [...both, ...torch, ...more];
    expect(choose(...all, index, ...shards(3, 3), 'model.safetensors')).toEqual([
      ...both,
      index,
      ...shards(3, 3),
    ]);
    expect(choose(...all, 'model.safetensors')).toEqual([...both, 'model.safetensors']);
    expect(choose(...all)).toEqual([...both, ...torch]);
    expect(choose('config.json', 'tokenizer.json', 'pytorch_model.bin')).toEqual([
      'config.json',
      'tokenizer.json',
      'pytorch_model.bin',
    ]);
  });

  it.each([
    [['tokenizer.model', 'model.safetensors'], /no config\.json/],
    [['config.json', 'model.safetensors'], /no tokenizer\.model or tokenizer\.json/],
    [[...both, 'model.onnx'], /no weights as model\.safetensors/],
    [[...both, 'model.safetensors.index.json', ...shards(3, 2)], /no whole set of shards: 2 of 3/],
    [[...both, 'model.safetensors.index.json'], /no whole set of shards: 0 of those that/],
  ])('%j are not a checkpoint', (names, message) => {
    expect(() => choose(...names)).toThrow(message);
  });

  it('those that a preset names are taken, and no others', () => {
    const listed = ['config.json', 'model.pt', 'am.mvn', 'config.yaml', 'fig/a.png'].map(file);
    const named = ['config.yaml', 'am.mvn', 'model.pt'];
    expect(chooseFiles({ id, files: listed }, [], named).map(({ name }) => name)).toEqual(named);
    expect(() => chooseFiles({ id, files: listed.slice(0, 2) }, [], named)).toThrow(
      /there is no config\.yaml, no am\.mvn/,
    );
  });

  describe('some tensors', () => {
    const isWanted = (name: string) => name === 'eye' || name === 'reader';
    const chosen = async (of = 'owner/shards') => {
      const repository = await openRepository(hub(), of);
      const names = of === id ? ['tokenizer.model'] : [];
      return { repository, files: chooseFiles(repository, names) };
    };

    it('are in some of the shards, and no others are taken', async () => {
      const { repository, files: all } = await chosen();
      expect(all.map(({ name }) => name)).toEqual(Object.keys(shardFiles));
      const some = await onlyShardsWith(hub(), repository, all, isWanted);
      expect(some.map(({ name }) => name)).toEqual(Object.keys(shardFiles).toSpliced(3, 1));
      expect(local.requests.filter((line) => line.includes('/resolve/'))).toHaveLength(1);
    });

    it('are in the one file where there are no shards', async () => {
      const { repository, files: all } = await chosen(id);
      expect(await onlyShardsWith(hub(), repository, all, isWanted)).toEqual(all);
    });

    it('are not looked for in an index that is not as it was listed', async () => {
      const { repository, files: all } = await chosen();
      const asking = () => onlyShardsWith(hub(), repository, all, isWanted);
      local.mischief = { corrupt: 'model.safetensors.index.json' };
      await rejection('hash_mismatch', asking());
      const cut = all.map((one) => ({ ...one, sizeBytes: 10 }));
      const { message } = await rejection('size_mismatch', onlyShardsWith(hub(), repository, cut, isWanted));
      expect(message).toMatch(/sends more than the 10 bytes/);
      local.mischief = { status: 503 };
      await rejection('hub_failed', asking());
    });
  });

  it('none may be listed twice', () => {
    expect(() => choose(...both, 'config.json')).toThrow(/lists a file twice/);
  });
});

describe('a download', () => {
  it('brings what is listed, tells how far it is, and leaves nothing else in the folder', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'pytorch_model.bin'), 'of another revision');
    const told: Record<string, number> = {};
    await pull({ onProgress: ({ name }, done) => Object.assign(told, { [name]: done }) });
    expect(await readdir(folder)).toEqual(['config.json', 'model.safetensors', 'tokenizer.model']);
    expect(await got('model.safetensors')).toEqual(weights);
    expect(await got('config.json')).toEqual(files['config.json']);
    expect(told).toEqual({ 'config.json': 25, 'tokenizer.model': 5000, 'model.safetensors': 300_000 });
  });

  it('sends the token to the hub, and to nobody that it points at', async () => {
    const right = hubWith('hf_right');
    const repository = await openRepository(right, 'owner/private');
    await downloadFiles(right, repository, chooseFiles(repository, ['tokenizer.model']), folder);
    expect(storeRequests()).toHaveLength(2);
    expect(local.storeTokens).toEqual([]);
  });

  it('asks again for nothing that is whole', async () => {
    await pull();
    local.requests.length = 0;
    await pull();
    expect(local.requests.filter((line) => line.includes('/resolve/'))).toEqual([]);
  });

  it('fetches again what is of the right size and damaged', async () => {
    await pull();
    await writeFile(join(folder, 'model.safetensors'), weights.with(7, 0xff));
    await pull();
    expect(await got('model.safetensors')).toEqual(weights);
  });

  it('goes on by itself when the connection breaks, from where it broke', async () => {
    local.mischief = { hangAfter: 100_000 };
    const onProgress = (_: unknown, done: number) => {
      if (done === 100_000 || done === 200_000) local.breakConnections();
    };
    await pull({ onProgress });
    expect(await got('model.safetensors')).toEqual(weights);
    expect(storeRequests().filter((line) => line.includes('bytes='))).toHaveLength(2);
    expect(local.sentBytes).toBe(300_000 + 5000 + 25);
  });

  it('that is stopped goes on with Range the next time', async () => {
    local.mischief = { hangAfter: 120_000 };
    const controller = new AbortController();
    const stopped = pull({
      signal: controller.signal,
      onProgress: ({ name }, done) => {
        if (name === 'model.safetensors' && done >= 100_000) controller.abort(new Error('stopped by SIGINT'));
      },
    });
    await expect(stopped).rejects.toThrow('stopped by SIGINT');
    expect(existsSync(join(folder, 'model.safetensors'))).toBe(false);

    local.mischief = {};
    local.requests.length = 0;
    const repository = await openRepository(hub(), id);
    const left = await remainingBytes(chooseFiles(repository, ['tokenizer.model']), folder);
    expect(left).toBeLessThanOrEqual(200_000);
    expect(left).toBeGreaterThan(0);
    await pull();
    expect(await got('model.safetensors')).toEqual(weights);
    expect(storeRequests()).toHaveLength(1);
    expect(storeRequests()[0]).toMatch(new RegExp(` bytes=${300_000 - left}-$`));
  });

  it('begins anew where the server ignores Range', async () => {
    local.mischief = { hangAfter: 100_000 };
    const controller = new AbortController();
    const onProgress = (_: unknown, done: number) => done >= 100_000 && controller.abort();
    await expect(pull({ signal: controller.signal, onProgress })).rejects.toThrow();
    local.mischief = { ignoreRange: true };
    await pull();
    expect(await got('model.safetensors')).toEqual(weights);
  });

  it('begins anew where the half that was there is damaged', async () => {
    const repository = await openRepository(hub(), id);
    const hash = repository.files.find(({ name }) => name === 'model.safetensors')?.hash.hex.slice(0, 12);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `.model.safetensors.${hash}.part`), weights.subarray(0, 1000).with(3, 0xff));
    await pull();
    expect(await got('model.safetensors')).toEqual(weights);
  });

  it('ends when fewer bytes come than were listed, and keeps them', async () => {
    local.mischief = { endAfter: 0 };
    expect((await rejection('truncated', pull())).message).toMatch(/the connection ended after 0 of/);
    local.mischief = { sizes: { 'model.safetensors': 300_001 } };
    const { message } = await rejection('truncated', pull());
    expect(message).toMatch(/HTTP 416 after 300000 of 300001 bytes; the same command goes on from there/);
  });

  it('takes what comes in pieces that each end as if they were all of it', async () => {
    local.mischief = { endAfter: 90_000 };
    await pull();
    expect(await got('model.safetensors')).toEqual(weights);
  });

  it('keeps nothing of a file that is not what was listed', async () => {
    local.mischief = { corrupt: 'model.safetensors' };
    const { message } = await rejection('hash_mismatch', pull());
    expect(message).toMatch(/model\.safetensors: what came has sha256 .*, the hub lists .*; it was not kept/);
    expect(await readdir(folder)).toEqual(['config.json', 'tokenizer.model']);
    local.mischief = { corrupt: 'config.json' };
    await pull(); // whole already
    await writeFile(join(folder, 'config.json'), '{}');
    expect((await rejection('hash_mismatch', pull())).message).toMatch(/has git-sha1/);
    local.mischief = { sizes: { 'model.safetensors': 299_999 } };
    expect((await rejection('size_mismatch', pull())).message).toMatch(/more than the 299999 bytes/);
  });

  it('writes through no link that is in the folder', async () => {
    await mkdir(folder, { recursive: true });
    const elsewhere = join(folder, '..', 'elsewhere');
    await writeFile(elsewhere, 'precious');
    await symlink(elsewhere, join(folder, 'model.safetensors'));
    await rejection('unsafe_path', pull());
    expect(await readFile(elsewhere, 'utf8')).toBe('precious');
  });
});

describe('the environment', () => {
  it.each([
    [{ HF_ENDPOINT: 'ftp://hub' }, /^HF_ENDPOINT: is not the address of a hub/],
    [{ HF_ENDPOINT: 'https://me:secret@hub' }, /^HF_ENDPOINT: is not the address/],
    [{ HF_TOKEN: 'hf_a\nhf_b' }, /^HF_TOKEN: is not a token/],
    [
      { HF_ENDPOINT: 'http://hub.example', HF_TOKEN: 'hf_a' },
      /^HF_TOKEN: would be sent to http:\/\/hub\.example in clear/,
    ],
  ])('%j is refused, without telling the token', (environment, message) => {
    expect(() => connectHub(environment)).toThrow(message);
    expect(() => connectHub(environment)).not.toThrow(/hf_a|secret/);
  });

  it('names Hugging Face unless it names a mirror', () => {
    expect(connectHub({}).endpoint).toBe('https://huggingface.co');
    expect(connectHub({ HF_ENDPOINT: 'https://mirror.example/hf/', HF_TOKEN: ' hf_a ' })).toMatchObject({
      endpoint: 'https://mirror.example/hf',
      hasToken: true,
    });
  });
});
