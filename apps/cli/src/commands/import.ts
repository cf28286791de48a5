import { buildCommand } from '@stricli/core';
import type { ImportFlags } from '../import-checkpoint.ts';
import { cFormerFlag, importFlags } from './import-flags.ts';

export const importCommand = buildCommand({
  docs: {
    brief: 'Make a bundle of a public checkpoint',
    fullDescription: [
      'Make a bundle of a public checkpoint: a folder with config.json, weights and tokenizer, as from Hugging Face.',
      '',
      '  xllm import ~/Downloads/chatglm3-6b',
      '  xllm chat --bundle chatglm3-6b "Hello"',
      '  xllm import glm-4-9b-chat --quantize int4 --out /models/glm4',
      '  xllm import chatglm3-6b --quantize int4 --text page.txt    with the perplexity before and after',
      '  xllm import visualglm-6b                        with its interface for pictures',
      '  xllm import blip2-opt-2.7b                      an interface for pictures, for `xllm compose`',
      '  xllm import paraformer-large --c-former bert-base-chinese',
      '  xllm import paraformer-large --into chatglm-6b --c-former bert-base-chinese',
      '',
      'What `xllm pull` does without a network: the result is the same, and `xllm models` lists it.',
      '',
      'Of checkpoints of pictures or speech alone a bundle without a language model is made, which `xllm compose` gives one:',
      'BLIP-2 in Hugging Face’s form or LAVIS’s (a .pth beside eva_vit_g.pth), X-LLM’s own .pth, and FunASR’s Paraformer',
      '(config.yaml, am.mvn, model.pt) with a BERT for its C-Former. Shards of BLIP-2 that have nothing but its language model need',
      'not be there. With --into a Paraformer becomes the ears of a new model like the one named. What no checkpoint has, what',
      'leads to this language model, is drawn at random: `xllm train stage2` has to teach it.',
      '',
      'A model that is there already is not written over; --force replaces it once the new one is whole, so both need room.',
      '',
      'With --quantize the encoder of a model that sees is written in 8 bits, too; --quantize-encoders says otherwise, and is the',
      'one for checkpoints of pictures or speech alone. A ViT-g so takes 1 GB in place of 4; how far off it is, is said. What learns,',
      'X2L interfaces and adapters, keeps its numbers. An encoder in few bits can look and listen, but not be taught.',
      '',
      'Weights may be safetensors or PyTorch’s .bin, in one file or in shards with their index. Nothing in a .bin is run.',
      'One tensor is in memory at a time. On a CPU weights take 4 bytes each, as they are computed with, and half a byte with',
      '--quantize int4: a model of 6 billion some 25 GB or 4. Of numbers in 4 bits 128 share a scale; with --block-size 32 they take',
      '5 bits each in place of 4.25, and normally distributed ones are off by 8.2 % in place of 9.7.',
    ].join('\n'),
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, placeholder: 'folder', brief: 'The checkpoint' }],
    },
    flags: {
      ...importFlags,
      name: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'NAME',
        brief: 'What the model is to be called (the folder’s name)',
      },
      into: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'BUNDLE',
        brief: 'The model that the checkpoint, a Paraformer, is to be the ears of; it stays as it is',
      },
      cFormer: cFormerFlag,
    },
    aliases: { o: 'out' },
  },
  async func(flags: ImportFlags, folder: string) {
    const { runImport } = await import('../import-checkpoint.ts');
    const { exitWhenStopped, stopSignal } = await import('../stop.ts');
    exitWhenStopped(stopSignal());
    await runImport(folder, flags);
  },
});
