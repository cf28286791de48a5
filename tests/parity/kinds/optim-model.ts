/** The little model whose training the golden folder `optim` records. */
import {
  add,
  gelu,
  layerNormalization,
  matMul,
  mul,
  reduceMean,
  reduceSum,
  sub,
  type Tensor,
  tanh,
} from '@x-llm/onnx';
import { FolderError } from '../folder.ts';

/** loss = mean (y' − y)², y' = fc2(gelu(vln_proj(LN(tanh(fc1 x) + query_tokens) + Σ bias_table)))·temp. */
export function modelLoss(tensors: ReadonlyMap<string, Tensor>): Tensor {
  const get = (name: string): Tensor => {
    const tensor = tensors.get(name);
    if (tensor) return tensor;
    throw new FolderError(`the folder has no parameter "${name}"`);
  };
  const linear = (name: string, x: Tensor): Tensor => {
    const y = matMul(x, get(`${name}.weight`), { transposeB: true });
    const bias = tensors.get(`${name}.bias`);
    return bias ? add(y, bias) : y;
  };
  const hidden = add(tanh(linear('fc1', get('x'))), get('query_tokens')); // [1, n, h]
  const normed = layerNormalization(hidden, get('norm.weight'), get('norm.bias'), 1e-5);
  const shifted = add(normed, reduceSum(get('bias_table'), [0]));
  const output = mul(linear('fc2', gelu(linear('vln_proj', shifted))), get('temp'));
  const error = sub(output, get('y'));
  return reduceMean(mul(error, error));
}
