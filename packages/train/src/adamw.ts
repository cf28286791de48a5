import type { ParameterStore, TrainedParameter } from './parameter-store.ts';

/** Whether weight decay applies to a parameter. */
export type Decays = (name: string, shape: readonly number[]) => boolean;

/** Matrices decay; biases, norms and other vectors do not. */
export const decayMatrices: Decays = (_, shape) => shape.length >= 2;

/** The rule of X-LLM's runner: rank ≥ 2 and no "bias", "ln" or "bn" anywhere in the name. */
export const decayByName: Decays = (name, shape) => shape.length >= 2 && !/bias|ln|bn/.test(name);

export interface AdamWOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
  readonly decays?: Decays;
}

/**
 * AdamW (arXiv 1711.05101), decoupled decay, as torch.optim.AdamW computes it:
 * p ← p·(1 − lr·wd);  m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;
 * p ← p − lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε).
 * The last line is computed with numerator and denominator multiplied by √(1 − β₂ᵗ), which saves a division a value.
 */
export class AdamW {
  /** Updates done so far. */
  updates = 0;
  readonly #moments = new Map<string, { readonly first: Float32Array; readonly second: Float32Array }>();
  readonly #options: Required<AdamWOptions>;

  constructor(options: AdamWOptions = {}) {
    this.#options = {
      beta1: options.beta1 ?? 0.9,
      beta2: options.beta2 ?? 0.999,
      epsilon: options.epsilon ?? 1e-8,
      weightDecay: options.weightDecay ?? 0.05,
      decays: options.decays ?? decayMatrices,
    };
  }

  /** First and second moments of a parameter, zeros before its first update. */
  moments(name: string, size: number): { readonly first: Float32Array; readonly second: Float32Array } {
    let moments = this.#moments.get(name);
    if (!moments) {
      moments = { first: new Float32Array(size), second: new Float32Array(size) };
      this.#moments.set(name, moments);
    }
    return moments;
  }

  /**
   * Updates every parameter that has a gradient. `scale` multiplies the gradients first (clipping, averaging
   * over accumulated batches).
   */
  update(
    parameters: ParameterStore,
    gradients: ReadonlyMap<string, Float32Array>,
    rate: number,
    scale = 1,
  ): void {
    this.updates++;
    for (const parameter of parameters) {
      const gradient = gradients.get(parameter.name);
      if (gradient) this.#updateOne(parameter, gradient, rate, scale);
    }
  }

  #updateOne({ name, shape, data }: TrainedParameter, gradient: Float32Array, rate: number, scale: number) {
    const { beta1, beta2, epsilon, weightDecay, decays } = this.#options;
    const { first, second } = this.moments(name, data.length);
    const keep = decays(name, shape) ? 1 - rate * weightDecay : 1;
    const root = Math.sqrt(1 - beta2 ** this.updates);
    const stepSize = (root * rate) / (1 - beta1 ** this.updates);
    const floor = root * epsilon;
    const [fresh1, fresh2] = [1 - beta1, 1 - beta2];
    for (let i = 0; i < data.length; i++) {
      const g = (gradient[i] as number) * scale;
      const m = beta1 * (first[i] as number) + fresh1 * g;
      const v = beta2 * (second[i] as number) + fresh2 * g * g;
      first[i] = m;
      second[i] = v;
      data[i] = (data[i] as number) * keep - (stepSize * m) / (Math.sqrt(v) + floor);
    }
  }
}

/** √Σg² over all gradients. */
export function globalNorm(gradients: ReadonlyMap<string, Float32Array>): number {
  let sum = 0;
  for (const gradient of gradients.values()) {
    for (let i = 0; i < gradient.length; i++) {
      const value = gradient[i] as number;
      sum += value * value;
    }
  }
  return Math.sqrt(sum);
}
