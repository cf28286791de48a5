/** What can be wrong with what a person gave: config, data, bundle, run folder, a rate that is too high. */
export type TrainErrorCode =
  | 'invalid_config'
  | 'invalid_data'
  | 'empty_data'
  | 'missing_media'
  | 'unreadable_media'
  | 'does_not_fit'
  | 'diverged'
  | 'invalid_bundle'
  | 'other_run'
  | 'nothing_to_resume';

/** A failure that the person who trains can do something about: `advice` says what. */
export class TrainError extends Error {
  override readonly name = 'TrainError';
  readonly code: TrainErrorCode;
  readonly advice: string;

  constructor(code: TrainErrorCode, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.advice = advice;
  }
}

/** The first of many faults, a line each, and how many more there are. */
export function listed(faults: readonly string[], total = faults.length, most = 20): string {
  const shown = faults.slice(0, most);
  const more = total - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}
