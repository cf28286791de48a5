import type { OperationId } from '@x-llm/contract';
import type { Handler } from '../handler.ts';
import { createChatCompletion } from './create-chat-completion.ts';
import { createTranscription } from './create-transcription.ts';
import { getHealth } from './get-health.ts';
import { getMetrics } from './get-metrics.ts';
import { getReadiness } from './get-readiness.ts';
import { listModels } from './list-models.ts';
import { retrieveModel } from './retrieve-model.ts';

/** Every operation of the contract; one without a handler does not compile. */
export const operations: { readonly [Id in OperationId]: Handler<Id> } = {
  createChatCompletion,
  createTranscription,
  listModels,
  retrieveModel,
  getHealth,
  getReadiness,
  getMetrics,
};
