/** A checkpoint's tensors by our names. */
import { CheckpointError, type TensorInfo, type TensorSource, type Weights } from '@x-llm/checkpoint';
import type { Shapes } from '../shapes.ts';
import { checkTensors, NamedTensors, stateOf } from '../tensors.ts';
import { replaced, type TensorNames } from './names.ts';

/** Tensors of `weights` by our names. */
export interface Renamed {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** The tensors of these shapes, read when they are written. @throws CheckpointError `missing_tensors`. */
  take(shapes: Shapes): TensorSource[];
}

/** @throws CheckpointError `invalid_tensor` for two tensors that come to have one name. */
export function renamed(weights: Weights, names: TensorNames): Renamed {
  const named = new NamedTensors(weights.path);
  const theirs = new Map<string, string>();
  // Beside the state of the model training saves that of its optimiser, which is nobody's parameter.
  for (const [inside, name] of weights.files.flatMap(stateOf)) {
    const ours = replaced(inside, names.renames);
    const other = theirs.get(ours);
    if (other !== undefined) {
      throw new CheckpointError('invalid_tensor', weights.path, `${other} and ${name} are both ${ours}`);
    }
    theirs.set(ours, name);
    named.put(ours, { file: weights.fileOf(name), name });
  }
  const tensors = new Map([...theirs].map(([ours, name]) => [ours, weights.fileOf(name).info(name)]));
  return {
    path: weights.path,
    tensors,
    take(shapes) {
      const wanted = new Map([...shapes].map(([name, shape]) => [name, { shape, place: { name } }]));
      checkTensors(named, wanted, (name) => names.ignored.test(name));
      return [...wanted].map(([name, one]) => named.source(name, one));
    },
  };
}
