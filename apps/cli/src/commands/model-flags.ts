import { numberParser } from '@stricli/core';

/** Which models a server has; for each the flag is given once. */
export const servedFlag = {
  kind: 'parsed',
  parse: String,
  variadic: true,
  optional: true,
  placeholder: 'MODEL',
  brief: 'A model to serve: a name as `xllm models` lists it, or the folder of a bundle or a run',
} as const;

/** Which model answers, where it runs, and how freely it speaks: the same for every command that asks one. */
export const modelFlags = {
  url: { kind: 'parsed', parse: String, optional: true, placeholder: 'URL', brief: 'A running server' },
  key: { kind: 'parsed', parse: String, optional: true, brief: 'Its key (XLLM_API_KEY, .xllm/api-key)' },
  bundle: {
    kind: 'parsed',
    parse: String,
    optional: true,
    placeholder: 'MODEL',
    brief: 'The model to run: a name as `xllm models` lists it, or the folder of a bundle or a run',
  },
  model: {
    kind: 'parsed',
    parse: String,
    optional: true,
    placeholder: 'ID',
    brief: 'One of several models',
  },
  temperature: {
    kind: 'parsed',
    parse: numberParser,
    optional: true,
    brief: '0 takes the likeliest words',
  },
} as const;
