/** Which files of a repository make a checkpoint. */
import { CheckpointError } from '../error.ts';
import { shardsOf } from '../weights.ts';
import type { Hub } from './connect.ts';
import { readText } from './read-text.ts';
import type { RemoteFile, Repository } from './repository.ts';

/** The forms that weights come in, the first that is there is taken: no pickles where there is safetensors. */
const forms = [
  { index: 'model.safetensors.index.json', shard: /^model-\d{5}-of-(\d{5})\.safetensors$/ },
  { whole: 'model.safetensors' },
  { index: 'pytorch_model.bin.index.json', shard: /^pytorch_model-\d{5}-of-(\d{5})\.bin$/ },
  { whole: 'pytorch_model.bin' },
] as const;

/**
 * The configuration, the tokenizer, and the weights once: not the copies of them for other frameworks.
 *
 * @param tokenizers Names that the tokenizer may have, the best first; none for a checkpoint that is used without one.
 * @param only These and no others, for a checkpoint that names its files otherwise.
 * @throws CheckpointError `missing_file` for a repository without them, or with some of the shards only.
 */
export function chooseFiles(
  { id, files }: Pick<Repository, 'id' | 'files'>,
  tokenizers: readonly string[],
  only?: readonly string[],
): RemoteFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  if (byName.size < files.length) throw new CheckpointError('unsafe_path', id, 'lists a file twice');
  const missing = (what: string) =>
    new CheckpointError('missing_file', id, `is no checkpoint that can be used: there is no ${what}`);
  if (only) {
    const absent = only.filter((name) => !byName.has(name));
    if (absent.length > 0) throw missing(absent.join(', no '));
    return only.flatMap((name) => byName.get(name) ?? []);
  }
  const config = byName.get('config.json');
  if (!config) throw missing('config.json');
  const [tokenizer] = tokenizers.flatMap((name) => byName.get(name) ?? []);
  if (!tokenizer && tokenizers.length > 0) throw missing(tokenizers.join(' or '));
  const first = tokenizer ? [config, tokenizer] : [config];
  for (const form of forms) {
    const found = byName.get('whole' in form ? form.whole : form.index);
    if (!found) continue;
    if ('whole' in form) return [...first, found];
    const shards = files.filter(({ name }) => form.shard.test(name));
    const wanted = Number(form.shard.exec(shards[0]?.name ?? '')?.[1] ?? Number.NaN);
    if (shards.length === wanted) return [...first, found, ...shards];
    throw missing(
      `whole set of shards: ${shards.length} of ${wanted || 'those that'} ${found.name} tells of`,
    );
  }
  throw missing('weights as model.safetensors or pytorch_model.bin, or their shards with an index');
}

/**
 * Of chosen files those that have to be fetched for some of the tensors: the index is read, and shards without any of them
 * are left out. Without an index all stay, since one file has everything.
 *
 * @throws CheckpointError `invalid_index`, `hash_mismatch`, `hub_*`; the signal's reason.
 * @example await onlyShardsWith(hub, repository, chooseFiles(repository, []), (name) => name.startsWith('qformer.'));
 */
export async function onlyShardsWith(
  hub: Hub,
  repository: Repository,
  files: readonly RemoteFile[],
  isWanted: (tensor: string) => boolean,
  signal?: AbortSignal,
): Promise<RemoteFile[]> {
  const form = forms.find((one) => 'index' in one && files.some(({ name }) => name === one.index));
  const index = form && 'index' in form && files.find(({ name }) => name === form.index);
  if (!index) return [...files];
  const shards = shardsOf(await readText(hub, repository, index, signal), index.name, isWanted);
  return files.filter(({ name }) => !form.shard.test(name) || shards.has(name));
}
