import { type AdapterConfig, adapter } from '@x-llm/models';
import { z } from 'zod';
import type { Adapter, Make } from './architecture.ts';

const config = z.strictObject({
  width: z.int().positive(),
  outputWidth: z.int().positive(),
  name: z.string().min(1),
  activation: z.literal('relu').optional(),
});

export const linearAdapter: Make<Adapter> = (json) => {
  const linear = config.parse(json) as AdapterConfig;
  return {
    inputWidth: linear.width,
    outputWidth: linear.outputWidth,
    build: (parameters, rows) => adapter(linear, parameters, rows),
  };
};
