import type { Model } from '@x-llm/sdk';

export type Kind = 'image' | 'audio' | 'video';

/** What the model takes beside text. */
export interface Inputs {
  readonly image: boolean;
  /** How it hears; null when it does not. */
  readonly audio: Model['audio'];
  readonly video: boolean;
}

/** Until the model has said more. */
export const picturesOnly: Inputs = { image: true, audio: null, video: false };

export function inputsOf(model: Model): Inputs {
  const takes = (kind: Kind) => model.input_modalities.includes(kind);
  return {
    image: takes('image'),
    audio: takes('audio') ? model.audio : null,
    video: takes('video') && model.video !== null,
  };
}

export function kindsOf({ image, audio, video }: Inputs): Kind[] {
  const taken = { image, audio: audio !== null, video };
  return (['image', 'audio', 'video'] as const).filter((kind) => taken[kind]);
}
