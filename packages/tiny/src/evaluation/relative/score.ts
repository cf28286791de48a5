/** Graded answers to the relative score. */
import { bootstrapGroups } from '@x-llm/train';
import {
  type RelativeGroup,
  type RelativeReport,
  type RelativeScore,
  type RelativeSource,
  relativeGroups,
  relativeSources,
} from './report.ts';

/** One question, answered about the media and from the caption: graded, 0 to 1. */
export interface GradedPair {
  readonly group: RelativeGroup;
  readonly source: RelativeSource;
  readonly type: string;
  readonly media: number;
  readonly caption: number;
}

export function relativeReport(pairs: readonly GradedPair[]): RelativeReport {
  const inGroup = (group: RelativeGroup): GradedPair[] => pairs.filter((one) => one.group === group);
  const types = Object.entries(Object.groupBy(pairs, ({ type }) => type));
  const [conversation, detail, reasoning] = relativeGroups.map((group) => relativeScore([inGroup(group)]));
  if (!conversation || !detail || !reasoning) throw new Error('there are three groups');
  return {
    overall: relativeScore(relativeGroups.map(inGroup)),
    groups: { conversation, detail, reasoning },
    sources: Object.fromEntries(
      relativeSources.flatMap((source) => {
        const own = pairs.filter((one) => one.source === source);
        return own.length > 0 ? [[source, relativeScore([own])]] : [];
      }),
    ),
    types: Object.fromEntries(types.map(([type, own = []]) => [type, relativeScore([own])])),
  };
}

/** Means of the groups' means; the interval draws questions within each group, with both of their answers. */
export function relativeScore(groups: readonly (readonly GradedPair[])[]): RelativeScore {
  const mean = (of: 'media' | 'caption', from: readonly (readonly GradedPair[])[]): number =>
    from.reduce((sum, pairs) => sum + pairs.reduce((part, one) => part + one[of], 0) / pairs.length, 0) /
    from.length;
  const ratio = (from: readonly (readonly GradedPair[])[]): number =>
    mean('media', from) / mean('caption', from);
  const { low, high } = bootstrapGroups(groups, ratio);
  return {
    count: groups.reduce((sum, pairs) => sum + pairs.length, 0),
    media: mean('media', groups),
    caption: mean('caption', groups),
    relative: finite(ratio(groups)),
    low: finite(low),
    high: finite(high),
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
