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

/**
 * Left out: whispers, robots and demons (`whisper`, `robosoft`, `Demonic` …), and those whose voice breaks up or drowns
 * in its echo, by the share of 50 ms pieces that have a pitch: nine tenths of English are the rule, half of it in
 * `announcer`, `croak`, `grandpa`, `klatt` and `klatt2`, all of it in `Marco`.
 */
const women: readonly string[] = [
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
  ...['steph', 'steph2', 'steph3'],
];
const men: readonly string[] = [
  ...[
    '',
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
    'Gene2',
    'Henrique',
    'Hugo',
  ],
  ...[
    'Jacky',
    'Lee',
    'Mario',
    'Michael',
    'Mike',
    'Nguyen',
    'Reed',
    'RicishayMax',
    'RicishayMax2',
    'RicishayMax3',
  ],
  ...[
    'adam',
    'antonio',
    'benjamin',
    'boris',
    'caleb',
    'david',
    'ed',
    'edward',
    'edward2',
    'gustave',
    'ian',
    'iven',
  ],
  ...[
    'iven2',
    'iven3',
    'iven4',
    'john',
    'kaukovalta',
    'klatt3',
    'klatt4',
    'marcelo',
    'max',
    'michel',
    'miguel',
  ],
  ...[
    'mike2',
    'norbert',
    'pablo',
    'paul',
    'pedro',
    'quincy',
    'rob',
    'robert',
    'sandro',
    'travis',
    'victor',
    'zac',
  ],
];
/** The empty one is the accent's own speaker. */
export const variants: Readonly<Record<'women' | 'men', readonly string[]>> = { women, men };

export const fliteVoices = ['kal', 'kal16', 'awb', 'rms'] as const;

export const espeakVoice = (language: Language, accent: string, variant: string): Voice => ({
  id: `espeak:${accent}${variant === '' ? '' : `+${variant}`}`,
  engine: 'espeak',
  language,
});

interface TrainingVoices {
  readonly women: readonly Voice[];
  readonly men: readonly Voice[];
  readonly flite: readonly Voice[];
}

/** Every voice of training. */
export const trainingVoices: Readonly<Record<Language, TrainingVoices>> = {
  en: {
    ...allOf('en'),
    flite: fliteVoices.map((name) => ({ id: `flite:${name}`, engine: 'flite', language: 'en' })),
  },
  zh: { ...allOf('zh'), flite: [] },
};

function allOf(language: Language): { women: Voice[]; men: Voice[] } {
  const of = (names: readonly string[]) =>
    accents[language].flatMap((accent) => names.map((name) => espeakVoice(language, accent, name)));
  return { women: of(women), men: of(men) };
}
