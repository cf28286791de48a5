/** The shape of the generated validators (ajv's standalone functions) and of the errors they leave behind. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

export interface ValidationError {
  /** JSON pointer of the value that failed, `/messages/0/content`. */
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
  /** The schema that failed, from which `x-error-code` is read. */
  parentSchema?: Record<string, unknown>;
  data?: unknown;
}
