import { z } from 'zod';
import { component, fileName } from '../component.ts';

/** Video: frames go through the encoder and the Q-Former of pictures, with queries and an adapter of their own. */
export const videoInterface = z.strictObject({
  /** Whose preprocessing, encoder and X2L interface are used. */
  shares: z.literal('image'),
  /** As many as the picture's, of the same width. */
  queries: z.strictObject({
    /** What the weights call them; `video_query_tokens`, X-LLM's name, unless given. */
    name: z.string().min(1).optional(),
    weights: fileName,
  }),
  adapter: component,
  frames: z.strictObject({
    /** The most that are looked at. */
    count: z.int().positive(),
    /** `uniform`: spread evenly over the video. */
    sampling: z.literal('uniform'),
  }),
});

export type VideoInterface = z.infer<typeof videoInterface>;
