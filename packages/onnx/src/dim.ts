/**
 * A dimension is a number, or a polynomial with integer coefficients over named symbols, kept as a
 * canonical string: `B`, `P+T`, `2*T+1`, `B*T`. Equal polynomials are equal strings, so `===` compares.
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

type Polynomial = Map<string, number>; // monomial ('' is the constant, 'B*T' a product) → coefficient

function parse(dim: Dim): Polynomial {
  if (typeof dim === 'number') return new Map(dim === 0 ? [] : [['', dim]]);
  const terms: Polynomial = new Map();
  for (const term of dim.replaceAll('-', '+-').split('+')) {
    if (term === '') continue;
    let coefficient = 1;
    const symbols: string[] = [];
    for (const factor of term.split('*')) {
      if (/^-?\d+$/.test(factor)) coefficient *= Number(factor);
      else if (factor.startsWith('-')) {
        coefficient *= -1;
        symbols.push(factor.slice(1));
      } else symbols.push(factor);
    }
    const monomial = symbols.sort().join('*');
    terms.set(monomial, (terms.get(monomial) ?? 0) + coefficient);
  }
  return terms;
}

function format(terms: Polynomial): Dim {
  const kept = [...terms]
    .filter(([, coefficient]) => coefficient !== 0)
    .sort(([a], [b]) => {
      if (a === '' || b === '') return a === '' ? 1 : -1;
      return a < b ? -1 : 1;
    });
  if (kept.length === 0) return 0;
  if (kept.length === 1 && kept[0]?.[0] === '') return kept[0][1];
  let text = '';
  for (const [monomial, coefficient] of kept) {
    const sign = coefficient < 0 ? '-' : text === '' ? '' : '+';
    const size = Math.abs(coefficient);
    text += sign + (monomial === '' ? String(size) : size === 1 ? monomial : `${size}*${monomial}`);
  }
  return text;
}

/** Canonical form of a dimension as a person may write it: `T+P` becomes `P+T`. */
export const canonical = (dim: Dim): Dim => (typeof dim === 'number' ? dim : format(parse(dim)));

export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const sum = parse(a);
  for (const [monomial, coefficient] of parse(b)) sum.set(monomial, (sum.get(monomial) ?? 0) + coefficient);
  return format(sum);
}

export function multiplyDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const product: Polynomial = new Map();
  for (const [left, leftCoefficient] of parse(a)) {
    for (const [right, rightCoefficient] of parse(b)) {
      const monomial = [...left.split('*'), ...right.split('*')].filter(Boolean).sort().join('*');
      product.set(monomial, (product.get(monomial) ?? 0) + leftCoefficient * rightCoefficient);
    }
  }
  return format(product);
}

export const subtractDims = (a: Dim, b: Dim): Dim => addDims(a, multiplyDims(b, -1));

/** ⌊dim / divisor⌋; undefined where it depends on what the symbols stand for. */
export function floorDim(dim: Dim, divisor: number): Dim | undefined {
  if (typeof dim === 'number') return Math.floor(dim / divisor);
  const divided: Polynomial = new Map();
  for (const [monomial, coefficient] of parse(dim)) {
    if (monomial !== '' && coefficient % divisor !== 0) return undefined;
    divided.set(monomial, Math.floor(coefficient / divisor));
  }
  return format(divided);
}

/** Number of elements of a shape. */
export const sizeOf = (shape: Shape): Dim => shape.reduce<Dim>(multiplyDims, 1);

/** The terms of a polynomial: each a coefficient and the symbols it multiplies. */
export function termsOf(dim: Dim): { coefficient: number; symbols: string[] }[] {
  return [...parse(dim)].map(([monomial, coefficient]) => ({
    coefficient,
    symbols: monomial === '' ? [] : monomial.split('*'),
  }));
}

export const formatShape = (shape: Shape): string => `[${shape.join(',')}]`;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dim, axis) => dim === b[axis]);

/** Axis counted from the front; throws through `fail` when it lies outside the rank. */
export function normaliseAxis(axis: number, rank: number, fail: (message: string) => never): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || positive < 0 || positive >= rank) {
    return fail(`axis ${axis} is outside rank ${rank}`);
  }
  return positive;
}

/** NumPy's broadcast of shapes; throws through `fail` when two dimensions disagree. */
export function broadcastShapes(shapes: readonly Shape[], fail: (message: string) => never): Dim[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const out: Dim[] = [];
  for (let axis = 0; axis < rank; axis++) {
    let dim: Dim = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own === 1 || own === dim) continue;
      if (dim !== 1) fail(`cannot broadcast ${shapes.map(formatShape).join(' with ')}`);
      dim = own;
    }
    out.push(dim);
  }
  return out;
}
