/** The model sees far less than this; larger photographs would only take long to send, with every question. */
const longestSidePixels = 1024;
const sizeBytesAsIs = 1_000_000;

/** Redraws a large photograph at a smaller size, upright. What the browser cannot decode stays as it is. */
export async function shrunk(file: Blob): Promise<Blob> {
  if (file.size <= sizeBytesAsIs) return file;
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
