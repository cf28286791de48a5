import { chatTemplates, renderRounds } from '@x-llm/text';
import type { Round } from '../text/index.ts';
import { chatTemplateName } from './config.ts';

/** Rounds as the model is asked the last of them: the template of the paper's training prompts. */
export const promptOf = (rounds: readonly Pick<Round, 'question' | 'answer'>[]): string =>
  renderRounds(
    chatTemplates[chatTemplateName],
    rounds.flatMap(({ question, answer }, index) => [
      { role: 'user', text: question } as const,
      ...(index < rounds.length - 1 ? [{ role: 'assistant', text: answer } as const] : []),
    ]),
  );
