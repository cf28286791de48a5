/** Views: elements of a tensor that do not lie in a row. Strides count elements. */

/** The strides of a tensor in a row: [2, 3, 4] → [12, 4, 1]. */
export function stridesInARow(shape: readonly number[]): number[] {
  let stride = 1;
  return shape
    .toReversed()
    .map((size) => {
      const own = stride;
      stride *= size;
      return own;
    })
    .toReversed();
}

/** Whether elements lie in a row; axes of size 1 may have any stride. */
export function isInARow(shape: readonly number[], strides: readonly number[]): boolean {
  const row = stridesInARow(shape);
  return shape.includes(0) || shape.every((size, axis) => size === 1 || strides[axis] === row[axis]);
}

/** Elements from the first to the last, both included; 0 if there are none. */
export const spanOf = (shape: readonly number[], strides: readonly number[]): number =>
  shape.includes(0) ? 0 : shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? 0), 1);

/** Copies a view's elements into a row. `span`: the bytes from its first to its last element. */
export function gather(
  span: ArrayBuffer,
  view: {
    readonly shape: readonly number[];
    readonly strides: readonly number[];
    readonly elementBytes: number;
  },
): ArrayBuffer {
  const { shape, strides, elementBytes } = view;
  if (elementBytes === 8) {
    const halves = { shape: [...shape, 2], strides: [...strides.map((stride) => 2 * stride), 1] };
    return gather(span, { ...halves, elementBytes: 4 });
  }
  const count = shape.reduce((product, size) => product * size, 1);
  const out = new ArrayBuffer(count * elementBytes);
  const [from, to] = [words(span, elementBytes), words(out, elementBytes)];
  const place = shape.map(() => 0);
  let at = 0;
  for (let index = 0; index < count; index++) {
    to[index] = from[at] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [size, stride] = [shape[axis] ?? 1, strides[axis] ?? 0];
      const next = (place[axis] ?? 0) + 1;
      if (next < size) {
        place[axis] = next;
        at += stride;
        break;
      }
      place[axis] = 0;
      at -= (size - 1) * stride;
    }
  }
  return out;
}

/** Elements as patterns of bits, whatever they mean. */
function words(buffer: ArrayBuffer, elementBytes: number): Uint8Array | Uint16Array | Uint32Array {
  if (elementBytes === 1) return new Uint8Array(buffer);
  return elementBytes === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
}
