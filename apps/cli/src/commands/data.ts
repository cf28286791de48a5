import { buildCommand, buildRouteMap } from '@stricli/core';

interface Flags {
  readonly from: 'llava' | 'x-llm';
  readonly media?: string;
  readonly task?: 'vl' | 'video';
}

const importCommand = buildCommand({
  docs: {
    brief: 'Make a data file of another project’s data',
    fullDescription: [
      'Make a data file of another project’s data.',
      '',
      '  xllm data import --from llava --media images llava_instruct.json train.jsonl',
      '  xllm data import --from x-llm --task video --media msrvtt captions.json video.jsonl',
      '',
      'llava: a JSON array of {"image", "conversations": [{"from": "human" or "gpt", "value"}]}.',
      'x-llm: captions (image_id and caption_zh, or image and caption), transcripts (target_text), transcripts with a',
      'picture (question_text) and spoken dialogues (history_text and answer_text); where it names features of speech,',
      'NAME.npy, the recording NAME.wav is taken.',
      'Records that cannot be used are left out, counted, and the first of them named.',
    ].join('\n'),
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        { parse: String, placeholder: 'in', brief: 'JSON, or JSON lines' },
        { parse: String, placeholder: 'out', brief: 'The data file to write, JSON lines' },
      ],
    },
    flags: {
      from: { kind: 'enum', values: ['llava', 'x-llm'], brief: 'Whose form it is' },
      media: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'DIR',
        brief: 'Where its media are (the folder of the input)',
      },
      task: {
        kind: 'enum',
        values: ['vl', 'video'],
        optional: true,
        brief: 'What captions and conversations are about, where the records do not say it (vl: pictures)',
      },
    },
  },
  async func({ from, media, task }: Flags, input: string, output: string) {
    const { importInto } = await import('../import-data.ts');
    await importInto(from, input, output, {
      ...(media === undefined ? {} : { media }),
      ...(task === undefined ? {} : { task }),
    });
  },
});

export const data = buildRouteMap({
  routes: { import: importCommand },
  docs: { brief: 'Prepare data for training' },
});
