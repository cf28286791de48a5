import type { Model } from '@x-llm/sdk';
import { h } from './dom.ts';
import type { Strings } from './strings.ts';

const remembered = 'x-llm.model';

/** The model that was chosen last, where it is served still; else the first. */
export function initialModel(models: readonly [Model, ...Model[]]): Model {
  const saved = localStorage.getItem(remembered);
  return models.find(({ id }) => id === saved) ?? models[0];
}

/** Chooses among several models, and remembers it. */
export function modelChoice(
  strings: Strings,
  models: readonly Model[],
  chosen: Model,
  onChoose: (model: Model) => void,
): HTMLSelectElement {
  const options = models.map(({ id }) => h('option', { value: id, selected: id === chosen.id }, id));
  const select = h('select', { className: 'model', aria: { label: strings.model } }, ...options);
  select.onchange = () => {
    const model = models.find(({ id }) => id === select.value);
    if (model === undefined) return;
    localStorage.setItem(remembered, model.id);
    onChoose(model);
  };
  return select;
}
