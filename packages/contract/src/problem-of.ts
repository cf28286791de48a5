/** From a validator's error to the API's: one code, the field's name, a sentence with the value. */
import { type ErrorCode, isErrorCode, Problem } from './errors.ts';
import type { ValidationError } from './validator.ts';

/** The first error decides: validators stop at it. */
export function problemOf(errors: readonly ValidationError[]): Problem {
  const [error] = errors;
  if (error === undefined) return new Problem('invalid_value');
  const at = path(error.instancePath);
  const here = at === '' ? 'the body' : `'${at}'`;
  const own = error.parentSchema?.['x-error-code'];
  const refuse = (code: ErrorCode, message: string, param = at) =>
    new Problem(error.keyword !== 'required' && isErrorCode(own) ? own : code, {
      message,
      param: param || undefined,
    });
  const got = shown(error.data);
  const note =
    typeof error.parentSchema?.description === 'string' ? ` ${error.parentSchema.description}` : '';
  if (own === 'unsupported_parameter') {
    // The schemas say "Not supported; only 0 is taken."
    const only = /only .*/.exec(note)?.[0];
    return refuse(own, `${here} is not supported (got ${got}); ${only ?? 'leave it out.'}`);
  }
  switch (error.keyword) {
    case 'required': {
      const name = join(at, String(error.params.missingProperty));
      return refuse('missing_required_parameter', `'${name}' is missing.`, name);
    }
    case 'discriminator': {
      const tag = String(error.params.tag);
      const name = join(at, tag);
      if (error.params.error === 'tag') return refuse('invalid_type', `'${name}' must be a string.`, name);
      const value = shown(error.params.tagValue);
      const code = tag === 'type' ? 'unsupported_content_part' : 'unsupported_value';
      return refuse(code, `'${name}' is ${value}, which is not supported.${note}`, name);
    }
    case 'type':
      return refuse('invalid_type', `${here} must be ${kinds(error.params.type)}, got ${got}.`);
    case 'enum':
    case 'const': {
      const allowed = error.keyword === 'const' ? [error.params.allowedValue] : error.params.allowedValues;
      const list = Array.isArray(allowed)
        ? allowed
            .filter((value) => value !== null)
            .map(shown)
            .join(' or ')
        : '';
      return refuse('invalid_value', `${here} must be ${list}, got ${got}.${note}`);
    }
    case 'minItems':
      return refuse('empty_array', `${here} is empty; it needs at least ${String(error.params.limit)}.`);
    case 'maxItems':
      return refuse('array_above_max_length', `${here} may have at most ${String(error.params.limit)}.`);
    case 'minLength':
      return refuse('invalid_value', `${here} must not be empty.`);
    case 'maxLength':
      return refuse('invalid_value', `${here} may have at most ${String(error.params.limit)} characters.`);
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
      return refuse(
        'invalid_value',
        `${here} must be ${String(error.params.comparison)} ${String(error.params.limit)}, got ${got}.`,
      );
    default:
      return refuse('invalid_value', `${here} ${error.message ?? 'is not valid'}.`);
  }
}

/** `/messages/0/content` → `messages[0].content`. */
function path(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((parent, name) => (/^\d+$/.test(name) ? `${parent}[${name}]` : join(parent, name)), '');
}

const join = (parent: string, name: string) => (parent === '' ? name : `${parent}.${name}`);

const kinds = (type: unknown) =>
  (Array.isArray(type) ? type : String(type).split(',')).map((name) => String(name)).join(' or ');

/** A value as a person reads it, short: a message must not echo a picture back. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
