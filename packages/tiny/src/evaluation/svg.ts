/** The little SVG that pictures of numbers need. */
import sharp from 'sharp';

export const palette = {
  text: '#1f2937',
  muted: '#6b7280',
  faint: '#e5e7eb',
  en: '#2563eb',
  zh: '#93c5fd',
  right: '#15803d',
  wrong: '#b91c1c',
} as const;

export function svg(width: number, height: number, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans, Liberation Sans, sans-serif" font-size="12" fill="${palette.text}">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...content,
    '</svg>',
  ].join('\n');
}

type Attributes = Readonly<Record<string, string | number>>;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return `<text${written({ x, y, ...attributes })}>${escaped(content)}</text>`;
}

export function element(name: string, attributes: Attributes): string {
  return `<${name}${written(attributes)}/>`;
}

/** A picture file inside the SVG, as a square. */
export function image(x: number, y: number, side: number, png: Uint8Array): string {
  return embedded({ x, y, width: side, height: side }, png);
}

/** A picture file inside the SVG, stretched to the place. */
export function embedded(
  place: { x: number; y: number; width: number; height: number },
  png: Uint8Array,
): string {
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return element('image', { ...place, preserveAspectRatio: 'none', href });
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** At twice the size in pixels, so that it is sharp on today's screens. */
export function pngOfSvg(source: string): Promise<Uint8Array> {
  return sharp(Buffer.from(source), { density: 144 }).png({ palette: true, quality: 95 }).toBuffer();
}
