/** Bindings of the Worker. Secrets: `wrangler secret put NAME`. */
export interface Env {
  /** The key that clients send (secret). */
  XLLM_API_KEY: string;
  /** Where the model server listens, `https://backend.example`. */
  BACKEND_URL: string;
  /** Shared with the model server; signs every inner request (secret). */
  BACKEND_SECRET: string;
  /** Overrides the `image_size` that the model server reports. */
  XLLM_IMAGE_SIZE?: string;
  /** `1`: `/metrics` asks for no key. Only for a gateway that the public cannot reach. */
  XLLM_PUBLIC_METRICS?: string;
  /** The playground's files. Absent: there is no page. */
  ASSETS?: Fetcher;
}

export interface Settings {
  apiKey: string;
  backendUrl: URL;
  backendSecret: string;
  imageSize: number | undefined;
  publicMetrics: boolean;
}

/** Throws an error for the operator's log; clients get `internal_error`. A gateway without a key serves nobody. */
export function readSettings(env: Env): Settings {
  for (const name of ['XLLM_API_KEY', 'BACKEND_URL', 'BACKEND_SECRET'] as const) {
    if (!env[name]) throw new Error(`The gateway needs ${name}; set it with wrangler (var or secret).`);
  }
  const { XLLM_IMAGE_SIZE: size } = env;
  if (size !== undefined && !/^[1-9]\d{0,3}$/.test(size)) {
    throw new Error(
      `XLLM_IMAGE_SIZE must be a number of pixels from 1 to 9999, got ${JSON.stringify(size)}.`,
    );
  }
  return {
    apiKey: env.XLLM_API_KEY,
    backendUrl: new URL(env.BACKEND_URL),
    backendSecret: env.BACKEND_SECRET,
    imageSize: size === undefined ? undefined : Number(size),
    publicMetrics: env.XLLM_PUBLIC_METRICS === '1',
  };
}
