import { z } from 'zod';
import { component } from '../component.ts';

const perChannel = z.tuple([z.number(), z.number(), z.number()]);

/** Pictures: how to prepare them, the frozen encoder, the X2L interface, and the adapter to the LLM's width. */
export const imageInterface = z.strictObject({
  /** Resize to `size`×`size`, scale to 0–1, subtract `mean`, divide by `std` (R, G, B). */
  preprocessing: z.strictObject({
    size: z.int().positive(),
    mean: perChannel,
    std: perChannel,
  }),
  encoder: component,
  x2l: component,
  adapter: component,
});

export type ImageInterface = z.infer<typeof imageInterface>;
