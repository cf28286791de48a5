import { Problem, parseTranscription, refuseEncoded, type TranscriptionRequest } from '@x-llm/contract';
import type { TranscribeRequest } from '@x-llm/engine';
import type { Handler } from '../handler.ts';
import { toSpeech } from '../media/inputs.ts';
import { startRun } from '../run.ts';
import { answerOf, transcriptEvents, transcriptOf } from '../transcription/answer.ts';
import { transcribe } from '../transcription/transcribe.ts';

export const createTranscription: Handler<'createTranscription'> = async (context, services) => {
  const models = services.models();
  const { headers } = context.request;
  refuseEncoded(headers);
  const { request, file } = parseTranscription(context.body, headers.get('content-type'));
  context.note({ model: request.model, stream: request.stream === true });
  const engine = models.find(request.model);
  const { speech } = engine.model;
  if (speech === undefined) {
    throw new Problem('unsupported_content_part', { param: 'file', message: 'This model hears no speech.' });
  }
  const { transcriptionSeconds } = services.limits;
  const samples = await toSpeech({ ...file, param: 'file' }, transcriptionSeconds, services, context.signal);
  const seconds = samples.length / speech.sampleRateHz;
  context.note({ audioSeconds: Math.round(seconds * 100) / 100 });
  context.hold(samples.byteLength);
  const events = await startRun(
    (signal) => transcribe(engine, { samples, ...settings(request) }, speech, signal),
    () => 'file',
    context,
    services,
  );
  context.handOver();
  if (request.stream === true) return { events: transcriptEvents(events) };
  return answerOf(await transcriptOf(events), request, seconds);
};

/** Only what was asked for: the engine's own defaults hold for the rest. */
function settings({
  language,
  prompt,
  temperature,
}: TranscriptionRequest): Omit<TranscribeRequest, 'samples'> {
  return {
    ...(language == null ? {} : { language }),
    ...(prompt == null || prompt === '' ? {} : { prompt }),
    ...(temperature == null ? {} : { temperature }),
  };
}
