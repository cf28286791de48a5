import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenJson } from '../testing.ts';
import { AnswerCleaner, type CleanUp } from './clean-up.ts';
import { chatTemplate, chatTemplates } from './render.ts';

const { cleanUp } = chatTemplates['chatglm-6b'];

function clean(pieces: readonly string[], how: CleanUp = cleanUp): string[] {
  const cleaner = new AnswerCleaner(how);
  return [...pieces.map((piece) => cleaner.push(piece)), cleaner.flush()];
}

/** The reference, one expression after the other over the whole text. */
function reference(text: string): string {
  let done = text.trim().replaceAll('[[训练时间]]', '2023年');
  for (const [half, full] of [',，', '!！', ':：', ';；', '?？'].map((pair) => [...pair])) {
    done = done.replace(new RegExp(`([\\u4e00-\\u9fff])\\${half}`, 'g'), `$1${full}`);
    done = done.replace(new RegExp(`\\${half}([\\u4e00-\\u9fff])`, 'g'), `${full}$1`);
  }
  return done;
}

describe('ChatGLM-6B’s answers', () => {
  it.each([
    ['你好!我是ChatGLM-6B,很高兴见到你,欢迎问我.', '你好！我是ChatGLM-6B，很高兴见到你，欢迎问我.'],
    ['Hello, Tom! It is 3:30; is it?', 'Hello, Tom! It is 3:30; is it?'],
    ['比分3:2,好?!', '比分3:2，好？!'],
    ['中,,文', '中，，文'],
    ['中,,,文', '中，,，文'],
    ['中文 , 英文', '中文 , 英文'],
    ['我训练于[[训练时间]],是吗?', '我训练于2023年，是吗？'],
    ['a,[[训练时间]]', 'a,2023年'],
    ['[[[训练时间]]]', '[2023年]'],
    [' \n你好 a \n', '你好 a'],
    ['  \n', ''],
    ['㐀,かな,한글', '㐀,かな,한글'],
  ])('%j are %j', (written, read) => {
    expect(clean([written]).join('')).toBe(read);
    expect(clean([...written]).join('')).toBe(read);
    expect(reference(written)).toBe(read);
  });

  it('are those of the reference, however they come', () => {
    const letter = fc.constantFrom(...'中文龥a1,!:;?，。 \n[]', '[[训练时间]]', '[[训练', '时间]]', '𠀀');
    const pieces = fc.array(fc.array(letter, { maxLength: 4 }).map((letters) => letters.join('')));
    fc.assert(
      fc.property(pieces, (given) => {
        expect(clean(given).join('')).toBe(reference(given.join('')));
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, string[], string[]]>([
    ['what Chinese precedes at once', ['你好', ',', 'a'], ['你好', '，', 'a', '']],
    ['what may precede Chinese a letter later', ['ok', '!', '好'], ['ok', '', '！好', '']],
    ['the last sign at the end', ['ok', '!'], ['ok', '', '!']],
    ['blanks before what follows them', ['a ', ' ', 'b'], ['a', '', '  b', '']],
    ['a placeholder that is none', ['[[训', '马'], ['', '[[训马', '']],
  ])('send %s', (_, pieces, sent) => {
    expect(clean(pieces)).toEqual(sent);
  });

  it('begin anew after one', () => {
    const cleaner = new AnswerCleaner(cleanUp);
    expect([cleaner.push('好'), cleaner.flush(), cleaner.push(' ,a'), cleaner.flush()]).toEqual([
      '好',
      '',
      ',a',
      '',
    ]);
  });
});

type Golden = Readonly<Record<'response' | 'chatglm-6b' | 'chatglm2-6b', string>>;
const golden = goldenJson<{ process_response: Golden[] }>('chat-templates.json').process_response;

describe.each(['chatglm-6b', 'chatglm2-6b'] as const)('answers of %s', (name) => {
  it.each(golden)('$response', (row) => {
    expect(cleaned(name, row.response)).toEqual([row[name], row[name]]);
  });
});

describe.each(['chatglm3-6b', 'glm-4'] as const)('answers of %s', (name) => {
  it.each([
    ['begin behind the empty line of their metadata', '\n 你好,\n世界! \n', '你好,\n世界!'],
    ['begin behind blanks for metadata', ' \n\n  hi', 'hi'],
    ['may have no such line', '你好👋!', '你好👋!'],
    ['say when they were taught', '\n 训练于[[训练时间]],是吗?', '训练于2023年,是吗?'],
    ['keep the name of a tool', 'tool\n ```python\n```\n', 'tool\n ```python\n```'],
  ])('%s', (_, written, read) => {
    expect(cleaned(name, written)).toEqual([read, read]);
  });
});

/** An answer put right as its template has it: at once, and letter by letter. */
function cleaned(name: string, written: string): string[] {
  const how = chatTemplate(name).cleanUp;
  return how ? [clean([written], how), clean([...written], how)].map((pieces) => pieces.join('')) : [];
}
