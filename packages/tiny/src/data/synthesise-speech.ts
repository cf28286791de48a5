/** Makes the speech of training and validation: `node packages/tiny/src/data/synthesise-speech.ts [training] [validation]`. */
import { spokenSentence } from '../text/spoken.ts';
import { synthesise } from './speech/index.ts';

const common = { threads: 2, text: spokenSentence, note: console.error };
await synthesise({ ...common, family: 'validation', count: Number(process.argv[3] ?? 1000), seed: 1 });
await synthesise({ ...common, family: 'training', count: Number(process.argv[2] ?? 60_000), seed: 1 });
