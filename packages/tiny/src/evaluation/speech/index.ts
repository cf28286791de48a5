export { heldOutVoices, speak } from './speak.ts';
