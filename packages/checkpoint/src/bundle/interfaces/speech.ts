import { z } from 'zod';
import { component } from '../component.ts';

const question = z.string().min(1);

/** Speech: how to prepare it, the frozen encoder and what it fires, the X2L interface, and the adapter to the LLM's width. */
export const speechInterface = z.strictObject({
  /** Kaldi's log mel filter bank energies of mono samples, 25 ms every 10 ms. */
  preprocessing: z.strictObject({
    sampleRateHz: z.literal(16_000),
    melBins: z.int().positive(),
    /** The window of a frame; `povey`, Kaldi's own, unless given. */
    window: z.enum(['povey', 'hamming']).optional(),
    /** `utterance`: each bin is brought to mean 0 and deviation 1 over the utterance. */
    cmvn: z.enum(['utterance', 'none']),
    /** The longest that is listened to. */
    maxSeconds: z.number().positive(),
  }),
  encoder: component,
  /** What the encoder fires for, which is what transcripts take their times from; tokens unless given. */
  fires: z.enum(['tokens', 'syllables']).optional(),
  x2l: component,
  adapter: component,
  /** What the model is asked to write down what it hears: X-LLM's question unless given. */
  transcriptionPrompt: question.optional(),
  /** The same for speech in a language that is known, where the model was taught a question of its own. */
  transcriptionPrompts: z.strictObject({ en: question.optional(), zh: question.optional() }).optional(),
});

export type SpeechInterface = z.infer<typeof speechInterface>;
