import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openTorch, openWeights } from '@x-llm/checkpoint';
import { expect, it } from 'vitest';
import { type FamilyName, families } from './families.ts';
import { cFormerLayout, imageLayout, modelLayout, paraformerLayout } from './layout.ts';
import { xLlmNames } from './speech/names.ts';
import { funAsrYaml, goldenFolder } from './speech/testing.ts';
import { pthSizes } from './testing.ts';

type Shapes = ReadonlyMap<string, readonly number[]>;

/** In the order of names, which a layout has none of. */
const sorted = (shapes: Iterable<readonly [string, readonly number[]]>) =>
  [...shapes].toSorted(([a], [b]) => (a < b ? -1 : 1));

async function shapesIn(path: string): Promise<Shapes> {
  using weights = await openWeights(join(goldenFolder, path));
  return new Map([...weights.tensors].map(([name, { shape }]) => [name, shape]));
}

it.each([
  ['chatglm-6b-v1', 'chatglm-6b'],
  ['chatglm2-6b', 'chatglm2-6b'],
  ['chatglm3-6b', 'chatglm3-6b'],
  ['glm-4-9b-chat', 'glm-4'],
  ['glm-4-9b-hf', 'glm-4-hf'],
  ['visualglm-6b', 'visualglm-6b'],
] as const satisfies [string, FamilyName][])('%s has the tensors of its layout', async (golden, family) => {
  const config = JSON.parse(await readFile(join(goldenFolder, golden, 'config.json'), 'utf8'));
  const file = await shapesIn(golden === 'visualglm-6b' ? golden : join(golden, 'model.safetensors'));
  const there = [...file].filter(([name]) => !families[family].ignored.test(name));
  expect(sorted(modelLayout(family, config))).toEqual(sorted(there));
});

it('LAVIS’s files have the tensors of theirs, a block of the encoder more than is computed among them', async () => {
  const prefix = 'visual_encoder.';
  const sizes = { ...pthSizes, encoder: { ...pthSizes.encoder, depth: 3 } };
  const layout = [...imageLayout('blip2', {}, { sizes })];
  const encoder = layout.flatMap(([name, shape]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), shape] as const] : [],
  );
  const file = await shapesIn('x-llm-image/eva_vit_g.pth');
  expect(sorted(encoder)).toEqual(sorted([...file].filter(([name]) => !/^(norm|head)\./.test(name))));
  using whole = await openTorch(join(goldenFolder, 'x-llm-image/lavis.pth'));
  for (const [name, shape] of layout.filter(([one]) => !one.startsWith(prefix)))
    expect(whole.info(`model.${name}`).shape, name).toEqual(shape);
});

it('Paraformer and X-LLM’s C-Former have the tensors of theirs', async () => {
  expect(sorted(paraformerLayout(funAsrYaml({})))).toEqual(
    sorted(await shapesIn('paraformer/weights.safetensors')),
  );
  const file = await shapesIn('c-former/weights_bert.safetensors');
  const sizes = { inputWidth: 24, width: 48, layers: 3, heads: 4, feedForwardWidth: 96, maxPositions: 32 };
  const layout = cFormerLayout('x-llm', { ...sizes, tokenTypes: 2, epsilon: 1e-12, outputWidth: 36 });
  expect(sorted(layout)).toEqual(sorted([...file].filter(([name]) => !xLlmNames.ignored.test(name))));
});
