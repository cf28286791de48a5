import { expect, it } from 'vitest';
import { toSrt, toVtt } from './subtitles.ts';

const segments = [
  { text: 'Fish & <chips> --> now', startSeconds: 0, endSeconds: 1.4996 },
  { text: '你好\n\n世界', startSeconds: 59.9999, endSeconds: 3723.0044 },
];

it('writes SubRip', () => {
  expect(toSrt(segments)).toBe(`1
00:00:00,000 --> 00:00:01,500
Fish & <chips> --> now

2
00:01:00,000 --> 01:02:03,004
你好 世界

`);
  expect(toSrt([])).toBe('');
});

it('writes WebVTT', () => {
  expect(toVtt(segments)).toBe(`WEBVTT

00:00:00.000 --> 00:00:01.500
Fish &amp; &lt;chips&gt; --&gt; now

00:01:00.000 --> 01:02:03.004
你好 世界

`);
  expect(toVtt([])).toBe('WEBVTT\n\n');
});
