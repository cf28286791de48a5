/**
 * Makes `src/testing/fixtures/` again; needs ffmpeg on the path. The tests do not: they read what is committed.
 *
 *     node packages/media/scripts/make-fixtures.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { draw, picture, sweep } from '../src/testing/drawn.ts';

const folder = join(import.meta.dirname, '../src/testing/fixtures');
mkdirSync(folder, { recursive: true });
/** No dates and versions in the files, so that they change only with what is in them. */
const quiet = ['-hide_banner', '-loglevel', 'error', '-y'];
const exact = [
  '-fflags',
  '+bitexact',
  '-flags:v',
  '+bitexact',
  '-flags:a',
  '+bitexact',
  '-map_metadata',
  '-1',
];

function ffmpeg(input: Uint8Array | undefined, args: readonly string[], name: string): void {
  execFileSync('ffmpeg', [...quiet, ...args, ...exact, join(folder, name)], {
    input,
    stdio: [input ? 'pipe' : 'ignore', 'inherit', 'inherit'],
  });
  console.log(name.padEnd(24), statSync(join(folder, name)).size);
}

/** The input options of the sweep, and its bytes. */
function sound(rateHz: number): { args: string[]; bytes: Uint8Array } {
  const bytes = new Uint8Array(sweep(1, rateHz).buffer);
  return { args: ['-f', 'f32le', '-ar', String(rateHz), '-ac', '1', '-i', 'pipe:'], bytes };
}

function encode(name: string, rateHz: number, args: readonly string[]): void {
  const { args: input, bytes } = sound(rateHz);
  ffmpeg(bytes, [...input, ...args], name);
}

/** Microseconds; a second would be one page, and a cut would leave nothing. */
const shortPages = ['-page_duration', '200000'];

encode('sweep.mp3', 44_100, ['-af', 'pan=stereo|c0=c0|c1=c0', '-c:a', 'libmp3lame', '-b:a', '64k']);
encode('sweep.flac', 16_000, ['-c:a', 'flac', '-sample_fmt', 's16']);
encode('sweep-vorbis.ogg', 44_100, ['-c:a', 'libvorbis', '-q:a', '3', ...shortPages]);
encode('sweep-opus.ogg', 48_000, ['-c:a', 'libopus', '-b:a', '48k', ...shortPages]);
encode('sweep.m4a', 44_100, ['-c:a', 'aac', '-b:a', '64k']);
encode('sweep.aac', 44_100, ['-c:a', 'aac', '-b:a', '64k', '-f', 'adts']);
encode('sweep-opus.webm', 48_000, ['-c:a', 'libopus', '-b:a', '48k']);
encode('sweep-vorbis.webm', 44_100, ['-c:a', 'libvorbis', '-q:a', '3']);
encode('sweep-alac.m4a', 16_000, ['-c:a', 'alac', '-sample_fmt', 's16p']);

const frames = new Uint8Array(picture.frames * picture.width * picture.height * 3);
for (let i = 0; i < picture.frames; i++) frames.set(draw(i), i * picture.width * picture.height * 3);
const size = `${picture.width}x${picture.height}`;
const raw = [
  '-f',
  'rawvideo',
  '-pix_fmt',
  'rgb24',
  '-s',
  size,
  '-r',
  String(picture.framesPerSecond),
  '-i',
  'pipe:',
];
const rgb = 'scale=out_color_matrix=bt601:out_range=tv,format=yuv420p';
const x264 = ['-vf', rgb, '-c:v', 'libx264', '-profile:v', 'high', '-g', '12', '-bf', '2', '-crf', '18'];
const withSweep = ['-i', join(folder, 'sweep.m4a')];
const film = (name: string, args: readonly string[], inputs: readonly string[] = []) =>
  ffmpeg(frames, [...raw, ...inputs, ...args], name);

film('moving.mp4', [...x264, '-c:a', 'copy', '-movflags', '+faststart'], withSweep);
film('silent.mov', x264);
const x265 = (params: string) => [
  '-vf',
  rgb,
  '-c:v',
  'libx265',
  '-x265-params',
  `log-level=none${params}`,
  '-tag:v',
  'hvc1',
  '-crf',
  '18',
];
film('moving-hevc.mp4', x265(''));
// Frames that follow a key frame in the file and are shown before it.
film('open-gop.mp4', x265(':keyint=8:min-keyint=8:open-gop=1:bframes=3:scenecut=0'));
film('moving-vp8.webm', [
  '-vf',
  rgb,
  '-c:v',
  'libvpx',
  '-crf',
  '8',
  '-b:v',
  '1M',
  '-auto-alt-ref',
  '1',
  '-g',
  '12',
]);
film(
  'moving-vp9.webm',
  ['-vf', rgb, '-c:v', 'libvpx-vp9', '-crf', '20', '-b:v', '0', '-g', '12', '-c:a', 'libopus'],
  withSweep,
);
film('moving-av1.mp4', ['-vf', rgb, '-c:v', 'libaom-av1', '-crf', '20', '-cpu-used', '8', '-g', '12']);
film('moving-mjpeg.mov', [
  '-vf',
  'scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p',
  '-c:v',
  'mjpeg',
  '-q:v',
  '4',
]);
film('moving.gif', ['-vf', 'split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=none', '-loop', '0']);
film('moving.webp', ['-c:v', 'libwebp_anim', '-lossless', '0', '-q:v', '90', '-loop', '0']);
// Frames 0 to 19 in a second, then frames 20 to 39 once in half a second.
film('variable-rate.mp4', [
  ...x264,
  '-vf',
  `setpts='if(lt(N,20),N/20,1+(N-20)/2)/TB',${rgb}`,
  '-vsync',
  'vfr',
  '-video_track_timescale',
  '600',
]);
// As phones store an upright picture: the sensor's rows, and a matrix that turns them, to the left and to the right.
for (const [name, degrees] of [
  ['rotated.mp4', 90],
  ['rotated-right.mp4', 270],
] as const) {
  const turn = ['-c', 'copy', '-metadata:s:v:0', `rotate=${degrees}`];
  ffmpeg(undefined, ['-i', join(folder, 'silent.mov'), ...turn], name);
}
const flat = ['-f', 'lavfi', '-i', 'color=gray:s=7680x4320:r=1:d=1'];
ffmpeg(undefined, [...flat, '-c:v', 'libvpx-vp9', '-cpu-used', '8', '-b:v', '0', '-crf', '60'], '8k.webm');
const silence = ['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '10800'];
ffmpeg(undefined, [...silence, '-c:a', 'flac', '-frame_size', '65535'], 'three-hours.flac');
const cover = ['-f', 'lavfi', '-i', 'color=red:s=16x16:r=1:d=1'];
ffmpeg(
  undefined,
  [
    ...withSweep,
    ...cover,
    '-map',
    '0',
    '-map',
    '1',
    '-c:a',
    'copy',
    '-c:v',
    'mjpeg',
    '-disposition:v',
    'attached_pic',
  ],
  'cover.m4a',
);
