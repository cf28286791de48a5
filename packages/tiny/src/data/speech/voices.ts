/**
 * The voices that training hears. A voice of eSpeak NG is a language, with the accent of its speaker, and a variant: a
 * vocal tract. Variants and accents that are kept for evaluation stand in held-out.ts and nowhere here; a test sees to it.
 */
import type { Language } from '../world.ts';

export interface Voice {
  /** `espeak:en-us+f2`, `flite:awb`: the engine and its own name for the voice. */
  readonly id: string;
  readonly engine: EngineId;
  readonly language: Language;
}

export type EngineId = 'espeak' | 'flite' | 'gnuspeech';

/** The engine of a voice, and what that engine calls it. */
export function splitVoice(id: string): { engine: string; name: string } {
  const colon = id.indexOf(':');
  return { engine: id.slice(0, colon), name: id.slice(colon + 1) };
}

/** eSpeak NG's name for each accent. */
export const accents: Readonly<Record<Language, readonly string[]>> = {
  en: ['en-us', 'en', 'en-gb-x-rp', 'en-gb-scotland', 'en-gb-x-gbcwmd', 'en-029'],
  zh: ['cmn'],
};

/** Left out: whispers, robots and demons (`whisper`, `robosoft`, `Demonic` …), which are no vocal tracts. */
export const variants: readonly string[] = [
  ...[
    'f1',
    'f2',
    'f4',
    'Alicia',
    'Andrea',
    'Annie',
    'anika',
    'aunty',
    'belinda',
    'grandma',
    'linda',
    'shelby',
  ],
  ...[
    'steph',
    'steph2',
    'steph3',
    'm1',
    'm2',
    'm3',
    'm5',
    'm6',
    'm7',
    'Alex',
    'Andy',
    'Denis',
    'Diogo',
    'Gene',
  ],
  ...['Gene2', 'Henrique', 'Hugo', 'Jacky', 'Lee', 'Marco', 'Mario', 'Michael', 'Mike', 'Nguyen', 'Reed'],
  ...[
    'RicishayMax',
    'RicishayMax2',
    'RicishayMax3',
    'Storm',
    'adam',
    'antonio',
    'announcer',
    'benjamin',
    'boris',
  ],
  ...[
    'caleb',
    'david',
    'ed',
    'edward',
    'edward2',
    'grandpa',
    'gustave',
    'ian',
    'iven',
    'iven2',
    'iven3',
    'iven4',
  ],
  ...[
    'john',
    'kaukovalta',
    'klatt',
    'klatt2',
    'klatt3',
    'klatt4',
    'marcelo',
    'max',
    'michel',
    'miguel',
    'mike2',
  ],
  ...['norbert', 'pablo', 'paul', 'pedro', 'quincy', 'rob', 'robert', 'sandro', 'travis', 'victor', 'zac'],
];

export const fliteVoices = ['kal', 'kal16', 'awb', 'rms'] as const;

export const espeakVoice = (language: Language, accent: string, variant: string): Voice => ({
  id: `espeak:${accent}${variant === '' ? '' : `+${variant}`}`,
  engine: 'espeak',
  language,
});

/** Every voice of training, by language and engine. */
export const trainingVoices: Readonly<
  Record<Language, { espeak: readonly Voice[]; flite: readonly Voice[] }>
> = {
  en: {
    espeak: allOf('en'),
    flite: fliteVoices.map((name) => ({ id: `flite:${name}`, engine: 'flite', language: 'en' })),
  },
  zh: { espeak: allOf('zh'), flite: [] },
};

function allOf(language: Language): Voice[] {
  return accents[language].flatMap((accent) =>
    ['', ...variants].map((variant) => espeakVoice(language, accent, variant)),
  );
}
