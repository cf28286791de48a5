import { CheckpointError, type CheckpointErrorCode } from '@x-llm/checkpoint';
import { UserError } from '../user-error.ts';

const again = 'Give the same command again: what has come is kept.';

const advice = {
  hub_offline:
    'Look at the network, or name a mirror in HF_ENDPOINT; with the checkpoint in a folder, `npx xllm import FOLDER` needs no hub.',
  hub_denied: 'HF_TOKEN in the environment is the token that is sent; it is never shown.',
  hub_not_found:
    'Look at the name and at --revision. `npx xllm pull --help` lists what is known by a short name.',
  hub_failed: `Later it may answer. ${again}`,
  truncated: again,
  hash_mismatch: `${again} If it stays so, do not trust this hub or mirror.`,
  size_mismatch: `${again} If it stays so, do not trust this hub or mirror.`,
  no_space: 'Make room, or name another disk: --out for the model, XLLM_HOME for models and downloads.',
  missing_file: 'Another --revision may have it whole.',
  unsafe_path: 'Do not trust what has such files; look at the folder, or at the repository’s page.',
  invalid_config:
    'Set it right in the environment or on the command line; `npx xllm pull --help` has examples.',
} satisfies { readonly [Code in CheckpointErrorCode]?: string };

/** A failure while fetching, with what to do. */
export function pullFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return new UserError('Stopped.', again);
  if (!(error instanceof CheckpointError)) return error;
  const { code, message } = error;
  return new UserError(message, code in advice ? advice[code as keyof typeof advice] : again, {
    cause: error,
  });
}
