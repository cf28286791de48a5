import { createInterface } from 'node:readline/promises';
import { APIUserAbortError, type ChatMessage } from '@x-llm/sdk';
import { describeFailure } from '../user-error.ts';
import { type Answerer, ask } from './ask.ts';
import { isMediaKind, type MediaPart, readMedium } from './media.ts';

const help = `  /image FILE   ask about another picture (also /audio, /video)
  /new          forget the conversation
  /quit         leave (also Ctrl-D)`;

/** A conversation on the terminal. Ctrl-C stops an answer, and leaves when there is none. */
export async function converse(answerer: Answerer, media: MediaPart[]): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '› ' });
  let pending = media;
  let messages: ChatMessage[] = [];
  let running: AbortController | undefined;
  terminal.on('SIGINT', () => {
    if (running === undefined) terminal.close();
    else running.abort();
  });

  // Piped input ends before its questions are answered.
  let ended = false;
  terminal.on('close', () => {
    ended = true;
  });

  console.log(`Ask away.\n${help}`);
  terminal.prompt();
  for await (const line of terminal) {
    const [command = '', ...rest] = line.trim().split(/\s+/);
    const kind = command.startsWith('/') ? command.slice(1) : '';
    try {
      if (command === '/quit') break;
      if (command === '/new') {
        messages = [];
        pending = media;
      } else if (isMediaKind(kind)) {
        pending = [await readMedium(kind, rest.join(' '))];
        messages = [];
      } else if (command.startsWith('/')) {
        console.log(help);
      } else if (command !== '') {
        const question: ChatMessage = {
          role: 'user',
          content: [...pending, { type: 'text', text: line.trim() }],
        };
        running = new AbortController();
        const text = await ask(answerer, [...messages, question], process.stdout, running.signal);
        // Only what was answered becomes part of the conversation.
        messages = [...messages, question, { role: 'assistant', content: text }];
        pending = [];
      }
    } catch (error) {
      if (error instanceof APIUserAbortError) console.log('\n(stopped)');
      else console.error(describeFailure(error));
    } finally {
      running = undefined;
    }
    if (!ended) terminal.prompt();
  }
  terminal.close();
}
