import { CheckpointError, type Weights } from '@x-llm/checkpoint';

/**
 * One error for everything that is wrong with the tensors: what is not there, of another shape or kind, or has no place.
 *
 * @throws CheckpointError `missing_tensors`.
 */
export function checkTensors(
  weights: Pick<Weights, 'path' | 'tensors'>,
  wanted: ReadonlyMap<string, readonly number[]>,
  ignored: RegExp,
): void {
  const missing: string[] = [];
  const odd: string[] = [];
  for (const [name, shape] of wanted) {
    const info = weights.tensors.get(name);
    if (!info) missing.push(name);
    else if (info.shape.join() !== shape.join())
      odd.push(`${name} is [${info.shape.join()}], not [${shape.join()}]`);
    else if (!info.dtype.includes('float')) odd.push(`${name} is ${info.dtype}, not a floating-point number`);
  }
  const extra = [...weights.tensors.keys()].filter((name) => !wanted.has(name) && !ignored.test(name));
  const parts = [
    ...(missing.length > 0 ? [`${missing.length} missing: ${missing.join(', ')}`] : []),
    ...(odd.length > 0 ? [`${odd.length} of another kind: ${odd.join('; ')}`] : []),
    ...(extra.length > 0 ? [`${extra.length} that the model has no place for: ${extra.join(', ')}`] : []),
  ];
  if (parts.length > 0) throw new CheckpointError('missing_tensors', weights.path, parts.join('\n'));
}
