/** Every architecture by the name that a bundle gives it. A new one is a file here and a row below. */
import { z } from 'zod';
import { EngineError } from '../error.ts';
import type { Adapter, Encoder, LanguageModel, Make, SpeechEncoder, SpeechX2L, X2L } from './architecture.ts';
import { cFormerX2L, noX2L } from './c-former.ts';
import { chatGlm } from './chatglm.ts';
import { conformerCif } from './conformer-cif.ts';
import { evaVitEncoder } from './eva-vit.ts';
import { glm } from './glm.ts';
import { linearAdapter } from './linear.ts';
import { paraformer } from './paraformer.ts';
import { qFormerX2L } from './q-former.ts';

export type * from './architecture.ts';

export const languageModels: Readonly<Record<string, Make<LanguageModel>>> = { chatglm: chatGlm, glm };
export const encoders: Readonly<Record<string, Make<Encoder>>> = { 'eva-vit': evaVitEncoder };
export const x2ls: Readonly<Record<string, Make<X2L>>> = { 'q-former': qFormerX2L };
export const speechEncoders: Readonly<Record<string, Make<SpeechEncoder>>> = {
  'conformer-cif': conformerCif,
  paraformer,
};
export const speechX2ls: Readonly<Record<string, Make<SpeechX2L>>> = { 'c-former': cFormerX2L, fc: noX2L };
export const adapters: Readonly<Record<string, Make<Adapter>>> = { linear: linearAdapter };

/**
 * The part that a component of a manifest describes; `place` is where it stands there, such as `llm`. Throws
 * `invalid_bundle` with the architectures there are, or with what is wrong with the configuration.
 */
export function makePart<Part>(
  known: Readonly<Record<string, Make<Part>>>,
  component: { readonly architecture: string; readonly config: unknown },
  place: string,
): Part {
  const { architecture, config } = component;
  const make = Object.hasOwn(known, architecture) ? known[architecture] : undefined;
  if (!make) {
    const names = Object.keys(known).join(', ');
    throw new EngineError(
      'invalid_bundle',
      `${place}.architecture is "${architecture}"; this version knows ${names}`,
    );
  }
  try {
    return make(config);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const details = z.prettifyError(error);
    throw new EngineError('invalid_bundle', `${place}.config of "${architecture}":\n${details}`, {
      cause: error,
    });
  }
}
