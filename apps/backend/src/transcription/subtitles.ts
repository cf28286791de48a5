/** Subtitle files. */
import type { Segment } from './segments.ts';

/**
 * SubRip.
 *
 *     1
 *     00:00:00,000 --> 00:00:01,500
 *     Hello.
 */
export function toSrt(segments: readonly Segment[]): string {
  return segments
    .map(({ text, startSeconds, endSeconds }, at) => {
      const times = `${clock(startSeconds, ',')} --> ${clock(endSeconds, ',')}`;
      return `${at + 1}\n${times}\n${oneLine(text)}\n\n`;
    })
    .join('');
}

/** WebVTT, whose cues take `&` and `<` only as entities. https://www.w3.org/TR/webvtt1/#webvtt-cue-text-span */
export function toVtt(segments: readonly Segment[]): string {
  const cues = segments.map(({ text, startSeconds, endSeconds }) => {
    const escaped = oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return `${clock(startSeconds, '.')} --> ${clock(endSeconds, '.')}\n${escaped}\n\n`;
  });
  return `WEBVTT\n\n${cues.join('')}`;
}

/** An empty line would end a cue. */
const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');

/** `01:02:03,004`. */
function clock(seconds: number, point: ',' | '.'): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const rest = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${point}${rest}`;
}
