/**
 * Which tensors a public checkpoint has, under its own names and with its own shapes: the importer's tables read backwards.
 * For writing checkpoints of random numbers; what the importer leaves behind is not among them.
 */
import { type FamilyName, families } from './families.ts';
import type { Family, HubConfig } from './family.ts';
import { type ImageImportOptions, planImage } from './image.ts';
import { imageFamilies } from './image-families.ts';
import type { ImageFamilyName } from './image-family.ts';
import { planModel } from './import.ts';
import type { Shapes } from './shapes.ts';
import { theirTensors } from './tensors.ts';

/** What says sizes, for messages. */
const path = 'config.json';

/**
 * The tensors of a language model with such a `config.json`, and of the interface for pictures that is in the same files.
 *
 * @throws CheckpointError `invalid_config`.
 * @example modelLayout('chatglm3-6b', config).get('transformer.output_layer.weight'); // [65024, 4096]
 */
export function modelLayout(name: FamilyName, config: HubConfig): Shapes {
  const family: Family = families[name];
  const { model, wanted } = planModel(family, config, { id: () => undefined }, path);
  const { hiddenSize } = model;
  const image = family.image ? imageLayout(family.image, config, { hiddenSize }) : [];
  return new Map([...theirTensors(wanted.values()), ...image]);
}

/**
 * The tensors of an interface for pictures; those of an encoder in a file of its own begin with `visual_encoder.`.
 * `hiddenSize` is the language model's.
 *
 * @throws CheckpointError `invalid_config`.
 */
export function imageLayout(
  name: ImageFamilyName,
  config: HubConfig,
  options: Pick<ImageImportOptions, 'hiddenSize' | 'sizes'> = {},
): Shapes {
  const none = { info: () => undefined };
  const { wanted } = planImage(imageFamilies[name], config, none, { ...options, path });
  return theirTensors(wanted.values());
}

export { cFormerLayout } from './speech/c-former.ts';
export { paraformerLayout } from './speech/paraformer.ts';
