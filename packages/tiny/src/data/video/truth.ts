/** What is true of one frame of a clip, in words that can be taught frame by frame. */
import type { Clip } from './clip.ts';
import { poseAt, timeOf } from './path.ts';

/** Third of the picture, from the left or from the top. */
export type Third = -1 | 0 | 1;

export interface FrameTruth {
  /** When it is not, the rest says where it would be. */
  readonly visible: boolean;
  readonly x: Third;
  readonly y: Third;
  /** Its picture is less than 0.4, less than 0.7, or more of the frame's side. */
  readonly size: 'small' | 'medium' | 'large';
  /** Where its top points, to the nearest quarter. */
  readonly turned: 'upright' | 'left' | 'right' | 'upside down';
}

/** Of frame `frame` of `frames`, as `renderClip` draws it. @throws RangeError if there is no such frame. */
export function frameTruth(clip: Clip, frame: number, frames: number): FrameTruth {
  const { x, y, width, rotation, opacity } = poseAt(clip.path, timeOf(frame, frames));
  return {
    visible: opacity >= 0.5,
    x: third(x),
    y: third(y),
    size: width < 0.4 ? 'small' : width < 0.7 ? 'medium' : 'large',
    turned: turned(rotation),
  };
}

const third = (part: number): Third => (part < 1 / 3 ? -1 : part > 2 / 3 ? 1 : 0);

/** Counter-clockwise, as rotations are counted: a quarter of it points the top to the left. */
const quarters = ['upright', 'left', 'upside down', 'right'] as const;

function turned(rotation: number): FrameTruth['turned'] {
  const quarter = Math.round(rotation / (Math.PI / 2));
  return quarters[((quarter % 4) + 4) % 4] ?? 'upright';
}
