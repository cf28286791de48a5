/**
 * What is never trained on: a style, and pictures that their makers animated. Only evaluation imports this file; a test
 * reads the sources to see to it.
 */
import type { DataPackage } from './packages.ts';
import { canonicalHexcode, fileStyle, type StyleSource } from './styles.ts';
import { world } from './world.ts';

/** Of the 3,400 files those of things: the variants of people weigh three times as much. */
const animated = new RegExp(
  `^assets/0*(${world
    .map(({ hexcode }) => canonicalHexcode(hexcode).toLowerCase().replaceAll('-', '(-fe0f)?-0*'))
    .join('|')})(-fe0f)?\\.webp$`,
);

export const heldOutPackages = {
  twemoji: {
    name: 'emoji-datasource-twitter',
    version: '16.0.0',
    integrity:
      'sha512-7F+uCuHH+7Qnrc15P5tnbvKkg9E6tlzi4MnT2uW1RlN4pLYTza6cP/dstIfSDMtpjFLWuZewWg8jBbuL2eyELQ==',
    licence: 'CC-BY-4.0',
    keep: /^img\/twitter\/64\/[^/]+\.png$/,
  },
  fluentAnimated1: {
    name: '@lobehub/fluent-emoji-anim-1',
    version: '1.0.0',
    integrity:
      'sha512-/4m31vAuZEQ4aUJ5pxcOU5PVkuJya55GRxUZL7+zgLlxZXpzzE8jPqpDyhZICE3n47nS/Y9M5/vLdizi8201QA==',
    licence: 'MIT',
    keep: animated,
  },
  fluentAnimated2: {
    name: '@lobehub/fluent-emoji-anim-2',
    version: '1.0.0',
    integrity:
      'sha512-S6yzf0RZXrQbXdxCWuHA9BAoLdBRk2flX+ne4TPGEH/qApwisCAKHoAAGjKSlTY3OVeZ9b7t/NEbmpjawnQYJA==',
    licence: 'MIT',
    keep: animated,
  },
  fluentAnimated3: {
    name: '@lobehub/fluent-emoji-anim-3',
    version: '1.0.0',
    integrity:
      'sha512-UzRSUDMjdfdt9vER5bhjHkPqgc3EEgfGtYs6ndvizOTvQOxYQ57ow2RTkWSDZxwW30X4EYBi2eWTS7CXDDoFsg==',
    licence: 'MIT',
    keep: animated,
  },
  fluentAnimated4: {
    name: '@lobehub/fluent-emoji-anim-4',
    version: '1.0.0',
    integrity:
      'sha512-IIkl5ztSd1HrzvIDt/uGsFoC1WODXRdYq5uROrnkyqi9DbToEcJ1nlY86PnoUXeFS9nBCnHfiYk3ouSEGThFmA==',
    licence: 'MIT',
    keep: animated,
  },
} as const satisfies Record<string, DataPackage>;

/** Twemoji, 64×64 PNG. */
export const heldOutStyle: StyleSource = fileStyle(
  'twemoji',
  heldOutPackages.twemoji,
  'img/twitter/64',
  '.png',
);

/** Fluent emoji as Microsoft animated them, 256×256 WebP of about three seconds; some do not move. Four parts, by code point. */
export const animatedStyles: readonly StyleSource[] = [
  heldOutPackages.fluentAnimated1,
  heldOutPackages.fluentAnimated2,
  heldOutPackages.fluentAnimated3,
  heldOutPackages.fluentAnimated4,
].map((source, part) => fileStyle(`fluent-animated-${part + 1}`, source, 'assets', '.webp'));
