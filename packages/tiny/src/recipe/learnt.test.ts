import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSafetensors } from '@x-llm/checkpoint';
import { AdamW, ParameterStore, saveRunState } from '@x-llm/train';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleDirectory } from './bundle.ts';
import { interfaceWeights, learntBy, type TeachingStep, type Weights } from './learnt.ts';

let folder: string;
let start: Weights;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'x-llm-learnt-'));
  start = await interfaceWeights(bundleDirectory);
});
afterAll(() => rm(folder, { recursive: true }));

const runs = (step: string): string => join(folder, step);

describe('a warm start', () => {
  test('has every tensor of the interfaces, as the bundle has it', async () => {
    const names: string[] = [];
    for (const medium of ['image', 'video', 'speech']) {
      using file = await openSafetensors(join(bundleDirectory, `${medium}.safetensors`));
      names.push(...file.tensors.keys());
    }
    expect([...start.keys()].sort()).toEqual(names.sort());
    using video = await openSafetensors(join(bundleDirectory, 'video.safetensors'));
    expect(start.get('video_query_tokens')?.data).toEqual(
      new Float32Array(video.readFloat32('video_query_tokens')),
    );
  });

  test.each<[TeachingStep, string[]]>([
    ['stage2', ['Qformer', 'llm_proj', 'query_tokens', 'video_proj', 'video_query_tokens']],
    ['words', ['Qformer', 'llm_proj', 'query_tokens', 'video_proj', 'video_query_tokens']],
    ['stage1-speech', ['cif', 'encoder']],
    ['stage2-speech', ['post_bert_proj', 'pre_bert_proj', 'speech_bert_adaptor']],
  ])('%s taught %j', async (step, roots) => {
    const learnt = await learntBy(step, { runs, start });
    expect([...new Set([...learnt.keys()].map((name) => name.split('.')[0]))].sort()).toEqual(roots);
  });

  test('leaves a step that was run its own weights, and all of them', async () => {
    const store = new ParameterStore({ seed: 1 });
    store.set('llm_proj.bias', [2], Float32Array.of(3, 4));
    await saveRunState(runs('stage2'), { store, optimizer: new AdamW(), average: undefined }, 5);
    const learnt = await learntBy('stage2', { runs, start });
    expect([...learnt]).toEqual([
      ['llm_proj.bias', { dtype: 'float32', shape: [2], data: Float32Array.of(3, 4) }],
    ]);
  });
});

test('without one, a step that was not run is missing', async () => {
  await expect(learntBy('tokens', { runs })).rejects.toThrow(
    `${runs('tokens')} has no checkpoint: run that step first`,
  );
});
