import { type ImageContentPart, image } from '@x-llm/sdk';
import { UserError } from '../user-error.ts';

/** Reads a picture. Throws `UserError` for what is none. */
export async function readPicture(file: string): Promise<ImageContentPart> {
  try {
    return await image(file);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const why = missing ? 'there is no such file' : cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${file}: ${why}`, 'Name a PNG, JPEG, WebP or GIF file after --image.', { cause });
  }
}
