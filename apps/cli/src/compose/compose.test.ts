import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openBundle,
  openSafetensors,
  type TensorSource,
  writeBundle,
  writeSafetensors,
} from '@x-llm/checkpoint';
import { bertFolder, blip2Folder, funAsrFolder, writeRandomBundle } from '@x-llm/engine/testing';
import { XLLM } from '@x-llm/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runXllm } from '../testing/run-xllm.ts';

const root = mkdtempSync(join(tmpdir(), 'x-llm-compose-'));
const at = (...names: string[]) => join(root, ...names);
const env = { XLLM_HOME: root, XLLM_API_KEY: 'sk-test', XLLM_LOG: 'silent' };
const xllm = (args: string[], options: Partial<Parameters<typeof runXllm>[1]> = {}) =>
  runXllm(args, { cwd: root, env, ...options });

beforeAll(async () => {
  // A model by its name, the folder of a run, and interfaces alone.
  await writeRandomBundle(at('models', 'talks'), { seed: 1, image: false });
  await writeRandomBundle(at('run', 'bundle'), { seed: 1, speech: true, image: false });
  const record = { config: { stage: 'stage2', modality: 'speech' }, bundle: { name: 'talks' } };
  writeFileSync(at('run', 'run.json'), JSON.stringify(record));
  await writeRandomBundle(at('sees'), { seed: 2 });
  using sees = await openBundle(at('sees'));
  const { format, provenance, interfaces } = sees.manifest;
  await writeBundle(
    at('models', 'eyes'),
    { format, name: 'eyes', licence: 'Apache-2.0', provenance, interfaces },
    { 'image.safetensors': { copyOf: sees.file('image.safetensors') } },
  );
});
afterAll(() => rmSync(root, { recursive: true }));

