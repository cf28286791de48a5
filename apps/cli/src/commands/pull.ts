import { buildCommand } from '@stricli/core';
import { type Preset, presets } from '@x-llm/checkpoint/presets';
import type { PullFlags } from '../pull/index.ts';
import { isOffered } from '../pull/offered.ts';
import { importFlags } from './import-flags.ts';

const table: Readonly<Record<string, Preset>> = presets;
const offered = Object.entries(table).filter(([, preset]) => isOffered(preset));

export const pull = buildCommand({
  docs: {
    brief: 'Fetch a public checkpoint and make a model of it',
    fullDescription: [
      'Fetch a public checkpoint from Hugging Face’s hub and make a model of it.',
      '',
      '  xllm pull chatglm3-6b --quantize int4',
      '  xllm chat --bundle chatglm3-6b "Hello"',
      '  xllm pull zai-org/chatglm3-6b-32k               any repository whose form is known',
      '',
      ...offered.map(
        ([name, { about, downloadBytes }]) =>
          `  ${name.padEnd(16)} ${(downloadBytes / 1e9).toFixed(1).padStart(4)} GB  ${about}`,
      ),
      '',
      'Of BLIP-2, in any repository, shards with nothing but its language model are not fetched; it becomes an interface for',
      'pictures, which `xllm compose` gives a language model.',
      '',
      'The licence is shown, and recorded in the model. A download that was interrupted goes on where it was when the same',
      'command is given again, and every file is compared with the hash that the hub lists. There has to be room for the',
      'download and the model; the download is deleted when the model is made.',
      '',
      'HF_ENDPOINT names a mirror, HF_TOKEN a token for what is not open to everybody; through a proxy it goes with',
      'NODE_USE_ENV_PROXY=1 and HTTPS_PROXY. Models are kept in ~/.local/share/xllm/models, downloads in ~/.cache/xllm/hub,',
      'or both in XLLM_HOME. Without a network, `xllm import FOLDER` makes the same of a folder.',
    ].join('\n'),
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, placeholder: 'name', brief: 'One of the above, or OWNER/REPOSITORY' }],
    },
    flags: {
      ...importFlags,
      name: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'NAME',
        brief: 'What the model is to be called (the name that it is pulled by)',
      },
      revision: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'REV',
        brief: 'A branch, a tag or a commit (main)',
      },
      yes: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Do not ask; the licence is accepted',
      },
      keepDownload: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Keep what was fetched, as to quantise it in another way',
      },
    },
    aliases: { o: 'out', y: 'yes' },
  },
  async func(flags: PullFlags, name: string) {
    const { runPull } = await import('../pull/index.ts');
    await runPull(name, flags);
  },
});
