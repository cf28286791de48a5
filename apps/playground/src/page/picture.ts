import { type ImageContentPart, image } from '@x-llm/sdk';

export interface Picture {
  readonly name: string;
  readonly part: ImageContentPart;
  /** Shown on the page: the very bytes that are sent. */
  readonly url: string;
}

/** The model sees far less than this; larger photographs would only take long to send, with every question. */
const longestSidePixels = 1024;
const sizeBytesAsIs = 1_000_000;

/** Reads what was dropped, pasted or chosen. Throws for what is not a PNG, JPEG, WebP or GIF. */
export async function readPicture(file: Blob, name: string): Promise<Picture> {
  const part = await image(file.size > sizeBytesAsIs ? await shrink(file) : file);
  return { name, part, url: part.image_url.url };
}

/** Redraws a large photograph at a smaller size, upright. What the browser cannot decode stays as it is. */
async function shrink(file: Blob): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return file;
  }
  const scale = Math.min(1, longestSidePixels / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext('2d');
  if (context === null) return file;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const type = file.type === 'image/png' ? 'image/png' : 'image/jpeg';
  return canvas.convertToBlob({ type, quality: 0.92 });
}

/** The first picture of a drop or a paste. */
export function pictureIn(data: DataTransfer | null): File | undefined {
  return [...(data?.files ?? [])].find((file) => file.type.startsWith('image/')) ?? data?.files[0];
}
