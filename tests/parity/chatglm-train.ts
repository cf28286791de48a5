/** One training step of ChatGLM-6B as a trainer takes it: the mask is added, only rows with a label are scored. */
import type { SafetensorsFile } from '@x-llm/checkpoint';
import {
  additiveMask,
  attendWhole,
  type ChatGlmConfig,
  chatglm,
  contextLength,
  int64Rows,
  labelRows,
  languageModelLoss,
  positionsOf,
  prefixMask,
  rotary,
  vocabularyScores,
} from '@x-llm/models';
import {
  type Graph,
  type Tensor as GraphTensor,
  gather,
  gradients,
  type Parameters,
  reshape,
} from '@x-llm/onnx';
import { Tensor } from '@x-llm/ort';
import { matrix } from './chatglm.ts';
import { type Comparison, sameNumbers, type Values } from './comparison.ts';
import { evaluate } from './evaluate.ts';
import type { JsonObject } from './folder.ts';

export interface TrainingStep {
  readonly weights: SafetensorsFile;
  readonly config: ChatGlmConfig;
  readonly rows: readonly { readonly ids: readonly number[]; readonly labels: readonly number[] }[];
  /** For what `build` declares. */
  readonly feeds: Readonly<Record<string, Tensor>>;
  build(
    graph: Graph,
    parameters: Parameters,
  ): {
    /** [B, T, C] */
    readonly embeddings: GraphTensor;
    /** Gradients are wanted of these; they come back as `grad_NAME`. */
    readonly wanted: Readonly<Record<string, GraphTensor>>;
  };
}

/** `embeds`, `layer.N`, `final_norm`, `loss`, `logits_at_labels` and the gradients. */
export async function trainingStep(step: TrainingStep): Promise<Map<string, Values>> {
  const { weights, config, rows, feeds, build } = step;
  const [batch, length] = [rows.length, rows[0]?.ids.length ?? 0];
  const counted = labelRows(rows.map(({ labels }) => labels));
  const count = counted.rows.length;
  const contexts = rows.map(({ ids }) => contextLength(ids, config.tokens));
  const positions = rows.flatMap(({ ids }) => positionsOf(ids, config.tokens));
  return evaluate({
    weights,
    feeds: {
      ...feeds,
      positions: Tensor.from('int64', int64Rows(positions), [batch, 2, length]),
      contexts: Tensor.from('int64', int64Rows([contexts]), [batch]),
      rows: Tensor.from('int64', counted.rows, [count]),
      labels: Tensor.from('int64', counted.labels, [count]),
    },
    build: (graph, parameters) => {
      const { embeddings, wanted } = build(graph, parameters);
      const turn = rotary(config, graph.input('positions', 'int64', [batch, 2, length]));
      const mask = additiveMask(prefixMask(graph.input('contexts', 'int64', [batch]), length));
      const { blocks, hidden } = chatglm(config, parameters, embeddings, attendWhole(config, turn, mask));
      const targets = {
        rows: graph.input('rows', 'int64', ['N']),
        labels: graph.input('labels', 'int64', ['N']),
      };
      const loss = languageModelLoss(config, parameters, hidden, targets);
      const found = gradients(loss, Object.values(wanted));
      const flat = reshape(hidden, [batch * length, config.hiddenSize]);
      return {
        embeds: embeddings,
        ...Object.fromEntries(blocks.map(({ output }, layer) => [`layer.${layer}`, output])),
        final_norm: hidden,
        loss: reshape(loss, [1]),
        logits_at_labels: vocabularyScores(config, parameters, gather(flat, targets.rows)),
        ...Object.fromEntries(Object.keys(wanted).map((name, i) => [`grad_${name}`, found[i] ?? loss])),
      };
    },
  });
}

/** Ids, labels and the rows that are scored, as golden.json has them. */
export function compareRows(name: string, rows: TrainingStep['rows'], wanted: JsonObject): Comparison[] {
  const length = rows[0]?.ids.length ?? 0;
  const scored = labelRows(rows.map(({ labels }) => labels)).rows;
  const wantedRows = matrix(wanted, 'label_rows').map(([row = 0, at = 0]) => row * length + at);
  return [
    sameNumbers(
      `${name}/input_ids`,
      rows.flatMap(({ ids }) => ids),
      matrix(wanted, 'input_ids').flat(),
    ),
    sameNumbers(
      `${name}/labels`,
      rows.flatMap(({ labels }) => labels),
      matrix(wanted, 'labels').flat(),
    ),
    sameNumbers(`${name}/label_rows`, Array.from(scored, Number), wantedRows),
  ];
}
