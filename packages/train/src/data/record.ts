/** One line of a data file: media, and the conversation about them. */
import { z } from 'zod';

/** X-LLM's tasks, and the media that each needs. A new task is a row here. */
export const tasks = {
  /** Describe or discuss a picture. */
  vl: ['image'],
  /** Write down what is said. */
  asr: ['audio'],
  /** The same with the help of a picture. */
  masr: ['image', 'audio'],
  /** Answer a spoken question about a picture. */
  vsd: ['image', 'audio'],
  /** Describe or discuss a video. */
  video: ['video'],
} as const satisfies Readonly<Record<string, readonly MediaKind[]>>;

export type Task = keyof typeof tasks;
export const taskNames = Object.keys(tasks) as Task[];

export const mediaKinds = ['image', 'audio', 'video'] as const;
export type MediaKind = (typeof mediaKinds)[number];

const path = z.string().min(1).max(4096).optional();
/** The most messages of one conversation. */
const mostMessages = 1000;

export const recordSchema = z
  .strictObject({
    image: path,
    audio: path,
    video: path,
    messages: z
      .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
      .min(2)
      .max(mostMessages),
    task: z.enum(taskNames).optional(),
  })
  .superRefine(({ messages, task, ...media }, context) => {
    const fault = (message: string, ...at: (string | number)[]) =>
      context.addIssue({ code: 'custom', message, path: at });
    if (!mediaKinds.some((kind) => media[kind] !== undefined)) fault('has neither image nor audio nor video');
    for (const kind of task ? tasks[task] : []) {
      if (media[kind] === undefined) fault(`task "${task}" needs ${kind}`, kind);
    }
    const first = messages[0]?.role === 'system' ? 1 : 0;
    for (const [at, { role, content }] of messages.entries()) {
      if (at < first) continue;
      const expected = (at - first) % 2 === 0 ? 'user' : 'assistant';
      if (role !== expected) {
        return fault(`expected a message of the ${expected}, got one of the ${role}`, 'messages', at, 'role');
      }
      if (role === 'assistant' && content.trim() === '') {
        fault('an answer cannot be empty', 'messages', at, 'content');
      }
    }
    if (messages.at(-1)?.role !== 'assistant') fault('the last message must be an answer', 'messages');
  });

export type DataRecord = z.infer<typeof recordSchema>;

/** The task that is named, or the one that the media suggest. */
export function taskOf({ task, image, audio, video }: DataRecord): Task {
  if (task) return task;
  if (video !== undefined) return 'video';
  if (audio === undefined) return 'vl';
  return image === undefined ? 'asr' : 'vsd';
}

/** Where the answers stand among the messages: each is an example of its own, with what comes before as its history. */
export const answersOf = ({ messages }: DataRecord): number[] =>
  messages.flatMap(({ role }, at) => (role === 'assistant' ? [at] : []));
