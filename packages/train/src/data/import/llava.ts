/**
 * LLaVA's conversations (haotian-liu/LLaVA, docs/Finetune_Custom_Data.md): `{"id", "image", "conversations": [{"from":
 * "human" | "gpt", "value"}]}`. `<image>` in a question says where the picture goes; here it stands in front of all.
 */
import { z } from 'zod';
import { faultsOf } from '../data-set.ts';
import type { Importer } from './importer.ts';

const schema = z.object({
  image: z.string().optional(),
  video: z.string().optional(),
  conversations: z.array(z.object({ from: z.enum(['system', 'human', 'gpt']), value: z.string() })).min(2),
});

const roles = { system: 'system', human: 'user', gpt: 'assistant' } as const;

export const importLlava: Importer = (record, _index, { task }) => {
  const parsed = schema.safeParse(record);
  if (!parsed.success) return faultsOf(parsed.error);
  const { conversations } = parsed.data;
  // Where all are videos, some call them images nevertheless.
  const isCalledImage = task === 'video' && parsed.data.video === undefined;
  const video = isCalledImage ? parsed.data.image : parsed.data.video;
  const image = isCalledImage ? undefined : parsed.data.image;
  if (image === undefined && video === undefined) return 'has no picture and no video';
  if (task === 'vl' && image === undefined) return 'is about a video, and not the task "vl"';
  return {
    ...(image === undefined ? {} : { image }),
    ...(video === undefined ? {} : { video }),
    task: task ?? (video === undefined ? 'vl' : 'video'),
    messages: conversations.map(({ from, value }) => ({
      role: roles[from],
      content: value.replace(/\s*<(image|video)>\s*/g, '\n').trim(),
    })),
  };
};
