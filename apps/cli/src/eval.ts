import { findBundle } from './paths.ts';
import { UserError } from './user-error.ts';

export interface EvalOptions {
  json?: string;
  bundle?: string;
}

/** `xllm eval`: accuracy on held-out pictures through the whole chat path. */
export async function runEval({ bundle }: EvalOptions): Promise<void> {
  const folder = findBundle(bundle);
  throw new UserError(`Nothing measures ${folder} yet.`, 'Ask it single questions with: npx xllm chat');
}
