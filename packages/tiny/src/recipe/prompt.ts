import { renderChat } from '@x-llm/text';
import { chatTemplateName } from './config.ts';

/** A question as the model is asked it: the template of the paper's training prompts. */
export const promptOf = (question: string): string =>
  renderChat(chatTemplateName, [{ role: 'user', text: question }]);
