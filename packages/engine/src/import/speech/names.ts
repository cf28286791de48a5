/** How public checkpoints of speech name their tensors: data, so that a new form is a table. */

export interface TensorNames {
  /** In a few words, for messages and provenance. */
  readonly about: string;
  /** Applied one after the other to their name, which gives ours. */
  readonly renames: readonly (readonly [theirs: RegExp, ours: string])[];
  /** The way back, to the names of the form that is on the hub; none where those are ours. */
  readonly published?: readonly (readonly [ours: RegExp, theirs: string])[];
  /** Names, renamed, of tensors that have no part in what is computed here. */
  readonly ignored: RegExp;
  readonly licence: string;
}

/** Applies names' replacements one after the other. */
export const replaced = (
  name: string,
  replacements: readonly (readonly [from: RegExp, to: string])[] = [],
): string => replacements.reduce((now, [from, to]) => now.replace(from, to), name);

/** What PyTorch's files call the dictionary that the tensors are in. */
const wrapper = [/^(?:state_dict|model|module)\./, ''] as const;

/** FunASR's `model.pt`. */
export const funAsrNames: TensorNames = {
  about: 'Paraformer as FunASR publishes it',
  renames: [wrapper],
  // Its decoder writes text, which the language model does here; the rest are heads for times, hotwords and training.
  ignored:
    /^(decoder|seaco_decoder|bias_encoder|bias_embed|hotword_output_layer|ctc|criterion_att)\.|^predictor\.(upsample_cnn|blstm|cif_output2|cif_conv1d2)\b|^encoder\.embed\./,
  licence: 'The FunASR Model License, https://github.com/modelscope/FunASR/blob/main/MODEL_LICENSE',
};

/** What BERT has beside its layers: words are not read, and nothing is predicted. */
const unreadBert =
  /^speech_bert_adaptor\.(embeddings\.(word_embeddings\.weight|position_ids)|pooler\.)|^cls\./;

/** BERT in transformers' form, with and without a head, and with the names that TensorFlow gave to norms. */
export const bertNames: TensorNames = {
  about: 'BERT as transformers publishes it',
  renames: [
    [/^bert\./, ''],
    [/^(?=embeddings\.|encoder\.|pooler\.)/, 'speech_bert_adaptor.'],
    [/\.gamma$/, '.weight'],
    [/\.beta$/, '.bias'],
  ],
  // bert-base-chinese has its norms as TensorFlow named them.
  published: [
    [/^speech_bert_adaptor\./, 'bert.'],
    [/\.LayerNorm\.weight$/, '.LayerNorm.gamma'],
    [/\.LayerNorm\.bias$/, '.LayerNorm.beta'],
  ],
  ignored: unreadBert,
  licence: 'Apache-2.0, https://huggingface.co/google-bert',
};

/** X-LLM's own checkpoints, as its code names their tensors; none were published. The other branches are left out. */
export const xLlmNames: TensorNames = {
  about: 'the speech interface of X-LLM',
  renames: [wrapper],
  ignored: new RegExp(
    `${unreadBert.source}|^(visual_encoder|ln_vision|Qformer)\\.|^(video_)?query_tokens$|^(opt_proj|llm_proj|video_proj|chatglm_proj|speech_encoder|opt_model|llm_model|chatglm_model)\\.`,
  ),
  licence: 'MIT, https://github.com/phellonchen/X-LLM',
};
