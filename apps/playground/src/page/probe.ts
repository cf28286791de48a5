export interface Probed {
  /** Undefined when the file does not say, as those of browsers' own recorders do not. */
  readonly seconds: number | undefined;
  readonly hasPicture: boolean;
}

const patienceMs = 5000;

/** What the browser makes of a sound or a video; undefined for what it cannot play, which the server may know all the same. */
export async function probe(url: string): Promise<Probed | undefined> {
  const element = document.createElement('video');
  element.preload = 'metadata';
  element.muted = true;
  const loaded = await new Promise<boolean>((resolve) => {
    element.onloadedmetadata = () => resolve(true);
    element.onerror = () => resolve(false);
    setTimeout(() => resolve(false), patienceMs);
    element.src = url;
  });
  const { duration, videoWidth } = element;
  element.removeAttribute('src');
  element.load();
  if (!loaded) return undefined;
  return { seconds: Number.isFinite(duration) ? duration : undefined, hasPicture: videoWidth > 0 };
}
