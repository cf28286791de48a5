// Generated from openapi/ by `npm run generate -w @x-llm/contract`. Do not edit.
export const routes = {
  createChatCompletion: { method: 'post', path: '/v1/chat/completions', requiresKey: true },
  createTranscription: { method: 'post', path: '/v1/audio/transcriptions', requiresKey: true },
  listModels: { method: 'get', path: '/v1/models', requiresKey: true },
  retrieveModel: { method: 'get', path: '/v1/models/{model}', requiresKey: true },
  getHealth: { method: 'get', path: '/healthz', requiresKey: false },
  getReadiness: { method: 'get', path: '/readyz', requiresKey: false },
  getMetrics: { method: 'get', path: '/metrics', requiresKey: false },
} as const;
