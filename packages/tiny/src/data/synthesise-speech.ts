/**
 * Makes the speech of training and validation, 60,000 and 1,000 utterances unless told otherwise:
 * `node packages/tiny/src/data/synthesise-speech.ts [TRAINING] [VALIDATION]`.
 */
import { spokenText } from '../text/spoken.ts';
import { synthesise } from './speech/index.ts';

const [training = 60_000, validation = 1000] = process.argv.slice(2).map(Number);
const common = { threads: 2, seed: 1, text: spokenText, note: console.error };
await synthesise({ ...common, family: 'validation', count: validation });
await synthesise({ ...common, family: 'training', count: training });
