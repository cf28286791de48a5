/** Every modality by its name in the manifest. A new one is a file here, a row below, and a field of a message. */
import type { BundleManifest } from '@x-llm/checkpoint';
import { image } from './image.ts';
import type { ModalityDefinition } from './interface.ts';
import { speech } from './speech.ts';
import { video } from './video.ts';

export type * from './interface.ts';

export type InterfaceName = keyof BundleManifest['interfaces'];

/** In the order in which they stand in a prompt. */
export const modalities: { readonly [Name in InterfaceName]-?: ModalityDefinition } = {
  image,
  video,
  speech,
};
