/** What Prometheus scrapes. Every number is measured here or asked of the engine at the time. */

import type { EngineUsage } from '@x-llm/engine';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { QueueStats } from './models.ts';

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  request(facts: { operation: string; status: number; seconds: number }): void;
  firstToken(seconds: number): void;
  usage(usage: EngineUsage): void;
  aborted(): void;
}

/** `stats` is undefined while there is no engine. */
export function createMetrics(stats: () => QueueStats | undefined, preparing: () => number): Metrics {
  const registry = new Registry();
  // Among them nodejs_eventloop_lag_p99_seconds: a server that blocks shows there first.
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'xllm_http_requests_total',
    help: 'Requests by operation and status; 499 is a client that left.',
    labelNames: ['operation', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'xllm_http_request_duration_seconds',
    help: 'From the first byte of the request to the last of the answer.',
    labelNames: ['operation'],
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300],
    registers,
  });
  const firstToken = new Histogram({
    name: 'xllm_time_to_first_token_seconds',
    help: 'From the first byte of the request to the first text of the answer.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const tokens = new Counter({
    name: 'xllm_tokens_total',
    help: 'Tokens of complete answers: prompt_text, prompt_image, prompt_video, prompt_speech, completion.',
    labelNames: ['kind'],
    registers,
  });
  const aborted = new Counter({
    name: 'xllm_generations_aborted_total',
    help: 'Answers that were stopped before their end.',
    registers,
  });
  const gauge = (name: string, help: string, value: () => number | undefined) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const now = value();
        if (now === undefined) this.remove();
        else this.set(now);
      },
    });
  gauge('xllm_requests_active', 'Answers being written.', () => stats()?.active);
  gauge('xllm_requests_queued', 'Requests that wait for a place.', () => stats()?.queued);
  gauge('xllm_requests_queue_limit', 'How many may wait.', () => stats()?.maxQueued);
  gauge('xllm_requests_preparing', 'Requests whose body and pictures are being read.', preparing);

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request({ operation, status, seconds }) {
      requests.inc({ operation, status });
      duration.observe({ operation }, seconds);
    },
    firstToken: (seconds) => firstToken.observe(seconds),
    usage({ promptTokens, imageTokens, videoTokens, speechTokens, completionTokens }) {
      tokens.inc({ kind: 'prompt_text' }, promptTokens - imageTokens - videoTokens - speechTokens);
      tokens.inc({ kind: 'prompt_image' }, imageTokens);
      tokens.inc({ kind: 'prompt_video' }, videoTokens);
      tokens.inc({ kind: 'prompt_speech' }, speechTokens);
      tokens.inc({ kind: 'completion' }, completionTokens);
    },
    aborted: () => aborted.inc(),
  };
}
