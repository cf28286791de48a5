/** The paper's relative score: part of the report, whose rules hold here too. */
export const relativeGroups = ['conversation', 'detail', 'reasoning'] as const;
/** The paper's three types of question. */
export type RelativeGroup = (typeof relativeGroups)[number];

export const relativeSources = ['pictures', 'clips', 'spoken'] as const;
export type RelativeSource = (typeof relativeSources)[number];

export interface RelativeReport {
  /** Groups count alike, as in the paper, whatever number of questions they have. */
  readonly overall: RelativeScore;
  readonly groups: Readonly<Record<RelativeGroup, RelativeScore>>;
  /** Those that the model takes. */
  readonly sources: Readonly<Partial<Record<RelativeSource, RelativeScore>>>;
  readonly types: Readonly<Record<string, RelativeScore>>;
}

export interface RelativeScore {
  readonly count: number;
  /** Mean graded score of answers about the media, and of the same language model told in words what they show. */
  readonly media: number;
  readonly caption: number;
  /** The first over the second, with its 95 % interval; null where the captions score nothing. */
  readonly relative: number | null;
  readonly low: number | null;
  readonly high: number | null;
}
