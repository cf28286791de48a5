/** Which files a composed bundle consists of, and what its manifest says. */
import {
  type AnyManifest,
  type Bundle,
  type BundleManifest,
  type FileEntry,
  hasLanguageModel,
  type SafetensorsFile,
  weightsOf,
} from '@x-llm/checkpoint';

type Interfaces = BundleManifest['interfaces'];

/** In the order of the manifest. */
export const partNames = ['llm', 'image', 'video', 'speech'] as const;
export type PartName = (typeof partNames)[number];
export type InterfacePart = Exclude<PartName, 'llm'>;

/** The bundles that parts come from. */
export interface Parts {
  readonly llm: Bundle;
  readonly interfaces: Readonly<Partial<Record<InterfacePart, Bundle<AnyManifest>>>>;
}

/** A file of the new bundle, and where it is now. */
export interface SharedFile {
  readonly from: Bundle<AnyManifest>;
  readonly file: string;
  readonly entry: FileEntry;
}

export interface Plan {
  readonly manifest: Omit<BundleManifest, 'files'>;
  readonly files: ReadonlyMap<string, SharedFile>;
  weights(file: string): SafetensorsFile;
}

/** Every named interface has to be in its bundle. */
export function planBundle(name: string, { llm, interfaces }: Parts): Plan {
  const files = new Map<string, SharedFile>();
  const take = (part: PartName, from: Bundle<AnyManifest>, file: string): string => {
    const entry = from.manifest.files[file];
    if (!entry) throw new RangeError(`${from.path} lists no ${file}`); // the manifest was checked
    const same = [...files].find(([, other]) => other.entry.sha256 === entry.sha256);
    if (same) return same[0];
    let free = file;
    while (files.has(free)) free = `${part}/${free}`;
    files.set(free, { from, file, entry });
    return free;
  };
  const { format, tokenizer, chatTemplate, generation, llm: model } = llm.manifest;
  const moved = <Part extends InterfacePart>(part: Part): Interfaces[Part] => {
    const from = interfaces[part];
    const one = from?.manifest.interfaces[part];
    return from && one && withFiles(one, (file) => take(part, from, file));
  };
  // In this order names are given: the language model's files keep theirs.
  const language = { ...model, weights: take('llm', llm, model.weights) };
  const words = { ...tokenizer, file: take('llm', llm, tokenizer.file) };
  const [image, video, speech] = [moved('image'), moved('video'), moved('speech')];
  const manifest = {
    format,
    name,
    ...originOf({ llm, interfaces }),
    llm: language,
    interfaces: { ...(image && { image }), ...(video && { video }), ...(speech && { speech }) },
    tokenizer: words,
    chatTemplate,
    generation,
  };
  return {
    manifest,
    files,
    weights(file) {
      const found = files.get(file);
      if (!found) throw new RangeError(`the plan has no file ${file}`);
      return found.from.weights(found.file);
    },
  };
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
function originOf({ llm, interfaces }: Parts): Pick<BundleManifest, 'licence' | 'provenance'> {
  const used = partNames.flatMap((part) => {
    const bundle = part === 'llm' ? llm : interfaces[part];
    return bundle ? [{ part, bundle }] : [];
  });
  const origins = [...Map.groupBy(used, ({ bundle }) => bundle)].map(([{ manifest }, parts]) => ({
    manifest,
    parts: parts.map(({ part }) => part).join(', '),
  }));
  const licences = Map.groupBy(origins, ({ manifest }) => manifest.licence);
  const sources = origins.flatMap(({ manifest: { name, licence, provenance } }) => [
    ...provenance.sources,
    // Named itself, so that its licence stays with it.
    ...(provenance.sources.some((source) => source.name === name) ? [] : [{ name, licence }]),
  ]);
  return {
    licence:
      licences.size === 1
        ? llm.manifest.licence
        : [...licences]
            .map(([licence, of]) => `${of.map(({ parts }) => parts).join(', ')}: ${licence}`)
            .join('; '),
    provenance: {
      summary: `Composed of parts. ${origins
        .map(({ manifest, parts }) => `${parts} of ${manifest.name}: ${manifest.provenance.summary}`)
        .join(' ')}`,
      sources: [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()],
    },
  };
}

/**
 * Interfaces that were taught to speak to a language model of other weights: their rows have the right width, and may
 * still say nothing to this one. Bundles of interfaces only do not tell.
 */
export function taughtElsewhere({ llm, interfaces }: Parts): InterfacePart[] {
  const hashOf = ({ manifest }: Bundle<AnyManifest>) =>
    hasLanguageModel(manifest) ? manifest.files[manifest.llm.weights]?.sha256 : undefined;
  return partNames.flatMap((part) => {
    const bundle = part === 'llm' ? undefined : interfaces[part];
    const other = bundle && hashOf(bundle);
    return part !== 'llm' && other !== undefined && other !== hashOf(llm) ? [part] : [];
  });
}
