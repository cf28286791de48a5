const stored = 'x-llm.api-key';

/**
 * The printed address carries the key in its fragment, which browsers do not send anywhere. It moves into this
 * tab's storage, and out of the address bar, so that it is not copied along with the address.
 */
export function takeApiKey(): string | undefined {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const key = fragment.get('key');
  if (key !== null && key !== '') {
    sessionStorage.setItem(stored, key);
    fragment.delete('key');
    const rest = fragment.toString();
    history.replaceState(null, '', `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`);
  }
  return sessionStorage.getItem(stored) ?? undefined;
}

export function keepApiKey(key: string): void {
  sessionStorage.setItem(stored, key);
}
