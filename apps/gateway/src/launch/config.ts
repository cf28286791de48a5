import type { WorkerFiles } from './bundle.ts';

export interface ConfigOptions {
  compatibilityDate: string;
  compatibilityFlags: string[];
  gateway: WorkerFiles;
  /** Bindings whose values come from the process environment, so that no secret is written to disk. */
  environment: string[];
  assets: { directory: string; files: WorkerFiles } | undefined;
}

/** A Cap'n Proto text literal. Its escapes are those of JSON. */
const text = (value: string) => JSON.stringify(value);

function modules(folder: string, files: WorkerFiles): string {
  return [...files.keys()]
    .map((name) => {
      const kind = name.endsWith('.wasm') ? 'wasm' : 'esModule';
      return `(name = ${text(name)}, ${kind} = embed ${text(`${folder}/${name}`)})`;
    })
    .join(',\n    ');
}

/** workerd's configuration; the files it embeds lie beside it in `gateway/` and `assets/`. */
export function workerdConfig(options: ConfigOptions): string {
  const { compatibilityDate, compatibilityFlags, gateway, environment, assets } = options;
  const runtime = `compatibilityDate = ${text(compatibilityDate)},
  compatibilityFlags = [${compatibilityFlags.map(text).join(', ')}]`;
  const bindings = environment.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`);
  if (assets) bindings.push('(name = "ASSETS", service = "assets")');
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "gateway", worker = .gateway),
    # The model server is usually on this machine, which workerd's default network forbids.
    (name = "network", network = (
      allow = ["public", "private", "local"],
      tlsOptions = (trustBrowserCas = true)
    )),
${
  assets
    ? `    (name = "assets", worker = .assets),
    (name = "disk", disk = (path = ${text(assets.directory)}, writable = false)),\n`
    : ''
}  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "gateway")]
);

const gateway :Workerd.Worker = (
  modules = [
    ${modules('gateway', gateway)}
  ],
  ${runtime},
  bindings = [${bindings.join(', ')}],
  globalOutbound = "network"
);
${
  assets
    ? `
const assets :Workerd.Worker = (
  modules = [
    ${modules('assets', assets.files)}
  ],
  ${runtime},
  bindings = [(name = "DISK", service = "disk")]
);
`
    : ''
}`;
}
