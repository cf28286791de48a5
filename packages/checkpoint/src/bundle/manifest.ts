/** `xllm.json`: what a bundle is, where it comes from, and which files it consists of. */
import { z } from 'zod';
import { CheckpointError } from '../error.ts';
import { component, fileName, isSafeFileName } from './component.ts';
import { blockSizes, quantizedBits } from '../quantize/blocks.ts';
import { interfaceParts, interfaces } from './interfaces/index.ts';

export const manifestName = 'xllm.json';
/** The only format there is so far; a change that old readers would misread gets the next number. */
export const formatVersion = 1;

const fileEntry = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits'),
  sizeBytes: z.int().nonnegative(),
});

const hasShared = ({ image, video }: { readonly image?: unknown; readonly video?: unknown }): boolean =>
  video === undefined || image !== undefined;
const unshared = { error: 'video shares the image interface, which is missing' };

/** What every bundle says of itself. */
const about = {
  format: z.literal(formatVersion),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected a name like x-llm-tiny'),
  licence: z.string().min(1),
  /** Where weights and training data come from, in words, and every source with its licence. */
  provenance: z.strictObject({
    summary: z.string().min(1),
    sources: z.array(
      z.strictObject({ name: z.string().min(1), licence: z.string().min(1), url: z.url().optional() }),
    ),
  }),
  files: z.record(fileName, fileEntry),
};

const bundleSchema = z.strictObject({
  ...about,
  llm: z.strictObject({
    ...component.shape,
    /** How most matrices were quantised: `NAME.q4` or `NAME.q8` and `NAME.scales` stand in place of `NAME`. */
    quantization: z
      .strictObject({ bits: z.literal(quantizedBits), blockSize: z.literal(blockSizes) })
      .nullable(),
  }),
  interfaces: z.strictObject(interfaces).refine(hasShared, unshared),
  tokenizer: z.strictObject({ type: z.string().min(1), file: fileName }),
  chatTemplate: z.string().min(1),
  /** What a request that says nothing gets. */
  generation: z.strictObject({
    temperature: z.number().nonnegative(),
    topP: z.number().gt(0).lte(1),
    /** All tokens unless given. */
    topK: z.int().positive().optional(),
    /** 1, which changes nothing, unless given. */
    repetitionPenalty: z.number().positive().optional(),
    /** Whether words of the question count as repeated, too; they do unless it is `answer`. */
    repetitionOf: z.enum(['conversation', 'answer']).optional(),
    maxTokens: z.int().positive(),
  }),
});

/** Interfaces for a language model that is elsewhere: `xllm compose` brings them together. */
const partsSchema = z.strictObject({
  ...about,
  interfaces: z
    .strictObject(interfaceParts)
    .refine(hasShared, unshared)
    .refine((all) => Object.values(all).some((one) => one !== undefined), {
      error: 'a bundle without an llm needs an interface',
    }),
});

/** Of a model that answers: it has a language model, a tokenizer and a chat template. */
export type BundleManifest = z.infer<typeof bundleSchema>;
/** Of interfaces only. */
export type PartsManifest = z.infer<typeof partsSchema>;
export type AnyManifest = BundleManifest | PartsManifest;
export type FileEntry = z.infer<typeof fileEntry>;

export const hasLanguageModel = (manifest: AnyManifest): manifest is BundleManifest => 'llm' in manifest;

/** Checks what `xllm.json` holds; `path` is for the message. */
export function parseManifest(json: string, path: string): AnyManifest {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new CheckpointError('invalid_manifest', path, 'is not JSON', { cause: error });
  }
  refuseOtherFormats(value, path);
  refuseUnsafePaths(value, path);
  const parsed = checkSchema(value, path);
  if (!parsed.success) {
    throw new CheckpointError('invalid_manifest', path, z.prettifyError(parsed.error), { cause: parsed.error });
  }
  const unlisted = referencedFiles(parsed.data).find((name) => !Object.hasOwn(parsed.data.files, name));
  if (unlisted !== undefined) {
    throw new CheckpointError('unlisted_file', path, `uses ${unlisted}, which "files" does not list`);
  }
  return parsed.data;
}

function checkSchema(value: unknown, path: string) {
  try {
    return schemaFor(value).safeParse(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the stack is full
    throw new CheckpointError('invalid_manifest', path, 'is nested too deeply', { cause: error });
  }
}

/** What only models have tells which of the two is meant, so that errors are about that one. */
function schemaFor(value: unknown): z.ZodType<AnyManifest> {
  const onlyModels = ['llm', 'tokenizer', 'chatTemplate', 'generation'];
  const isObject = typeof value === 'object' && value !== null;
  return isObject && 'interfaces' in value && !onlyModels.some((name) => name in value)
    ? partsSchema
    : bundleSchema;
}

/** Before anything else is judged: a newer format may differ everywhere. */
function refuseOtherFormats(value: unknown, path: string): void {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (typeof format !== 'number' || format === formatVersion) return;
  throw new CheckpointError(
    'unsupported_format',
    path,
    `is of bundle format ${format}, this version reads format ${formatVersion}; update X-LLM or convert the bundle`,
  );
}

/** A path out of the folder is told apart from a typing error: it may be an attack. */
function refuseUnsafePaths(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null || !('files' in value)) return;
  const unsafe = Object.keys(value.files ?? {}).find((name) => !isSafeFileName(name));
  if (unsafe === undefined) return;
  throw new CheckpointError('unsafe_path', path, `${JSON.stringify(unsafe)} is not a path inside the bundle`);
}

/** Every file the manifest's parts point at: whatever stands under `weights` or in `tokenizer.file`. */
function referencedFiles(manifest: AnyManifest): string[] {
  const weights = Object.values(manifest.interfaces).flatMap(weightsOf);
  return hasLanguageModel(manifest) ? [manifest.tokenizer.file, manifest.llm.weights, ...weights] : weights;
}

/** The files that the components of an interface have their weights in; one that several share, several times. */
export const weightsOf = (one: object | undefined): string[] =>
  Object.values(one ?? {}).flatMap((part: unknown) =>
    typeof part === 'object' && part !== null && 'weights' in part ? [String(part.weights)] : [],
  );
