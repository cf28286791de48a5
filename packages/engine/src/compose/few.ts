/** Parts whose encoders are written in few bits, whether they come from bundles or from public checkpoints. */
import type { Quantization, TensorSource } from '@x-llm/checkpoint';
import { encoderMatrices, encoderNote, quantizeMatrices } from '../import/encoders.ts';
import type { Quantizer } from '../import/quantize.ts';
import { type Origin, type OriginFile, unwritten } from './origin.ts';
import type { Parts } from './plan.ts';

/**
 * The same parts, the encoders of those for pictures and speech quantised. Throws CheckpointError `invalid_config` for one
 * that is quantised already, or too small.
 */
export function withFewBits(parts: Parts, quantization: Quantization, quantizer: Quantizer): Parts {
  const made = new Map<unknown, OriginFile>();
  const origins = new Map<Origin, Origin>();
  const change = (origin: Origin): Origin => {
    const known = origins.get(origin) ?? quantized(origin, { quantization, quantizer, made });
    origins.set(origin, known);
    return known;
  };
  const { image, video, speech } = parts.interfaces;
  return {
    llm: parts.llm,
    interfaces: {
      ...(image && { image: change(image) }),
      ...(video && { video: change(video) }),
      ...(speech && { speech: change(speech) }),
    },
  };
}

interface Means {
  readonly quantization: Quantization;
  readonly quantizer: Quantizer;
  /** What was made of equal bytes is made once. */
  readonly made: Map<unknown, OriginFile>;
}

function quantized(origin: Origin, { quantization, quantizer, made }: Means): Origin {
  const matrices = encoderMatrices(origin.manifest.interfaces);
  const { provenance } = origin.manifest;
  const summary = `${provenance.summary} ${encoderNote(quantization)}`;
  return {
    ...origin,
    manifest: { ...origin.manifest, provenance: { ...provenance, summary } },
    file(name) {
      const found = origin.file(name);
      const own = matrices.get(name);
      if (!own) return found;
      const key = found.entry?.sha256 ?? found.source;
      const path = origin.bundle?.file(name) ?? origin.manifest.name;
      const file =
        made.get(key) ??
        unwritten(quantizeMatrices(tensorsIn(origin, name), own, quantization, { quantizer, path }));
      made.set(key, file);
      return file;
    },
  };
}

/** Tensors of a file: of a bundle's as it lies there, or of what a checkpoint becomes. */
export function tensorsIn(origin: Origin, name: string): readonly TensorSource[] {
  const { bundle } = origin;
  if (bundle) {
    const file = bundle.weights(name);
    return [...file.tensors].map(([tensor, { dtype, shape }]) => ({
      name: tensor,
      dtype,
      shape,
      data: () => file.read(tensor),
    }));
  }
  const { source } = origin.file(name);
  if (typeof source === 'object' && 'tensors' in source) return [...source.tensors];
  throw new RangeError(`${name} has no tensors`);
}
