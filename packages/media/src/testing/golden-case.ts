/** Reads the golden picture case (tests/parity/golden/frontend-image) from bytes, on any platform. */

export interface GoldenTensor {
  shape: number[];
  data: Uint8Array | Float32Array;
}

export interface GoldenCase {
  images: Map<string, Uint8Array>;
  broken: Map<string, Uint8Array>;
  /** By `KIND.FILE`, e.g. `u8_56.rgb.png`. */
  expected: Map<string, GoldenTensor>;
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
  lossy: ReadonlySet<string>;
  /** SHA-256 of each picture at 224 × 224, in hexadecimal. */
  sha256At224: ReadonlyMap<string, string>;
}

interface GoldenConfig {
  config: { mean: [number, number, number]; std: [number, number, number] };
  images: Record<string, { lossy: boolean; sha256_u8_224_hwc: string }>;
}

/** From the folder's files by relative path, `images/rgb.png` and so on. */
export function goldenCase(files: ReadonlyMap<string, Uint8Array>): GoldenCase {
  const file = (path: string) => {
    const bytes = files.get(path);
    if (!bytes) throw new Error(`the golden has no ${path}`);
    return bytes;
  };
  const inFolder = (folder: string) =>
    new Map(
      [...files]
        .filter(([path]) => path.startsWith(folder))
        .map(([path, bytes]) => [path.slice(folder.length), bytes]),
    );
  const { config, images } = JSON.parse(new TextDecoder().decode(file('config.json'))) as GoldenConfig;
  return {
    images: inFolder('images/'),
    broken: inFolder('broken/'),
    expected: tensors(file('expected.safetensors')),
    mean: config.mean,
    std: config.std,
    sha256At224: new Map(Object.entries(images).map(([name, entry]) => [name, entry.sha256_u8_224_hwc])),
    lossy: new Set(Object.keys(images).filter((name) => images[name]?.lossy)),
  };
}

function tensors(bytes: Uint8Array): Map<string, GoldenTensor> {
  const start = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const found = new Map<string, GoldenTensor>();
  for (const [name, { dtype, shape, data_offsets: [from, to] = [0, 0] }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const raw = bytes.slice(start + from, start + to);
    found.set(name, { shape, data: dtype === 'U8' ? raw : new Float32Array(raw.buffer) });
  }
  return found;
}
