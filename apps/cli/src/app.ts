import { buildApplication, buildRouteMap, text_en } from '@stricli/core';
import { chat } from './commands/chat.ts';
import { compose } from './commands/compose.ts';
import { data } from './commands/data.ts';
import { evaluate } from './commands/eval.ts';
import { importCommand } from './commands/import.ts';
import { inspect } from './commands/inspect.ts';
import { models } from './commands/models.ts';
import { pull } from './commands/pull.ts';
import { serve } from './commands/serve.ts';
import { start } from './commands/start.ts';
import { train } from './commands/train.ts';
import { transcribe } from './commands/transcribe.ts';
import { describeFailure } from './user-error.ts';

const routes = buildRouteMap({
  routes: {
    start,
    serve,
    chat,
    transcribe,
    pull,
    models,
    import: importCommand,
    compose,
    inspect,
    train,
    data,
    eval: evaluate,
  },
  docs: {
    brief: 'Ask a language model about pictures, speech and video, serve it, train it.',
    fullDescription: [
      'Ask a language model about pictures, speech and video, serve it, train it.',
      '',
      '  npx xllm chat --image cat.png "What is this?"',
      '  npx xllm transcribe speech.wav',
      '  npx xllm start',
      '',
      'Every command explains itself: npx xllm chat --help',
    ].join('\n'),
  },
});

/** The command line. Each command is a file in `commands/` and loads what it needs only when it runs. */
export const app = buildApplication(routes, {
  name: 'xllm',
  scanner: { caseStyle: 'allow-kebab-for-camel' },
  documentation: { useAliasInUsageLine: false },
  localization: {
    defaultLocale: 'en',
    text: {
      ...text_en,
      exceptionWhileRunningCommand: (error) => describeFailure(error),
      exceptionWhileLoadingCommandFunction: (error) => describeFailure(error),
    },
  },
  determineExitCode: () => 1,
});
