import type { ErrorCode } from '@x-llm/sdk';
import type { Kind } from './inputs.ts';
import type { Amounts, Reason } from './refused.ts';

export type Language = 'en' | 'zh';

export interface Strings {
  tagline: string;
  dropTitle: (kinds: readonly Kind[]) => string;
  dropHint: (kinds: readonly Kind[]) => string;
  examplesTitle: string;
  /** As in `exampleFiles`. */
  exampleNames: Record<Kind, readonly string[]>;
  placeholder: string;
  kinds: Record<Kind, string>;
  attach: (kinds: readonly Kind[]) => string;
  attached: string;
  remove: (name: string) => string;
  record: string;
  recordAsking: string;
  recording: string;
  recordLevel: string;
  recordKeep: string;
  recordDiscard: string;
  /** The name of a recording. */
  recorded: string;
  send: string;
  stop: string;
  newChat: string;
  otherLanguage: string;
  suggestionsTitle: string;
  suggestions: Record<Kind, readonly string[]>;
  you: string;
  thinking: string;
  stopped: string;
  retry: string;
  /** The label of the choice among several. */
  model: string;
  ready: string;
  waking: string;
  unreachable: string;
  keyTitle: string;
  keyHint: string;
  keyLabel: string;
  keySave: string;
  keyWrong: string;
  /** Why a file or a recording is not taken, and what to do. `kinds`: what the model takes. */
  refusals: Record<Reason, (amounts: Amounts | undefined, kinds: readonly Kind[]) => string>;
  log: string;
  measured: (firstMs: number, totalMs: number, tokens: number | undefined) => string;
  /** What an error means to the person; undefined leaves the server's own words. */
  error: (code: string | null) => string | undefined;
}

const things: Record<Language, Record<Kind, string>> = {
  en: { image: 'a picture', audio: 'a sound', video: 'a video' },
  zh: { image: '图片', audio: '声音', video: '视频' },
};

/** 'a picture, a sound or a video' */
const anyOf = (language: Language, kinds: readonly Kind[]) =>
  new Intl.ListFormat(language === 'zh' ? 'zh' : 'en-GB', { type: 'disjunction' }).format(
    kinds.map((kind) => things[language][kind]),
  );

const formats: Record<Kind, string> = {
  image: 'PNG, JPEG, WebP, GIF',
  audio: 'WAV, MP3, FLAC, Ogg, M4A, AAC, WebM',
  video: 'MP4, QuickTime, WebM, GIF, WebP',
};

/** All of them, each once. */
const formatsOf = (kinds: readonly Kind[], comma: string) =>
  [...new Set(kinds.flatMap((kind) => formats[kind].split(', ')))].join(comma);

/** 12.34 seconds are '12.3', 20 are '20'. */
const short = (amount = 0, unit = 1) => String(Math.round((amount / unit) * 10) / 10);

const seconds = (ms: number) => (ms / 1000).toFixed(ms < 9950 ? 2 : 1);

const chineseErrors: Record<ErrorCode, string> = {
  invalid_json: '请求不是有效的 JSON。',
  invalid_form: '表单无效。',
  invalid_type: '某个值的类型不对。',
  invalid_value: '某个值不被允许。',
  missing_required_parameter: '缺少必需的字段。',
  empty_array: '列表不能为空。',
  array_above_max_length: '列表太长。',
  unsupported_parameter: '不支持此选项。',
  unsupported_value: '不支持此值。',
  unsupported_content_part: '模型不支持这种内容。',
  context_length_exceeded: '对话超出了模型的上下文长度，请开始新对话。',
  too_many_images: '图片太多了。',
  too_many_audios: '音频太多了。',
  too_many_videos: '视频太多了。',
  invalid_base64_audio: '音频的 base64 数据无效。',
  invalid_base64_video: '视频的 base64 数据无效。',
  invalid_audio_url: '音频地址不是 data URL。',
  invalid_video_url: '视频地址不是 data URL。',
  unsupported_audio_url: '不会下载远程音频，请直接发送音频本身。',
  unsupported_video_url: '不会下载远程视频，请直接发送视频本身。',
  invalid_image: '图片已损坏或不是图片，请使用 PNG、JPEG、WebP 或 GIF。',
  invalid_base64_image: '图片的 base64 数据无效。',
  invalid_image_url: '图片地址不是 data URL。',
  unsupported_image_url: '不会下载远程图片，请直接发送图片本身。',
  unsupported_image_media_type: '不支持这种图片格式，请使用 PNG、JPEG、WebP 或 GIF。',
  image_too_large: '图片像素太多，请换一张小一些的。',
  image_parse_error: '图片无法解码，可能不完整。',
  empty_image_file: '图片是空的。',
  empty_audio_file: '声音是空的。',
  invalid_audio: '声音已损坏或不是声音，请使用 WAV、MP3、FLAC、Ogg、M4A 或 WebM。',
  unsupported_audio_format: '不支持这种声音格式，请使用 WAV、MP3、FLAC、Ogg、M4A 或 WebM。',
  audio_too_large: '声音文件太大，请换一个短一些或压缩过的。',
  audio_too_long: '声音太长，请换一个短一些的。',
  audio_parse_error: '声音无法解码，可能不完整。',
  no_audio_track: '文件里没有声音。',
  empty_video_file: '视频是空的。',
  invalid_video: '视频已损坏或不是视频，请使用 MP4、WebM、GIF 或 WebP。',
  unsupported_video_format: '不支持这种视频格式，请使用 MP4、WebM、GIF 或 WebP。',
  video_too_large: '视频文件或画面太大，请换一个小一些的。',
  video_too_long: '视频太长，请换一个短一些的。',
  video_parse_error: '视频无法解码，可能不完整。',
  no_video_track: '文件里没有画面。',
  media_timeout: '文件解码花的时间太长，请换一个短一些或小一些的。',
  invalid_api_key: 'API 密钥缺失或错误。',
  invalid_signature: '此服务器只接受网关签名的请求。',
  model_not_found: '没有这个模型。',
  not_found: '此地址没有内容。',
  method_not_allowed: '此地址不接受该方法。',
  request_timeout: '请求发送得太慢。',
  request_too_large: '请求太大，请使用小一些的文件。',
  unsupported_media_type: '不支持的请求格式。',
  rate_limit_exceeded: '请求太频繁，请稍后再试。',
  overloaded: '服务器正忙，请稍后再试。',
  internal_error: '服务器出错了，请再试一次。',
  backend_error: '后端出错了，请再试一次。',
  backend_unavailable: '后端无法访问，请稍后再试。',
  not_ready: '模型还在加载，请稍后再试。',
  draining: '服务器正在重启，请稍后再试。',
  generation_timeout: '回答花的时间太长，已停止。',
};

