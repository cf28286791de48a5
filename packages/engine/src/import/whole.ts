import type { Component } from '@x-llm/checkpoint';

/** An interface with its adapter, which one has that was opened for a language model, or by a table that has one. */
export function whole<One extends { readonly adapter?: Component }>(
  one: One,
): One & { readonly adapter: Component } {
  const { adapter } = one;
  if (!adapter) throw new TypeError('an interface for a language model has no adapter');
  return { ...one, adapter };
}
