import { CheckpointError } from '@x-llm/checkpoint';
import { UserError } from './user-error.ts';

/** What the person is told of a failure, and what to do. */
export const importFailure = (error: unknown): unknown =>
  error instanceof CheckpointError ? new UserError(error.message, adviceFor(error), { cause: error }) : error;

export function adviceFor({ code, message }: CheckpointError): string {
  if (code === 'unsafe_pickle')
    return 'Do not use this file; get the checkpoint from its makers, as safetensors if there are any.';
  if (code === 'missing_tensors' || code === 'missing_file' || code === 'truncated')
    return 'Fetch the checkpoint again, whole, and give its folder.';
  if (code === 'no_space') return 'Name a folder on another disk with --out.';
  if (message.endsWith('--family')) return 'For example: --family chatglm3-6b.';
  if (message.endsWith('--c-former')) return 'For example: --c-former bert-base-chinese.';
  return 'Give the folder of a checkpoint: config.json, weights, tokenizer. `npx xllm import --help` has examples.';
}
