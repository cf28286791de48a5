/**
 * The style that is never trained on. Only evaluation imports this file; a test reads the sources to see to it.
 */
import type { DataPackage } from './packages.ts';
import { fileStyle, type StyleSource } from './styles.ts';

export const heldOutPackages = {
  twemoji: {
    name: 'emoji-datasource-twitter',
    version: '16.0.0',
    integrity:
      'sha512-7F+uCuHH+7Qnrc15P5tnbvKkg9E6tlzi4MnT2uW1RlN4pLYTza6cP/dstIfSDMtpjFLWuZewWg8jBbuL2eyELQ==',
    licence: 'CC-BY-4.0',
    keep: /^img\/twitter\/64\/[^/]+\.png$/,
  },
} as const satisfies Record<string, DataPackage>;

/** Twemoji, 64×64 PNG. */
export const heldOutStyle: StyleSource = fileStyle(
  'twemoji',
  heldOutPackages.twemoji,
  'img/twitter/64',
  '.png',
);
