/** Whatever arrives, the answer is a request or a refusal that keeps the contract. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Problem, parseChatRequest } from './index.ts';
import { expectBody } from './testing.ts';

const json = fc.jsonValue({ maxDepth: 4 });
const names = [
  'type',
  'text',
  'image_url',
  'audio_url',
  'video_url',
  'input_audio',
  'input_video',
  'data',
  'format',
  'wav',
  'url',
  'detail',
  'role',
  'content',
  'user',
  'system',
  'data:image/png;base64,AA==',
];
const nearlyPart = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.constantFrom(...names), json));
const nearlyMessage = fc.record(
  {
    role: fc.oneof(fc.constantFrom('system', 'developer', 'user', 'assistant'), json),
    content: fc.oneof(fc.array(nearlyPart), json),
  },
  { requiredKeys: [] },
);
const options = [
  'temperature',
  'top_p',
  'top_k',
  'seed',
  'stop',
  'n',
  'stream',
  'stream_options',
  'media_io_kwargs',
  'mm_processor_kwargs',
  'tools',
  'response_format',
  'logit_bias',
];
const nearlyRequest = fc
  .tuple(
    fc.record({
      model: fc.oneof(fc.constant('x-llm-tiny'), json),
      messages: fc.oneof(fc.array(nearlyMessage), json),
    }),
    fc.dictionary(fc.constantFrom(...options), json),
  )
  .map(([base, more]) => ({ ...base, ...more }));

it.each([
  ['any JSON', json],
  ['nearly a request', nearlyRequest],
])('%s', (_name, bodies) => {
  fc.assert(
    fc.property(bodies as fc.Arbitrary<unknown>, (body) => {
      try {
        parseChatRequest(body);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        expect(error.status).toBe(400);
        expect(error.message.length).toBeLessThan(500);
        expectBody('createChatCompletion', 400, 'application/json', error.toJSON());
      }
    }),
    { numRuns: 500 },
  );
});
