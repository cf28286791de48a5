/** Which files a composed bundle consists of, and what its manifest says. */
import { type Bundle, type BundleManifest, type PartsManifest, weightsOf } from '@x-llm/checkpoint';
import { type LanguageModel, makePart, speechX2ls, x2ls } from '../architectures/index.ts';
import { EngineError } from '../error.ts';
import { type DrawnAdapter, drawAdapter, untrainedNote } from '../import/untrained.ts';
import type { WeightsOf } from '../weights.ts';
import { isModel, type Origin, type OriginFile, unwritten } from './origin.ts';

/** In the order of the manifest. */
export const partNames = ['llm', 'image', 'video', 'speech'] as const;
export type PartName = (typeof partNames)[number];
export type InterfacePart = Exclude<PartName, 'llm'>;

/** Where the parts come from. */
export interface Parts {
  readonly llm: Origin & { readonly bundle: Bundle };
  readonly interfaces: Readonly<Partial<Record<InterfacePart, Origin>>>;
}

/** A file of the new bundle, and where it is now. */
export interface PlannedFile extends OriginFile {
  readonly from: Origin;
  /** What its origin calls it. */
  readonly file: string;
}

/** What of an interface was drawn at random and has to be taught. */
export interface Untrained {
  readonly part: InterfacePart;
  readonly tensors: readonly string[];
}

export interface Plan {
  readonly manifest: Omit<BundleManifest, 'files'>;
  readonly files: ReadonlyMap<string, PlannedFile>;
  readonly weights: WeightsOf;
  readonly untrained: readonly Untrained[];
}

type Interfaces = PartsManifest['interfaces'];

/**
 * Every named interface has to be in its origin. Adapters that are missing are drawn with `seed`, as wide as `language` is.
 * Throws EngineError for an interface that does not tell how wide its own rows are.
 */
export function planBundle(name: string, parts: Parts, language: LanguageModel, seed: number): Plan {
  const { llm, interfaces } = parts;
  const files = new Map<string, PlannedFile>();
  const put = (part: PartName, from: Origin, file: string, found = from.file(file)): string => {
    const same = [...files].find(([, other]) =>
      found.entry && other.entry ? other.entry.sha256 === found.entry.sha256 : other.source === found.source,
    );
    if (same) return same[0];
    let free = file;
    while (files.has(free)) free = `${part}/${free}`;
    files.set(free, { ...found, from, file });
    return free;
  };
  const moved = <Part extends InterfacePart>(part: Part): Interfaces[Part] => {
    const from = interfaces[part];
    const all: Interfaces | undefined = from?.manifest.interfaces;
    const one = all?.[part];
    return from && one && withFiles(one, (file) => put(part, from, file));
  };
  const untrained: Untrained[] = [];
  const notes: string[] = [];
  const adapterOf = (part: 'image' | 'speech', width: number): DrawnAdapter['adapter'] => {
    const from = interfaces[part];
    if (!from) throw new RangeError(`there is no ${part}`);
    const file = `${part}-adapter.safetensors`;
    const { hiddenSize } = language;
    const { adapter, tensors } = drawAdapter(part, { width, hiddenSize, file, seed });
    const drawn = tensors.map((one) => one.name);
    untrained.push({ part, tensors: [...from.untrained, ...drawn] });
    // What was drawn when a checkpoint was opened, its own summary says.
    notes.push(`${untrainedNote(drawn, seed, { means: meaning[part], modality: part })}.`);
    return { ...adapter, weights: put(part, from, file, unwritten(tensors)) };
  };
  const { format, tokenizer, chatTemplate, generation, llm: model } = llm.bundle.manifest;
  // In this order names are given: the language model's files keep theirs.
  const ofModel = { ...model, weights: put('llm', llm, model.weights) };
  const words = { ...tokenizer, file: put('llm', llm, tokenizer.file) };
  const [image, video, speech] = [moved('image'), moved('video'), moved('speech')];
  const toSee = image && (image.adapter ?? adapterOf('image', pictureWidth(image)));
  const toHear = speech && (speech.adapter ?? adapterOf('speech', speechWidth(speech)));
  const manifest = {
    format,
    name,
    ...originOf(parts, notes),
    llm: ofModel,
    interfaces: {
      ...(image && toSee && { image: { ...image, adapter: toSee } }),
      ...(video && { video }),
      ...(speech && toHear && { speech: { ...speech, adapter: toHear } }),
    },
    tokenizer: words,
    chatTemplate,
    generation,
  };
  return {
    manifest,
    files,
    untrained,
    weights(file) {
      const found = files.get(file);
      if (!found) throw new RangeError(`the plan has no file ${file}`);
      return found.parameters();
    },
  };
}

