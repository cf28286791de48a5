import { readFileSync } from 'node:fs';
import type { GoldenCase } from './decoder-contract.ts';
import { expectedTensors, files, goldenFolder } from './golden.ts';

interface GoldenConfig {
  config: { mean: [number, number, number]; std: [number, number, number] };
  images: Record<string, { lossy: boolean }>;
}

export function loadGoldenCase(): GoldenCase {
  const { config, images } = JSON.parse(
    readFileSync(new URL('config.json', goldenFolder), 'utf8'),
  ) as GoldenConfig;
  return {
    images: files('images'),
    broken: files('broken'),
    expected: expectedTensors(),
    mean: config.mean,
    std: config.std,
    lossy: new Set(Object.keys(images).filter((file) => images[file]?.lossy)),
  };
}
