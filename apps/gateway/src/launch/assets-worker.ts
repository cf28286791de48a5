/** Serves a folder as Cloudflare's static assets do, for `startGateway`; not deployed. */
interface Env {
  DISK: { fetch(url: string): Promise<Response> };
}

/** The headers that Cloudflare's `_headers` file gives to a path: a pattern, then indented `name: value` lines. */
function extraHeaders(text: string, path: string): [name: string, value: string][] {
  const headers: [string, string][] = [];
  let applies = false;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) {
      const pattern = line.trim();
      applies = pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
    } else if (applies && line.includes(':')) {
      const colon = line.indexOf(':');
      headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    }
  }
  return headers;
}

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

export default {
  async fetch(request: Request, { DISK }: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const file = await DISK.fetch(`http://disk${path}`);
    // A folder answers with a listing in JSON; files are all octet streams to the disk service.
    const isFile = file.ok && file.headers.get('content-type') === 'application/octet-stream';
    if (!isFile || path === '/_headers') return new Response(null, { status: 404 });
    const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
    const headers = new Headers({
      'content-type': types[extension] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
    });
    const rules = await DISK.fetch('http://disk/_headers');
    if (rules.ok) {
      for (const [name, value] of extraHeaders(await rules.text(), pathname)) headers.set(name, value);
    }
    return new Response(request.method === 'HEAD' ? null : file.body, { headers });
  },
};
