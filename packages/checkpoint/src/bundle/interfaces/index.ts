import { imageInterface } from './image.ts';
import { speechInterface } from './speech.ts';
import { videoInterface } from './video.ts';

/** What a bundle may hear and see with. A new modality is a file beside this one and a line here. */
export const interfaces = {
  image: imageInterface.optional(),
  video: videoInterface.optional(),
  speech: speechInterface.optional(),
};
