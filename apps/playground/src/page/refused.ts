/** Why a file or a recording is not taken. `strings.ts` has the words. */
export type Reason =
  | 'empty'
  | 'unknown'
  | 'no-image'
  | 'no-audio'
  | 'no-video'
  | 'too-long'
  | 'too-large'
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'microphone-insecure'
  | 'recording-short'
  | 'recording-silent';

/** How much there is, and the most that is taken: seconds for `too-long`, bytes for `too-large`. */
export interface Amounts {
  readonly is: number;
  readonly most: number;
}

export class Refused extends Error {
  readonly reason: Reason;
  readonly amounts: Amounts | undefined;

  constructor(reason: Reason, amounts?: Amounts) {
    super(reason);
    this.reason = reason;
    this.amounts = amounts;
  }
}