const pictureWidth = ({ x2l }: NonNullable<Interfaces['image']>): number =>
  makePart(x2ls, x2l, 'interfaces.image.x2l').outputWidth;

function speechWidth({ x2l }: NonNullable<Interfaces['speech']>): number {
  const { outputWidth } = makePart(speechX2ls, x2l, 'interfaces.speech.x2l');
  if (outputWidth !== undefined) return outputWidth;
  throw new EngineError('invalid_bundle', 'interfaces.speech: without an x2l there has to be an adapter');
}

/** An interface whose components have their weights in other files. */
function withFiles<One extends object>(one: One, rename: (file: string) => string): One {
  const parts = Object.entries(one).map(([key, part]: [string, unknown]) => {
    const [file] = weightsOf({ part });
    return [key, file === undefined ? part : { ...(part as object), weights: rename(file) }];
  });
  return Object.fromEntries(parts) as One;
}

/** Licence and provenance of all parts: nothing that a part says of itself is lost. */
function originOf(
  { llm, interfaces }: Parts,
  notes: readonly string[],
): Pick<BundleManifest, 'licence' | 'provenance'> {
  const used = partNames.flatMap((part) => {
    const from = part === 'llm' ? llm : interfaces[part];
    return from ? [{ part, from }] : [];
  });
  const origins = [...Map.groupBy(used, ({ from }) => from)].map(([{ manifest, bundle }, parts]) => ({
    manifest,
    isNamed: bundle !== undefined,
    parts: parts.map(({ part }) => part).join(', '),
  }));
  const licences = Map.groupBy(origins, ({ manifest }) => manifest.licence);
  const sources = origins.flatMap(({ manifest: { name, licence, provenance }, isNamed }) => [
    ...provenance.sources,
    // A bundle is named itself, so that its licence stays with it; of a checkpoint the sources are all there is.
    ...(!isNamed || provenance.sources.some((source) => source.name === name) ? [] : [{ name, licence }]),
  ]);
  return {
    licence:
      licences.size === 1
        ? llm.manifest.licence
        : [...licences]
            .map(([licence, of]) => `${of.map(({ parts }) => parts).join(', ')}: ${licence}`)
            .join('; '),
    provenance: {
      summary: [
        'Composed of parts.',
        ...origins.map(
          ({ manifest, parts }) => `${parts} of ${manifest.name}: ${manifest.provenance.summary}`,
        ),
        ...notes,
      ].join(' '),
      sources: [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()],
    },
  };
}

const meaning = { image: 'pictures mean', speech: 'speech means' } as const;

/**
 * Interfaces that were taught to speak to a language model of other weights: their rows have the right width, and may
 * still say nothing to this one. Interfaces without a language model do not tell.
 */
export function taughtElsewhere({ llm, interfaces }: Parts): InterfacePart[] {
  const hashOf = ({ bundle }: Origin) =>
    isModel(bundle) ? bundle.manifest.files[bundle.manifest.llm.weights]?.sha256 : undefined;
  return partNames.flatMap((part) => {
    const from = part === 'llm' ? undefined : interfaces[part];
    const other = from && hashOf(from);
    return part !== 'llm' && other !== undefined && other !== hashOf(llm) ? [part] : [];
  });
}
