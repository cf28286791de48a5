/** A matrix of features, its rows one after the other. */
export interface Features {
  readonly shape: readonly [rows: number, columns: number];
  readonly data: Float32Array;
}
