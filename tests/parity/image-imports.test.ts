/** Picture interfaces of LAVIS, X-LLM and Hugging Face, from files as they are published to what the goldens expect. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSafetensors } from '@x-llm/checkpoint';
import { type ImageImportOptions, openImageInterface } from '@x-llm/engine/import';
import { blip2Folder, pthFolder, pthSizes } from '@x-llm/engine/testing';
import { Tensor } from '@x-llm/ort';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compare, passes, relative, type Values } from './comparison.ts';
import { goldenRoot } from './folder.ts';
import { seenThroughImport } from './imported-image.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'xllm-image-imports-'));
});
afterAll(() => rm(root, { recursive: true }));

/** That of the golden folder `video`. */
const folderOf = (...files: string[]) => pthFolder(root, ...files);

/** What the golden folder expects of its frames, [B, T, …] as [B·T, …]. */
async function expected() {
  using inputs = await openSafetensors(join(goldenRoot, 'video/inputs.safetensors'));
  using outputs = await openSafetensors(join(goldenRoot, 'video/expected.safetensors'));
  const [batch = 0, frames = 0, ...picture] = inputs.info('video').shape;
  const pixels = Tensor.from('float32', new Float32Array(inputs.readFloat32('video')), [
    batch * frames,
    ...picture,
  ]);
  const values = (name: string): Values => ({ shape: outputs.info(name).shape, data: outputs.read(name) });
  return { pixels, states: values('image_embeds'), embeddings: values('image_branch_per_frame') };
}

function expectClose(actual: Values | undefined, wanted: Values): void {
  const found = compare('values', actual && { ...actual, shape: wanted.shape }, wanted, relative(3e-5));
  expect(found, JSON.stringify(found.problem)).toSatisfy(passes);
}

const seen = async (options: Omit<ImageImportOptions, 'sizes'>) =>
  seenThroughImport({ sizes: pthSizes, ...options }, (await expected()).pixels);

test.each(['image.pth', 'image-bare.pth'])('X-LLM’s %s gives what X-LLM gives', async (file) => {
  const from = await folderOf(file, 'eva_vit_g.pth');
  using image = await openImageInterface({ from, sizes: pthSizes });
  expect(image.family).toBe('x-llm'); // told by its queries for video
  expect(image.interface.adapter?.config).toEqual({ width: 32, outputWidth: 36, name: 'opt_proj' });
  const { states, embeddings } = await expected();
  const found = await seen({ from });
  expectClose(found.get('states'), states);
  expectClose(found.get('embeddings'), embeddings);
});

test('LAVIS’s stage 1 gives the same rows, and has nothing that leads to a language model', async () => {
  const from = await folderOf('lavis.pth', 'eva_vit_g.pth');
  using image = await openImageInterface({ from, sizes: pthSizes });
  expect(image.family).toBe('blip2');
  expect(image.interface).not.toHaveProperty('adapter');
  const found = await seen({ from });
  const xLlm = await seen({ from: await folderOf('image.pth', 'eva_vit_g.pth') });
  expect([...found.keys()]).toEqual(['states', 'rows']);
  expect(found.get('rows')).toEqual(xLlm.get('rows'));
});

test('Hugging Face’s form gives the same rows, with its language model left behind', async () => {
  const from = await blip2Folder(root);
  using image = await openImageInterface({ from });
  expect(image.family).toBe('blip2-hf');
  expect(image.interface.encoder.config).toMatchObject({ ...pthSizes.encoder, blockEpsilon: 1e-6 });
  expect(image.interface.x2l.config).toMatchObject(pthSizes.x2l);
  expect(image.interface).not.toHaveProperty('adapter');
  const found = await seenThroughImport({ from }, (await expected()).pixels);
  const xLlm = await seen({ from: await folderOf('image.pth', 'eva_vit_g.pth') });
  const rows = xLlm.get('rows');
  if (!rows) throw new Error('no rows');
  expectClose(found.get('rows'), rows);
});

test('a VisualGLM-6B gives its interface alone', async () => {
  using image = await openImageInterface({ from: join(goldenRoot, 'visualglm-6b'), hiddenSize: 64 });
  expect(image.family).toBe('visualglm-6b');
  expect(image.interface.adapter?.config).toMatchObject({ outputWidth: 64 });
  expect(image.tensors.map(({ name }) => name)).toContain(
    'Qformer.bert.encoder.layer.2.output_query.LayerNorm.bias',
  );
});
