/** Pictures, each of as many rows as the Q-Former has queries. */
import type { ModalityDefinition } from './interface.ts';
import { PictureReader } from './pictures.ts';

export const image: ModalityDefinition = {
  field: 'images',
  async load(context) {
    const { pictures, bundle } = context;
    const manifest = bundle.manifest.interfaces.image;
    if (!pictures || !manifest) return undefined;
    const { adapter } = manifest;
    const reader = await PictureReader.load(pictures, { modality: 'image', adapter }, context);
    return {
      items: ({ images }, place) =>
        images.map((picture, at) => {
          reader.check(picture, `${place}.images[${at}]`, 'invalid_image');
          return { modality: 'image', leastRows: reader.rows, encode: () => reader.encode(picture) };
        }),
      [Symbol.dispose]: () => reader[Symbol.dispose](),
    };
  },
};