export const strings: Record<Language, Strings> = {
  en: {
    tagline: 'Ask about what you see and hear',
    dropTitle: (kinds) => `Drop ${anyOf('en', kinds)} here`,
    dropHint: (kinds) => `or paste one, or click to choose. ${formatsOf(kinds, ', ')}.`,
    examplesTitle: 'Or try one of these',
    exampleNames: {
      image: [
        'apple',
        'panda',
        'umbrella',
        'mushroom',
        'sailboat',
        'watermelon',
        'sunflower',
        'rocket',
        'cactus',
        'penguin',
      ],
      video: [
        'a penguin walks',
        'a sailboat sails',
        'an apple grows',
        'an umbrella falls',
        'a sunflower appears',
      ],
      audio: ['“What is this?”, spoken', '“这是什么？”, spoken'],
    },
    placeholder: 'Ask something …',
    kinds: { image: 'Picture', audio: 'Sound', video: 'Video' },
    attach: (kinds) => `Choose ${anyOf('en', kinds)}`,
    attached: 'Goes with the question',
    remove: (name) => `Remove ${name}`,
    record: 'Record a question',
    recordAsking: 'Waiting for the microphone …',
    recording: 'Recording',
    recordLevel: 'Level',
    recordKeep: 'Finish the recording',
    recordDiscard: 'Discard the recording',
    recorded: 'Recording',
    send: 'Send',
    stop: 'Stop',
    newChat: 'New chat',
    otherLanguage: '中文',
    suggestionsTitle: 'Questions to try',
    suggestions: {
      image: ['What is this?', 'Describe it.', 'What colour is it?', 'What kind of thing is it?'],
      audio: ['Answer the spoken question.', 'Write down what you hear.', 'What is said in the recording?'],
      video: ['What happens in the video?', 'What is this?', 'How does it move?', 'How does it change?'],
    },
    you: 'You',
    thinking: 'Looking …',
    stopped: 'Stopped',
    retry: 'Try again',
    model: 'Model',
    ready: 'ready',
    waking: 'The model is loading …',
    unreachable: 'The server cannot be reached. Is npm start still running?',
    keyTitle: 'One thing first: the key',
    keyHint:
      'The address that npm start prints carries it. It is also in the file .xllm/api-key. It stays in this tab.',
    keyLabel: 'API key',
    keySave: 'Continue',
    keyWrong: 'The server did not accept this key.',
    refusals: {
      empty: () => 'There is nothing in this file.',
      unknown: (_, kinds) =>
        `This file is not ${anyOf('en', kinds)} that can be used: use ${formatsOf(kinds, ', ')}.`,
      'no-image': () => 'This model does not look at pictures.',
      'no-audio': () => 'This model does not listen to sound.',
      'no-video': () => 'This model does not watch videos.',
      'too-long': (amounts) =>
        `This sound lasts ${short(amounts?.is)} seconds. The model listens to ${short(amounts?.most)} at most: use a shorter piece.`,
      'too-large': (amounts) =>
        `This file has ${short(amounts?.is, 1e6)} MB. The message has room for ${short(amounts?.most, 1e6)} MB: use a smaller one.`,
      'microphone-denied': () =>
        'The microphone is not allowed. Allow it for this page beside the address, then try again.',
      'microphone-missing': () => 'No microphone was found. Connect one, or attach a sound file.',
      'microphone-busy': () => 'The microphone could not be opened. Does another program use it?',
      'microphone-insecure': () =>
        'Browsers open the microphone only on https or localhost addresses. A sound file can be attached.',
      'recording-short': () => 'That was too short. Speak, and then finish the recording.',
      'recording-silent': () => 'Nothing was heard. Is the right microphone chosen, and switched on?',
    },
    log: 'Conversation',
    measured: (firstMs, totalMs, tokens) =>
      `first word after ${seconds(firstMs)} s, done in ${seconds(totalMs)} s${tokens === undefined ? '' : `, ${tokens} tokens`}`,
    error: (code) => (code === 'context_length_exceeded' ? 'This chat is full: start a new one.' : undefined),
  },
  zh: {
    tagline: '看图、听音、看视频问答',
    dropTitle: (kinds) => `把${anyOf('zh', kinds)}拖到这里`,
    dropHint: (kinds) => `也可以粘贴，或点击选择。支持 ${formatsOf(kinds, '、')}。`,
    examplesTitle: '或者试试这些',
    exampleNames: {
      image: ['苹果', '熊猫', '雨伞', '蘑菇', '帆船', '西瓜', '向日葵', '火箭', '仙人掌', '企鹅'],
      video: ['企鹅在走', '帆船在行驶', '苹果变大', '雨伞落下', '向日葵出现'],
      audio: ['语音：“What is this?”', '语音：“这是什么？”'],
    },
    placeholder: '输入问题……',
    kinds: { image: '图片', audio: '声音', video: '视频' },
    attach: (kinds) => `选择${anyOf('zh', kinds)}`,
    attached: '随问题发送',
    remove: (name) => `移除${name}`,
    record: '录下问题',
    recordAsking: '正在等待麦克风……',
    recording: '正在录音',
    recordLevel: '音量',
    recordKeep: '完成录音',
    recordDiscard: '放弃录音',
    recorded: '录音',
    send: '发送',
    stop: '停止',
    newChat: '新对话',
    otherLanguage: 'English',
    suggestionsTitle: '可以这样问',
    suggestions: {
      image: ['这是什么？', '描述一下。', '它是什么颜色的？', '它属于哪一类？'],
      audio: ['请回答语音中的问题。', '请听写这段语音。', '语音里说了什么？'],
      video: ['视频里发生了什么？', '这是什么？', '它怎么动？', '它有什么变化？'],
    },
    you: '你',
    thinking: '正在看……',
    stopped: '已停止',
    retry: '重试',
    model: '模型',
    ready: '就绪',
    waking: '模型正在加载……',
    unreachable: '无法连接服务器。npm start 还在运行吗？',
    keyTitle: '先输入密钥',
    keyHint: 'npm start 打印的地址里就有密钥，也可以在文件 .xllm/api-key 中找到。密钥只保存在此标签页中。',
    keyLabel: 'API 密钥',
    keySave: '继续',
    keyWrong: '服务器不接受这个密钥。',
    refusals: {
      empty: () => '这个文件是空的。',
      unknown: (_, kinds) => `这个文件不是可用的${anyOf('zh', kinds)}：请使用 ${formatsOf(kinds, '、')}。`,
      'no-image': () => '这个模型不看图片。',
      'no-audio': () => '这个模型不听声音。',
      'no-video': () => '这个模型不看视频。',
      'too-long': (amounts) =>
        `这段声音有 ${short(amounts?.is)} 秒，模型最多听 ${short(amounts?.most)} 秒，请换一段短一些的。`,
      'too-large': (amounts) =>
        `这个文件有 ${short(amounts?.is, 1e6)} MB，消息里只放得下 ${short(amounts?.most, 1e6)} MB，请换一个小一些的。`,
      'microphone-denied': () => '没有使用麦克风的权限。请在地址栏旁允许此页面使用麦克风，然后重试。',
      'microphone-missing': () => '没有找到麦克风。请接上麦克风，或选择一个声音文件。',
      'microphone-busy': () => '无法打开麦克风。是否有其他程序正在使用它？',
      'microphone-insecure': () => '浏览器只在 https 或 localhost 地址上打开麦克风。可以改为选择声音文件。',
      'recording-short': () => '录音太短了。请先说话，再完成录音。',
      'recording-silent': () => '什么也没有听到。麦克风选对了吗？打开了吗？',
    },
    log: '对话',
    measured: (firstMs, totalMs, tokens) =>
      `${seconds(firstMs)} 秒后开始，共 ${seconds(totalMs)} 秒${tokens === undefined ? '' : `，${tokens} 个词元`}`,
    error: (code) =>
      code !== null && Object.hasOwn(chineseErrors, code) ? chineseErrors[code as ErrorCode] : undefined,
  },
};

const remembered = 'x-llm.language';

export function initialLanguage(): Language {
  const saved = localStorage.getItem(remembered);
  if (saved === 'en' || saved === 'zh') return saved;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(remembered, language);
}
