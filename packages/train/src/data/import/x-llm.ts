/**
 * X-LLM's annotations, by the keys that its loaders read (phellonchen/X-LLM @ ab923aa, xllm/datasets/datasets): captions of
 * pictures and videos, transcripts, the same with a picture, and dialogues whose last question is spoken. Its speech files
 * hold features of an encoder that was never published: the recording of the same name is taken in their place.
 */
import { z } from 'zod';
import { faultsOf } from '../data-set.ts';
import type { Task } from '../record.ts';
import type { ImportedRecord, Importer, ImportOptions } from './importer.ts';

/** What its loaders ask, in turn. */
const questions = {
  vl: [
    '请详细描述这张图片。',
    '请查看这张图片并描述您注意到的内容。',
    '请提供这张图片的详细描述',
    '你能为我描述这张图片的内容吗？',
  ],
  asr: ['请忠实地识别该语音', '请将这段语音转化为文字', '请将语音转换成书面文字。', '请识别该音频的文本内容'],
  masr: ['请根据图片忠实地识别这段语音'],
  vsd: [
    '请根据图像回答语音中的问题',
    '请利用图像回答语音中的问题',
    '请根据图像直接回答语音中的问题',
    '请利用图片回答语音中的问题',
  ],
  video: [
    '请描述这个视频。',
    '请查看这个视频并描述您注意到的内容。',
    '请提供这个视频的描述',
    '你能为我描述这个视频的内容吗？',
  ],
} as const satisfies Readonly<Record<Task, readonly string[]>>;

const text = z.string().min(1);
const captions = z.union([text, z.array(text).min(1)]);
const speech = { speech_feats_path: text };

/** A form is a row: the key that tells it, and the record made of it. */
interface Form {
  readonly key: string;
  read(record: unknown, ask: (task: Task) => string, options: ImportOptions): ImportedRecord;
}

const form = <Schema extends z.ZodType>(
  key: string,
  schema: Schema,
  read: (record: z.infer<Schema>, ask: (task: Task) => string, options: ImportOptions) => ImportedRecord,
): Form => ({ key, read: (record, ask, options) => read(schema.parse(record), ask, options) });

const forms: readonly Form[] = [
  form(
    'answer_text',
    z.object({ ...speech, image_path: text, history_text: z.string().default(''), answer_text: text }),
    ({ speech_feats_path, image_path, history_text, answer_text }, ask) => ({
      image: image_path,
      audio: recordingOf(speech_feats_path),
      task: 'vsd',
      messages: [...historyOf(history_text), ...round(ask('vsd'), answer_text)],
    }),
  ),
  form(
    'question_text',
    z.object({ ...speech, image_path: text, question_text: text }),
    ({ speech_feats_path, image_path, question_text }, ask) => ({
      image: image_path,
      audio: recordingOf(speech_feats_path),
      task: 'masr',
      messages: round(ask('masr'), question_text),
    }),
  ),
  form(
    'target_text',
    z.object({ ...speech, target_text: text }),
    ({ speech_feats_path, target_text }, ask) => ({
      audio: recordingOf(speech_feats_path),
      task: 'asr',
      messages: round(ask('asr'), target_text),
    }),
  ),
  form(
    'caption_zh',
    z.object({ image_id: text, caption_zh: text }),
    ({ image_id, caption_zh }, ask, { task }) =>
      task === 'video'
        ? { video: `${image_id}.mp4`, task, messages: round(ask(task), caption_zh) }
        : { image: `${image_id}.jpg`, task: 'vl', messages: round(ask('vl'), caption_zh) },
  ),
  form(
    'caption',
    z.object({ image: text.max(1024, 'is no path'), caption: captions }),
    ({ image, caption }, ask, { task = 'vl' }) => ({
      ...(task === 'video' ? { video: image } : { image }),
      task,
      messages: round(ask(task), typeof caption === 'string' ? caption : (caption[0] ?? '')),
    }),
  ),
];

export const importXLlm: Importer = (record, index, options) => {
  if (typeof record !== 'object' || record === null) return 'is no object';
  const found = forms.find(({ key }) => Object.hasOwn(record, key));
  if (!found) return `has none of the keys ${forms.map(({ key }) => key).join(', ')}`;
  const ask = (task: Task) => questions[task][index % questions[task].length] ?? '';
  try {
    return found.read(record, ask, options);
  } catch (error) {
    if (error instanceof z.ZodError) return faultsOf(error);
    throw error;
  }
};

const round = (question: string, answer: string): ImportedRecord['messages'] => [
  { role: 'user', content: question },
  { role: 'assistant', content: answer },
];

/** `问题：…回复：…问题：…回复：…` */
function historyOf(history: string): ImportedRecord['messages'] {
  const parts = history.split(/问题：|回复：/).map((part) => part.trim());
  const spoken = parts[0] === '' ? parts.slice(1) : parts;
  const messages: ImportedRecord['messages'] = [];
  for (let at = 0; at + 1 < spoken.length; at += 2)
    messages.push(...round(spoken[at] ?? '', spoken[at + 1] ?? ''));
  return messages;
}

const recordingOf = (features: string): string => features.replace(/\.npy$/, '.wav');