/** A checkpoint that takes long enough to be stopped at it: of pictures so large that there are 75 MB of positions. */
async function slowCheckpoint(): Promise<string> {
  const folder = await blip2Folder(root);
  const patches = 768;
  const path = join(folder, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  config.vision_config.image_size = 14 * patches;
  writeFileSync(path, JSON.stringify(config));
  const weights = join(folder, 'model.safetensors');
  using small = await openSafetensors(weights);
  const tensors = [...small.tensors].map(([name, { shape }]): TensorSource => {
    const width = shape.at(-1) ?? 1;
    return name.endsWith('position_embedding')
      ? {
          name,
          dtype: 'float32',
          shape: [1, patches ** 2 + 1, width],
          data: new Float32Array((patches ** 2 + 1) * width),
        }
      : { name, dtype: 'float32', shape, data: small.readFloat32(name) };
  });
  await writeSafetensors(weights, tensors);
  return folder;
}

describe('xllm compose', () => {
  test('takes a name, a run and interfaces; the model is listed, inspected, and served beside its language model', {
    timeout: 180_000,
  }, async () => {
    const args = ['compose', '--llm', 'talks', '--image', 'eyes', '--speech', 'run', '--name', 'all'];
    const { code, stdout, stderr } = await xllm(args);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/models\/all: all, [\d.]+ MB shared with its parts, 0\.0 kB copied\n/);
    expect(stdout).toMatch(
      /^llm {5}talks\nimage {3}eyes\nspeech {2}.*run \(stage2 speech, taught on talks\)$/m,
    );
    expect(stdout).toMatch(/^Licence: llm, speech: MIT; image: Apache-2\.0$/m);
    expect(stdout).toMatch(/^eyes +Apache-2\.0$/m);
    // The run has the same language model, and interfaces alone have none.
    expect(stdout).not.toContain('Note:');
    expect(stdout).toMatch(/Try it: npx xllm chat --bundle all "Hello"\n$/);

    const { stdout: models } = await xllm(['models']);
    expect(models).toMatch(/^all .* chatglm +text, image, speech +llm, speech: MIT; image: Apache-2\.0/m);
    expect(models).toMatch(/^eyes .* none: xllm compose +image +Apache-2\.0/m);
    const { stdout: json } = await xllm(['models', '--json']);
    expect(JSON.parse(json).models.find(({ name }: { name: string }) => name === 'eyes')).toMatchObject({
      architecture: null,
      takes: ['image'],
    });
    const { stdout: seen } = await xllm(['inspect', 'all', '--verify']);
    expect(seen).toMatch(/Takes text, image, speech;/);
    expect(seen).toMatch(/^ {2}eyes: Apache-2\.0$/m);
    const { stdout: eyes } = await xllm(['inspect', 'eyes']);
    expect(eyes).toMatch(/^Interfaces for image, and no language model: `xllm compose --llm MODEL`/m);
    expect(eyes).not.toContain('language model  ');

    // Random weights are no models of their own names: the language model's own folder still says random-model.
    let printed = '';
    const served = Promise.withResolvers<string>();
    const running = xllm(['serve', '--port', '0', '--bundle', 'talks', '--bundle', 'all'], {
      onStart: (child) => {
        child.stdout?.on('data', (text: string) => {
          printed += text;
          const url = /Serving random-model, all on (http:\S+)\/v1\./.exec(printed)?.[1];
          if (url === undefined) return;
          served.resolve(url);
        });
        void served.promise.then(async (url) => {
          await use(url).then(asked.resolve, asked.reject);
          child.kill('SIGTERM');
        });
      },
    });
    const asked = Promise.withResolvers<void>();
    async function use(url: string): Promise<void> {
      const client = new XLLM({ apiKey: 'sk-test', baseURL: `${url}/v1`, maxRetries: 0 });
      const { data } = await client.models.list();
      expect(data.map(({ id, input_modalities: takes }) => [id, takes])).toEqual([
        ['random-model', ['text']],
        ['all', ['text', 'image', 'audio']],
      ]);
      const question = { messages: [{ role: 'user' as const, content: 'a' }], temperature: 0, max_tokens: 4 };
      const answers = await Promise.all(
        data.map(({ id }) => client.chat.completions.create({ ...question, model: id })),
      );
      expect(answers.map(({ model }) => model)).toEqual(['random-model', 'all']);
      // The same language model, asked the same.
      expect(answers[0]?.choices[0]?.message.content).toBe(answers[1]?.choices[0]?.message.content);
      await expect(client.chat.completions.create({ ...question, model: 'none' })).rejects.toMatchObject({
        status: 404,
        code: 'model_not_found',
      });
    }
    await Promise.race([
      asked.promise,
      running.then(({ stderr: failed }) => Promise.reject(new Error(failed))),
    ]);
    expect((await running).code).toBe(0);
  });

  test('takes public checkpoints, and bundles of them, and says what is untrained', async () => {
    const [eyes, ears, bert] = [await blip2Folder(root), await funAsrFolder(root), await bertFolder(root)];
    const given = ['compose', '--llm', 'talks', '--image', eyes, '--speech', ears, '--c-former', bert];
    const { code, stdout, stderr } = await xllm([...given, '--name', 'of-checkpoints']);
    expect(stderr).toMatch(/^[\d.]+ [kM]B of 0\.7 MB, .* left: read\n/);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /of-checkpoints, [\d.]+ MB shared with its parts, 0\.0 kB copied, 0\.\d MB made anew\n/,
    );
    expect(stdout).toMatch(/^image {3}.*blip2-\w+ \(a public checkpoint\)$/m);
    expect(stdout).toMatch(
      /^Note: the adapter of image is untrained, drawn at random \(llm_proj\.weight, llm_proj\.bias\)\. Train it: npx xllm train stage2 --modality image/m,
    );
    expect(stdout).toMatch(
      /^Note: the adapter of speech is untrained, .*post_bert_proj\.bias\)\. Train it: /m,
    );
    const { stdout: inspected } = await xllm(['inspect', 'of-checkpoints', '--verify']);
    expect(inspected).toMatch(/llm_proj is UNTRAINED, drawn at random with seed 0/);
    expect(inspected).toMatch(/^image adapter +linear +image-adapter\.safetensors/m);

    // What is imported first makes the same.
    const imported = await xllm(['import', eyes, '--name', 'blip2']);
    expect(imported.stdout).toMatch(/compose --llm chatglm3-6b --image blip2 --name chatglm3-6b-image\n$/);
    const { stdout: seen } = await xllm(['inspect', 'blip2']);
    expect(seen).toMatch(/^Interfaces for image, and no language model/m);
    expect(seen).not.toContain('image adapter');
    const later = await xllm(['compose', '--llm', 'talks', '--image', 'blip2', '--name', 'later']);
    expect(later.stdout).toMatch(/^Note: the adapter of image is untrained/m);
    const filesOf = async (name: string) => {
      using bundle = await openBundle(at('models', name));
      const { 'image.safetensors': image, 'image-adapter.safetensors': adapter } = bundle.manifest.files;
      return { image, adapter };
    };
    expect(await filesOf('later')).toEqual(await filesOf('of-checkpoints'));

    const refused = await xllm(['compose', '--llm', eyes, '--image', ears, '--name', 'never']);
    expect(refused.stderr).toMatch(/--llm: There is no model in .*blip2-\w+ \(no xllm\.json\)/);
    expect(refused.lastLine).toMatch(/make a model of it first: xllm import .*blip2-/);
    const misfits = await xllm([
      'compose',
      '--llm',
      'talks',
      '--image',
      ears,
      '--speech',
      ears,
      '--name',
      'never',
    ]);
    expect(misfits.stderr).toMatch(
      /nothing was written:\n {2}- image: .* is a Paraformer, which has no interface for pictures\n/,
    );
    const unused = await xllm([
      'compose',
      '--llm',
      'talks',
      '--image',
      'blip2',
      '--family',
      'blip2',
      '--name',
      'never',
    ]);
    expect(unused.stderr).toMatch(/- family: no part is a public checkpoint of pictures/);
    const few = ['--quantize-encoders', 'int8', '--name', 'never'];
    const coarse = await xllm(['compose', '--llm', 'talks', '--image', 'blip2', ...few]);
    expect(coarse.stderr).toMatch(/nothing was written:\n {2}- .*no matrix of 128 rows and columns or more/);
    expect(existsSync(at('models', 'never'))).toBe(false);
  }, 120_000);

  test('refuses what does not fit or is not there, with every reason, and writes nothing', async () => {
    await writeRandomBundle(at('wide'), { size: 'tiny', image: false });
    const compose = (...args: string[]) => xllm(['compose', '--name', 'never', ...args]);
    const misfit = await compose('--llm', 'wide', '--image', 'eyes', '--speech', 'run');
    expect(misfit.code).toBe(1);
    expect(misfit.stderr).toMatch(
      /make no model \(incompatible_parts\), and nothing was written:\n {2}- interfaces\.image: .*outputWidth is 64.*256\n {2}- interfaces\.speech: .*64/,
    );
    expect(misfit.lastLine).toMatch(/xllm inspect PART/);
    const missing = await compose('--llm', 'talk', '--image', 'nowhere');
    expect(missing.stderr).toMatch(
      /--llm: There is no model talk; .*Did you mean talks\?\n--image: There is no model nowhere/,
    );
    mkdirSync(at('young'));
    cpSync(at('run', 'run.json'), at('young', 'run.json'));
    const young = await compose('--llm', 'talks', '--speech', 'young');
    expect(young.stderr).toMatch(
      /--speech: .*young holds a run of stage2 speech on talks that has not ended/,
    );
    expect(young.lastLine).toMatch(/xllm train stage2/);
    const taken = await xllm(['compose', '--name', 'talks', '--llm', 'run']);
    expect(taken.stderr).toMatch(
      /talks is there already\.\nChoose another --name or --out, or replace it with --force\./,
    );
    const named = await xllm(['compose', '--name', 'No Name', '--llm', 'talks']);
    expect(named.stderr).toMatch(/No Name is no name for a model/);
    expect(existsSync(at('models', 'never'))).toBe(false);
  }, 60_000);

  test('replaces a model when it is told to, also one that it takes parts of', async () => {
    await writeRandomBundle(at('models', 'grows'), { seed: 3, image: false });
    const { code, stdout } = await xllm([
      'compose',
      '--name',
      'grows',
      '--llm',
      'grows',
      '--image',
      'eyes',
      '--force',
    ]);
    expect(stdout).toMatch(/models\/grows: grows, /);
    expect(code).toBe(0);
    // A checkpoint that lies in it would go with it.
    const checkpoint = await blip2Folder(at('models', 'grows'));
    const given = ['compose', '--name', 'grows', '--llm', 'grows', '--image', checkpoint];
    const { stderr } = await xllm([...given, '--force']);
    expect(stderr).toMatch(/blip2-\w+, in .*models\/grows, is what is read\.\n/);
    expect(existsSync(checkpoint)).toBe(true);
    const { stdout: seen } = await xllm(['inspect', 'grows', '--verify']);
    expect(seen).toMatch(/Takes text, image;/);
  });

  test('that is stopped leaves nothing, and a model that is there as it was', async () => {
    await writeRandomBundle(at('models', 'stays'), { seed: 4, image: false });
    const before = readdirSync(at('models'));
    const model = readFileSync(at('models', 'stays', 'xllm.json'), 'utf8');
    const image = await slowCheckpoint();
    let wasThere = false;
    const args = ['compose', '--llm', 'talks', '--image', image, '--name', 'stays', '--force'];
    const stopped = await xllm(args, {
      onStart(child) {
        const watcher = watch(at('models'), (_, file) => {
          if (file !== '.stays.new') return;
          watcher.close();
          wasThere = true;
          child.kill('SIGINT');
        });
      },
    });
    expect(wasThere).toBe(true);
    expect(stopped.code).toBe(130);
    expect(readdirSync(at('models'))).toEqual(before);
    expect(readFileSync(at('models', 'stays', 'xllm.json'), 'utf8')).toBe(model);
  }, 60_000);

  test('is what interfaces alone are pointed to', async () => {
    const chat = await xllm(['chat', '--bundle', 'eyes', 'Hello']);
    expect(chat.code).toBe(1);
    expect(chat.stderr).toMatch(/eyes: this bundle has interfaces \(image\) and no language model/);
    expect(chat.lastLine).toBe('Give its interfaces a language model: npx xllm compose --help.');
    const serve = await xllm(['serve', '--port', '0', '--bundle', 'eyes']);
    expect(serve.lastLine).toBe('Give its interfaces a language model: npx xllm compose --help.');
    writeFileSync(at('lines.jsonl'), '');
    const config = { bundle: 'models/eyes', modality: 'image', data: ['lines.jsonl'], output: 'never-run' };
    writeFileSync(at('my.json'), JSON.stringify(config));
    const train = await xllm(['train', 'stage2', '--config', 'my.json']);
    expect(train.stderr).toMatch(/no language model; `xllm compose` makes a model/);
    expect(train.lastLine).toMatch(/Give it a language model \(xllm compose --help\)/);
  });
});
