import { type Bundle, readWhole, wholeFileLimits } from '@x-llm/checkpoint';
import { chatTemplate, TextError, type Tokenizer, tokenizers } from '@x-llm/text';
import type { LanguageModel } from './architectures/index.ts';
import { EngineError } from './error.ts';

/**
 * The tokenizer of a bundle. Throws `invalid_bundle` for one that is unknown, damaged, or larger than the vocabulary. Also
 * checks the template's name, so that no request has to.
 */
export async function loadTokenizer(bundle: Bundle, language: LanguageModel): Promise<Tokenizer> {
  const { tokenizer: wanted, chatTemplate: template } = bundle.manifest;
  const load = Object.entries(tokenizers).find(([type]) => type === wanted.type)?.[1];
  if (!load) {
    const known = Object.keys(tokenizers).join(', ');
    throw new EngineError(
      'invalid_bundle',
      `tokenizer.type is "${wanted.type}"; this version knows ${known}`,
    );
  }
  try {
    chatTemplate(template);
    const tokenizer = load(await readWhole(bundle.file(wanted.file), wholeFileLimits.tokenizer));
    if (tokenizer.vocabSize <= language.vocabSize) return tokenizer;
    throw new EngineError(
      'invalid_bundle',
      `the tokenizer has ${tokenizer.vocabSize} pieces, the language model only ${language.vocabSize}`,
    );
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw new EngineError('invalid_bundle', `${bundle.path}: ${error.message}`, { cause: error });
  }
}
