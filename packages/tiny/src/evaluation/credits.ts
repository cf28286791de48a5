/** Who made what evaluation and training read: the attribution that the licences ask for. */
import { heldOutPackages } from '../data/held-out.ts';
import { type DataPackage, trainingPackages } from '../data/packages.ts';

interface Credit {
  readonly what: string;
  readonly by: string;
  readonly url: string;
}

type Source = keyof typeof trainingPackages | keyof typeof heldOutPackages;

const fluentAnimated: Credit = {
  what: 'clips: Fluent Emoji, animated, **for evaluation only**',
  by: 'Microsoft Corporation, packed by LobeHub',
  url: 'https://github.com/microsoft/fluentui-emoji',
};

const credits: Readonly<Record<Source, Credit>> = {
  emojibase: {
    what: 'names, tags and categories in English and Chinese',
    by: 'Emojibase, Miles Johnson',
    url: 'https://emojibase.dev',
  },
  wordnet: {
    what: 'definitions',
    by: 'WordNet, Princeton University',
    url: 'https://wordnet.princeton.edu',
  },
  noto: {
    what: 'pictures: Noto Emoji',
    by: 'Google LLC',
    url: 'https://github.com/googlefonts/noto-emoji',
  },
  openmoji: {
    what: 'pictures: OpenMoji',
    by: 'OpenMoji, the open-source emoji and icon project',
    url: 'https://openmoji.org',
  },
  notoV1: {
    what: 'pictures: Noto Emoji, the older drawings',
    by: 'Google LLC, packed by Iconify',
    url: 'https://github.com/googlefonts/noto-emoji',
  },
  emojione: {
    what: 'pictures: Emoji One (colored)',
    by: 'Emoji One, packed by Iconify',
    url: 'https://github.com/EmojiTwo/emojitwo',
  },
  emojioneV1: {
    what: 'pictures: Emoji One (v1)',
    by: 'Emoji One, packed by Iconify',
    url: 'https://github.com/joypixels/emojione-legacy',
  },
  fxemoji: {
    what: 'pictures: Firefox OS Emoji',
    by: 'Mozilla, packed by Iconify',
    url: 'https://github.com/mozilla/fxemoji',
  },
  fluent3d: {
    what: 'pictures: Fluent Emoji, 3D',
    by: 'Microsoft Corporation, packed by LobeHub',
    url: 'https://github.com/microsoft/fluentui-emoji',
  },
  fluentFlat: {
    what: 'pictures: Fluent Emoji, flat',
    by: 'Microsoft Corporation, packed by Iconify',
    url: 'https://github.com/microsoft/fluentui-emoji',
  },
  twemoji: {
    what: 'pictures: Twemoji, **for evaluation only**',
    by: 'Twitter, Inc. and other contributors',
    url: 'https://github.com/jdecked/twemoji',
  },
  fluentAnimated1: fluentAnimated,
  fluentAnimated2: fluentAnimated,
  fluentAnimated3: fluentAnimated,
  fluentAnimated4: fluentAnimated,
};

export interface CreditedPackage extends Credit {
  readonly package: string;
  readonly licence: string;
}

export function creditedPackages(): CreditedPackage[] {
  const packages: Readonly<Record<Source, DataPackage>> = { ...trainingPackages, ...heldOutPackages };
  return Object.entries(packages).map(([source, { name, version, licence }]) => ({
    ...credits[source as Source],
    package: `${name}@${version}`,
    licence,
  }));
}

/** The line under a sheet that shows Twemoji and Noto pictures. */
export const sheetCredit = [
  `Left: Twemoji © ${credits.twemoji.by}, CC-BY 4.0.`,
  `Right: Noto Emoji © ${credits.noto.by}, Apache-2.0.`,
].join(' ');
