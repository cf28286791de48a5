/** Every kind of golden folder there is a check for, by the folder's base name. */
import type { Kind } from '../kind.ts';
import { blip2Stage1LossesKind } from './blip2-stage1-losses.ts';
import { cFormerKind } from './c-former.ts';
import { chatGlmKind } from './chatglm-6b-v1.ts';
import { cifKind } from './cif.ts';
import { conformerKind } from './conformer.ts';
import { evaVitKind } from './eva-vit.ts';
import { frontendAudioKind } from './frontend-audio.ts';
import { glmKind } from './glm.ts';
import { optimKind } from './optim.ts';
import { paraformerKind } from './paraformer.ts';
import { qFormerKind } from './qformer.ts';
import { torchPickleKind } from './torch-pickle.ts';
import { videoKind } from './video.ts';
import { visualGlmKind } from './visualglm-6b.ts';
import { xllmSpliceKind } from './xllm-splice.ts';

export const kindNames = [
  'blip2-stage1-losses',
  'c-former',
  'chatglm-6b-v1',
  'chatglm2-6b',
  'chatglm3-6b',
  'cif',
  'conformer',
  'eva-vit',
  'frontend-audio',
  'glm-4-0414',
  'glm-4-9b-chat',
  'glm-4-9b-hf',
  'optim',
  'paraformer',
  'qformer',
  'torch-pickle',
  'video',
  'visualglm-6b',
  'xllm-splice',
] as const;

export type KindName = (typeof kindNames)[number];

export const kinds: { readonly [Name in KindName]: Kind } = {
  'blip2-stage1-losses': blip2Stage1LossesKind,
  'c-former': cFormerKind,
  'chatglm-6b-v1': chatGlmKind,
  'chatglm2-6b': glmKind,
  'chatglm3-6b': glmKind,
  cif: cifKind,
  conformer: conformerKind,
  'eva-vit': evaVitKind,
  'frontend-audio': frontendAudioKind,
  'glm-4-0414': glmKind,
  'glm-4-9b-chat': glmKind,
  'glm-4-9b-hf': glmKind,
  optim: optimKind,
  paraformer: paraformerKind,
  qformer: qFormerKind,
  'torch-pickle': torchPickleKind,
  video: videoKind,
  'visualglm-6b': visualGlmKind,
  'xllm-splice': xllmSpliceKind,
};

export const isKindName = (name: string): name is KindName => (kindNames as readonly string[]).includes(name);
