import type { StoredTensor } from '@x-llm/onnx';
import { loadWeights } from '@x-llm/train';
import type { Runs } from './runs.ts';

/** The frozen language model's word embeddings, [V, C]. @throws Error when its run holds none. */
export async function wordEmbeddings(runs: Runs): Promise<StoredTensor> {
  const table = (await loadWeights(runs('llm'))).get('transformer.word_embeddings.weight');
  if (!table) throw new Error(`${runs('llm')} holds no word embeddings`);
  return table;
}
