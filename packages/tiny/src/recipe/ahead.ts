/** Loads batch n + 1 while batch n is computed. `load` must depend on nothing but the index. */
export function ahead<Batch>(load: (index: number) => Promise<Batch>): (index: number) => Promise<Batch> {
  let next: { readonly index: number; readonly batch: Promise<Batch> } | undefined;
  const begin = (index: number) => {
    const batch = load(index);
    batch.catch(() => {}); // whoever asks for it gets the error
    return { index, batch };
  };
  return async (index) => {
    const { batch } = next?.index === index ? next : begin(index);
    const loaded = await batch;
    next = begin(index + 1);
    return loaded;
  };
}
