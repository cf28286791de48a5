import { imageInterface } from './image.ts';
import { speechInterface } from './speech.ts';
import { videoInterface } from './video.ts';

/** What a bundle may hear and see with. A new modality is a file beside this one and a line here. */
export const interfaces = {
  image: imageInterface.optional(),
  video: videoInterface.optional(),
  speech: speechInterface.optional(),
};

/** The same for a language model that is elsewhere: what leads to it may be missing, and `xllm compose` then draws it. */
export const interfaceParts = {
  image: imageInterface.partial({ adapter: true }).optional(),
  video: videoInterface.optional(),
  speech: speechInterface.partial({ adapter: true }).optional(),
};
