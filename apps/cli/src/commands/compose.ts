import { buildCommand } from '@stricli/core';
import { imageFamilyNames } from '@x-llm/engine/families';
import type { ComposeFlags } from '../compose/index.ts';
import { cFormerFlag, forceFlag, outFlag, quantizeEncodersFlag } from './import-flags.ts';

const part = (brief: string) =>
  ({ kind: 'parsed', parse: String, optional: true, placeholder: 'PART', brief }) as const;

export const compose = buildCommand({
  docs: {
    brief: 'Make a model of a language model and interfaces of others',
    fullDescription: [
      'Make a model of a language model and interfaces of others: a bundle that answers like any other.',
      '',
      '  xllm compose --llm chatglm-6b --image visualglm-6b --speech ./run/stage2-speech --name chatglm-6b-sees-hears',
      '  xllm serve --bundle chatglm-6b --bundle chatglm-6b-sees-hears',
      '  xllm compose --llm chatglm3-6b --image ./blip2-opt-2.7b --speech ./paraformer-large \\',
      '    --c-former bert-base-chinese --name chatglm3-6b-multimodal',
      '',
      'A part is a model’s name as `xllm models` lists it, the folder of a bundle, or the folder of a run of',
      '`xllm train stage2` or `stage3`. The language model brings tokenizer, chat format and what requests get that say nothing;',
      'the others bring encoder, X2L interface, adapter and preprocessing. Video shares encoder and X2L interface with pictures,',
      'so --video needs an --image that has the same.',
      '',
      'The parts for pictures and speech may also be folders of public checkpoints, read as `xllm import` reads them: BLIP-2 of',
      'LAVIS (a .pth beside eva_vit_g.pth) or of Hugging Face, VisualGLM-6B’s, X-LLM’s own; Paraformer with --c-former. Where one',
      'has no adapter to this language model, it is drawn at random, and has to be taught: xllm train stage2.',
      '',
      'Weights of models are hard links where the file system allows: they take no room, and deleting one model leaves the other whole.',
      'With --quantize-encoders the files with encoders, of models or of checkpoints, are written anew with their matrices in few bits.',
      'Parts that do not fit are refused, every reason at once, and nothing is written. A model that is there already stays;',
      '--force replaces it once the new one is whole.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      llm: { kind: 'parsed', parse: String, placeholder: 'PART', brief: 'The language model' },
      image: part('What looks at pictures'),
      speech: part('What listens to speech'),
      video: part('What watches videos'),
      cFormer: cFormerFlag,
      family: {
        kind: 'enum',
        values: imageFamilyNames,
        optional: true,
        brief: 'Whose form a checkpoint for --image has, where its files do not tell',
      },
      quantizeEncoders: quantizeEncodersFlag(
        'Matrices of what looks and listens in 4 or 8 bits, blocks of 128 (none); what learns stays',
      ),
      name: { kind: 'parsed', parse: String, placeholder: 'NAME', brief: 'What the model is to be called' },
      out: outFlag,
      force: forceFlag,
    },
    aliases: { o: 'out' },
  },
  async func(flags: ComposeFlags) {
    const { runCompose } = await import('../compose/index.ts');
    const { exitWhenStopped, stopSignal } = await import('../stop.ts');
    exitWhenStopped(stopSignal());
    await runCompose(flags);
  },
});
