import { z } from 'zod';

/** Plain JSON, as a model's own configuration is: checked by the model, not here. */
const config = z.record(z.string(), z.json());

/**
 * The name of a file inside the bundle: relative, with forward slashes, never leaving the folder. Backslashes, colons
 * and control characters are refused because other systems give them a meaning.
 */
export const fileName = z.string().refine(isSafeFileName, {
  error: ({ input }) => `${JSON.stringify(input)} is not a path inside the bundle (like "image/x2l.safetensors")`,
});

export function isSafeFileName(name: unknown): name is string {
  if (typeof name !== 'string' || name.length === 0 || name.length > 255) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\\:\u0000-\u001f]/.test(name)) return false;
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** A network: which architecture, its configuration, and the file of the bundle that holds its weights. */
export const component = z.strictObject({
  architecture: z.string().min(1),
  config,
  weights: fileName,
});

export type Component = z.infer<typeof component>;
