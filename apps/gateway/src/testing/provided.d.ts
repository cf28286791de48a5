import 'vitest';

declare module 'vitest' {
  /** What `global-setup.ts` hands from Node to the tests in workerd. */
  interface ProvidedContext {
    backendUrl: string;
    /** Files of the golden picture case as base64, `images/rgb.png` → …; workerd has no file system. */
    golden: Record<string, string>;
  }
}
