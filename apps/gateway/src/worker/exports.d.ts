export {};

declare global {
  // biome-ignore lint/style/noNamespace: how @cloudflare/workers-types is told what the Worker exports
  namespace Cloudflare {
    interface GlobalProps {
      mainModule: typeof import('./index.ts');
    }
  }
}
