import { expect, test } from 'vitest';
import { isOfVideo } from './stage2.ts';

test('a video has queries and an adapter of its own, and shares the rest', () => {
  const names = ['video_query_tokens', 'video_proj.weight', 'query_tokens', 'llm_proj.weight', 'Qformer.x'];
  expect(names.filter(isOfVideo)).toEqual(['video_query_tokens', 'video_proj.weight']);
});
