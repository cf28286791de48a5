/** `x-request-id`: names one request in responses, errors and logs. */

export const requestIdHeader = 'x-request-id';

const acceptable = /^[A-Za-z0-9._:-]{1,128}$/;

/** The caller's id when it is fit for a log line and a header, else a new one, `req_…`. */
export function requestId(given: string | null | undefined): string {
  return typeof given === 'string' && acceptable.test(given)
    ? given
    : `req_${crypto.randomUUID().replaceAll('-', '')}`;
}
