// Generated from openapi/ by `npm run generate -w @x-llm/contract`. Do not edit.
export interface paths {
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a conversation of text, pictures, speech and video
         * @description With `stream: true` the answer is server-sent events: headers go out at once, a comment line
         *     (`: ping`) at least every 5 s while the model is not yet talking, then one `data:` line per chunk.
         *     The first chunk carries `delta.role`, exactly one carries `finish_reason`, with
         *     `stream_options.include_usage` the last has `choices: []` and the usage, and `data: [DONE]` ends the
         *     stream. A failure after the headers arrives as `data: {"error": {…}}` and ends it as well.
         *     Closing the connection stops the model.
         */
        post: operations["createChatCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audio/transcriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write down what is said in a sound file
         * @description A file longer than what the model hears at once is cut at its quietest places, and the pieces are
         *     transcribed one after the other.
         *
         *     With `stream=true` the answer is server-sent events: `transcript.text.delta` as the text comes, then one
         *     `transcript.text.done` with the whole text and the usage, and `data: [DONE]`. Comments, failures and a
         *     client that leaves are as in chat completions.
         */
        post: operations["createTranscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the models */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look one model up */
        get: operations["retrieveModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can the models answer now */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counters for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Text. */
        TextContentPart: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "text";
            text: string;
        };
        /** @description Here only parts of type `text` are taken; pictures belong in user messages. */
        TextOnlyContentPart: components["schemas"]["TextContentPart"];
        /** @description Instructions for the whole conversation. */
        SystemMessage: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            role: "system";
            content: string | components["schemas"]["TextOnlyContentPart"][];
        };
        /** @description OpenAI's newer name for a system message; treated as one. */
        DeveloperMessage: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            role: "developer";
            content: string | components["schemas"]["TextOnlyContentPart"][];
        };
        /** @description A picture. */
        ImageContentPart: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "image_url";
            image_url: {
                /** @description A data URL, `data:image/png;base64,…`, of a PNG, JPEG, WebP or GIF (its first frame). Remote addresses are refused. */
                url: string;
                /**
                 * @description The model sees every picture at one small size, which is `low`; `high` is refused.
                 * @enum {unknown}
                 */
                detail?: "auto" | "low" | null;
            };
        };
        /**
         * @description What kind of sound file it is; the file must be of that kind.
         * @enum {unknown}
         */
        AudioFormat: "wav" | "mp3" | "flac" | "ogg" | "opus" | "m4a" | "mp4" | "aac" | "webm";
        /** @description Speech, as in OpenAI's API. */
        InputAudioContentPart: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "input_audio";
            input_audio: {
                /** @description The file in base64, without a `data:` head. */
                data: string;
                format: components["schemas"]["AudioFormat"];
            };
        };
        /** @description Speech, as in vLLM's API. */
        AudioUrlContentPart: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "audio_url";
            audio_url: {
                /** @description A data URL, `data:audio/wav;base64,…`. The kind of file is read from its bytes. Remote addresses are refused. */
                url: string;
            };
        };
        /**
         * @description What kind of video file it is; the file must be of that kind.
         * @enum {unknown}
         */
        VideoFormat: "mp4" | "mov" | "webm" | "mkv" | "gif" | "webp";
        /** @description A video, in the form of `input_audio`. */
        InputVideoContentPart: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "input_video";
            input_video: {
                /** @description The file in base64, without a `data:` head. */
                data: string;
                format: components["schemas"]["VideoFormat"];
            };
        };
        /** @description A video, as in vLLM's API. */
        VideoUrlContentPart: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "video_url";
            video_url: {
                /** @description A data URL, `data:video/mp4;base64,…`. The kind of file is read from its bytes. Remote addresses are refused. */
                url: string;
            };
        };
        /** @description Parts of type `text`, `image_url`, `input_audio`, `audio_url`, `input_video` and `video_url` are taken. */
        ContentPart: components["schemas"]["TextContentPart"] | components["schemas"]["ImageContentPart"] | components["schemas"]["InputAudioContentPart"] | components["schemas"]["AudioUrlContentPart"] | components["schemas"]["InputVideoContentPart"] | components["schemas"]["VideoUrlContentPart"];
        /** @description What the person says and shows. */
        UserMessage: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            role: "user";
            content: string | components["schemas"]["ContentPart"][];
        };
        /** @description What the model said before. */
        AssistantMessage: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            role: "assistant";
            content: string | components["schemas"]["TextOnlyContentPart"][];
            /** @description Not supported. */
            tool_calls?: unknown[] | null;
            /** @description Not supported. */
            function_call?: null;
            /** @description Not supported. */
            audio?: null;
        };
        /** @description One turn; its role is system, developer, user or assistant. */
        ChatMessage: components["schemas"]["SystemMessage"] | components["schemas"]["DeveloperMessage"] | components["schemas"]["UserMessage"] | components["schemas"]["AssistantMessage"];
        /** @description A conversation and how to answer it. */
        ChatCompletionRequest: {
            /**
             * @description The id of a model that `GET /v1/models` lists.
             * @example x-llm-tiny
             */
            model: string;
            /** @description The conversation so far, oldest first; the model writes the next assistant message. System and developer messages come first; then user and assistant take turns, and the user has the last word. Messages of one role in a row are one turn, with their texts on lines of their own. */
            messages: components["schemas"]["ChatMessage"][];
            /** @description 0 always takes the likeliest token. Left out, the model's own default holds. */
            temperature?: number | null;
            /** @description Sample among the likeliest tokens whose probabilities add up to this. */
            top_p?: number | null;
            /** @description Sample among this many likeliest tokens. Left out, the model's own default holds. An extension to OpenAI's request, as in vLLM. */
            top_k?: number | null;
            /** @description Above 1, tokens that were read or written already become less likely; with some models only those written. Left out, the model's own default holds. An extension, as in vLLM. */
            repetition_penalty?: number | null;
            /** @description The same request with the same seed gets the same answer. */
            seed?: number | null;
            /** @description Up to four strings that end the answer; they are not part of it. */
            stop?: string | string[] | null;
            /** @description The most tokens to write. Left out, whatever the context has room for. */
            max_completion_tokens?: number | null;
            /**
             * @deprecated
             * @description The older name of `max_completion_tokens`; when both are given they must agree.
             */
            max_tokens?: number | null;
            /** @description Send the answer as server-sent events while it is written. */
            stream?: boolean | null;
            /** @description Only together with `stream`. */
            stream_options?: {
                /** @description End the stream with a chunk that carries the usage. */
                include_usage?: boolean | null;
                /**
                 * @description Not supported; only false is taken.
                 * @enum {unknown}
                 */
                include_obfuscation?: false | null;
            } | null;
            /** @description How media are read, as in vLLM. */
            media_io_kwargs?: {
                /** @description Which frames of every video the model looks at. */
                video?: {
                    /** @description At most this many frames; a model has a largest number of its own. Left out, the model's number. */
                    num_frames?: number | null;
                    /** @description So many frames for each second, from the beginning until there are `num_frames`: as X-LLM's own code reads videos, where vLLM spreads them over the whole. Left out, they are spread evenly. */
                    fps?: number | null;
                } | null;
            } | null;
            /** @description What else is made of media, as in vLLM. */
            mm_processor_kwargs?: {
                /** @description The sound of every video is heard as speech, too. A video without sound is only watched. */
                use_audio_in_video?: boolean | null;
            } | null;
            /** @description Your own label for the end user. It goes into the server's log line and nowhere else. */
            user?: string | null;
            /**
             * @description One answer per request.
             * @enum {unknown}
             */
            n?: 1 | null;
            /**
             * @description Not supported.
             * @enum {unknown}
             */
            logprobs?: false | null;
            /**
             * @description Not supported.
             * @enum {unknown}
             */
            top_logprobs?: 0 | null;
            /** @description Not supported; only an empty one is taken. */
            logit_bias?: Record<string, never> | null;
            /**
             * @description Not supported; only 0 is taken.
             * @enum {unknown}
             */
            presence_penalty?: 0 | null;
            /**
             * @description Not supported; only 0 is taken.
             * @enum {unknown}
             */
            frequency_penalty?: 0 | null;
            /**
             * @description Not supported; only 0 is taken.
             * @enum {unknown}
             */
            min_p?: 0 | null;
            /** @description Text only. */
            response_format?: {
                /** @enum {unknown} */
                type: "text";
            } | null;
            /** @description Not supported; only an empty list is taken. */
            tools?: unknown[] | null;
            /**
             * @description Not supported; with no tools, `none` and `auto` mean the same and are taken.
             * @enum {unknown}
             */
            tool_choice?: "none" | "auto" | null;
            /** @description Not supported. */
            parallel_tool_calls?: null;
            /** @description Not supported. */
            functions?: unknown[] | null;
            /**
             * @description Not supported.
             * @enum {unknown}
             */
            function_call?: "none" | "auto" | null;
            /** @description The answer is text. */
            modalities?: "text"[] | null;
            /** @description Not supported. */
            audio?: null;
            /** @description Not supported. */
            prediction?: null;
            /**
             * @description The model does not reason; only `none` is taken.
             * @enum {unknown}
             */
            reasoning_effort?: "none" | null;
            /**
             * @description Not supported; only `medium`, the default, is taken.
             * @enum {unknown}
             */
            verbosity?: "medium" | null;
            /** @description Not supported. */
            web_search_options?: null;
            /**
             * @description Nothing is stored; only false is taken.
             * @enum {unknown}
             */
            store?: false | null;
            /**
             * @description There is one tier.
             * @enum {unknown}
             */
            service_tier?: "auto" | "default" | null;
            /** @description Not supported. */
            guided_json?: null;
            /** @description Not supported. */
            guided_regex?: null;
            /** @description Not supported. */
            guided_choice?: null;
            /** @description Not supported. */
            guided_grammar?: null;
        };
        /**
         * @description The family of the error.
         * @enum {string}
         */
        ErrorType: "invalid_request_error" | "rate_limit_error" | "server_error";
        /**
         * @description Exactly what went wrong. `packages/contract/src/errors.ts` gives each its status and message.
         * @enum {string}
         */
        ErrorCode: "invalid_json" | "invalid_form" | "invalid_type" | "invalid_value" | "missing_required_parameter" | "empty_array" | "array_above_max_length" | "unsupported_parameter" | "unsupported_value" | "unsupported_content_part" | "context_length_exceeded" | "too_many_images" | "too_many_audios" | "too_many_videos" | "invalid_base64_audio" | "invalid_base64_video" | "invalid_audio_url" | "invalid_video_url" | "unsupported_audio_url" | "unsupported_video_url" | "invalid_image" | "invalid_base64_image" | "invalid_image_url" | "unsupported_image_url" | "unsupported_image_media_type" | "image_too_large" | "image_parse_error" | "empty_image_file" | "empty_audio_file" | "invalid_audio" | "unsupported_audio_format" | "audio_too_large" | "audio_too_long" | "audio_parse_error" | "no_audio_track" | "empty_video_file" | "invalid_video" | "unsupported_video_format" | "video_too_large" | "video_too_long" | "video_parse_error" | "no_video_track" | "media_timeout" | "invalid_api_key" | "invalid_signature" | "model_not_found" | "not_found" | "method_not_allowed" | "request_timeout" | "request_too_large" | "unsupported_media_type" | "rate_limit_exceeded" | "overloaded" | "internal_error" | "backend_error" | "backend_unavailable" | "not_ready" | "draining" | "generation_timeout";
        /** @description OpenAI's error envelope; all four keys are always there. */
        ErrorResponse: {
            error: {
                /** @description For a person; what happened and what to do. */
                message: string;
                type: components["schemas"]["ErrorType"];
                /** @description The field to blame, as in `messages[0].content[1].image_url.url`. */
                param: string | null;
                code: components["schemas"]["ErrorCode"];
            };
        };
        /**
         * @description `stop`: the model ended or a stop string came. `length`: the token limit or the context was reached.
         * @enum {string}
         */
        FinishReason: "stop" | "length";
        /** @description Tokens read and written. */
        Usage: {
            prompt_tokens: number;
            completion_tokens: number;
            total_tokens: number;
            /** @description Where the prompt's tokens came from; they add up to `prompt_tokens`. */
            prompt_tokens_details: {
                text_tokens: number;
                image_tokens: number;
                audio_tokens: number;
                /** @description Of the pictures in videos; their sound counts as audio. */
                video_tokens: number;
            };
        };
        /** @description A whole answer. */
        ChatCompletion: {
            id: string;
            /** @constant */
            object: "chat.completion";
            /** @description Unix time in seconds. */
            created: number;
            model: string;
            choices: {
                index: number;
                message: {
                    /** @constant */
                    role: "assistant";
                    content: string;
                    refusal: null;
                };
                logprobs: null;
                finish_reason: components["schemas"]["FinishReason"];
            }[];
            usage: components["schemas"]["Usage"];
        };
        /** @description A piece of a streamed answer; `id`, `created` and `model` are the same in all of them. */
        ChatCompletionChunk: {
            id: string;
            /** @constant */
            object: "chat.completion.chunk";
            /** @description Unix time in seconds. */
            created: number;
            model: string;
            /** @description Empty in the chunk that carries the usage. */
            choices: {
                index: number;
                delta: {
                    /** @constant */
                    role?: "assistant";
                    content?: string;
                    refusal?: null;
                };
                logprobs: null;
                finish_reason: components["schemas"]["FinishReason"] | null;
            }[];
            /** @description With `include_usage`, null until the last chunk. */
            usage?: components["schemas"]["Usage"] | null;
        };
        /** @description The JSON of one `data:` line; the line `data: [DONE]` ends the stream. */
        ChatCompletionStreamEvent: components["schemas"]["ChatCompletionChunk"] | components["schemas"]["ErrorResponse"];
        /** @description A sound file and how to write it down. A field given twice is refused. */
        TranscriptionRequest: {
            /**
             * Format: binary
             * @description The sound file, of ten minutes at most; the whole request may have 16 MiB. What kind it is is read from its bytes.
             */
            file: string;
            /**
             * @description The id of a model that `GET /v1/models` lists.
             * @example x-llm-tiny
             */
            model: string;
            /**
             * @description The language that is spoken; `en` or `zh`. Left out, the model finds out.
             * @enum {string|null}
             */
            language?: "en" | "zh" | null;
            /** @description What the model is asked in place of its own question. Left out, the question it was trained with. */
            prompt?: string | null;
            /**
             * @description Left out, `json`.
             * @enum {unknown}
             */
            response_format?: "json" | "text" | "srt" | "verbose_json" | "vtt" | null;
            /** @description 0 always takes the likeliest. Left out, the model's own default holds. */
            temperature?: number | null;
            /** @description `timestamp_granularities[]`, once or twice: what `verbose_json` lists with times. Left out, segments. Only with `verbose_json`. */
            timestamp_granularities?: ("word" | "segment")[] | null;
            /** @description Send the text as server-sent events while it is written. Only with `json` and `text`. */
            stream?: boolean | null;
            /** @description Not supported. */
            include?: unknown[] | null;
            /**
             * @description Long files are always cut at quiet places, which is `auto`.
             * @enum {unknown}
             */
            chunking_strategy?: "auto" | null;
            /** @description Not supported. */
            keywords?: null;
            /** @description Not supported. */
            languages?: null;
            /** @description Not supported. */
            known_speaker_names?: null;
            /** @description Not supported. */
            known_speaker_references?: null;
        };
        /** @description Tokens heard and written. */
        TranscriptionUsage: {
            /** @constant */
            type: "tokens";
            input_tokens: number;
            /** @description They add up to `input_tokens`. */
            input_token_details: {
                text_tokens: number;
                audio_tokens: number;
            };
            output_tokens: number;
            total_tokens: number;
        };
        /** @description What was said (`json`). */
        Transcription: {
            text: string;
            usage: components["schemas"]["TranscriptionUsage"];
        };
        /** @description A stretch of the text with its time. What OpenAI adds and this server does not measure (log probabilities, token numbers) is left out. */
        TranscriptionSegment: {
            id: number;
            /** @description Where the piece of the file begins that was transcribed at once, in hundredths of a second. */
            seek: number;
            start: number;
            end: number;
            text: string;
        };
        TranscriptionWord: {
            /** @description A word, or a character of Chinese, without the stops and quotes around it. */
            word: string;
            start: number;
            end: number;
        };
        /** @description What was said and when (`verbose_json`). Times are seconds from the start of the file. */
        VerboseTranscription: {
            /** @constant */
            task: "transcribe";
            /**
             * @description As the request named it; otherwise by the script of the text.
             * @enum {string}
             */
            language: "english" | "chinese" | "unknown";
            /** @description Of the file, in seconds. */
            duration: number;
            text: string;
            /** @description Sentences, or what is said between two pauses. */
            segments?: components["schemas"]["TranscriptionSegment"][];
            /** @description English words, Chinese characters. */
            words?: components["schemas"]["TranscriptionWord"][];
            usage: {
                /** @constant */
                type: "duration";
                seconds: number;
            };
        };
        /** @description More of the text. */
        TranscriptionTextDelta: {
            /** @constant */
            type: "transcript.text.delta";
            delta: string;
        };
        /** @description The whole text. */
        TranscriptionTextDone: {
            /** @constant */
            type: "transcript.text.done";
            text: string;
            usage: components["schemas"]["TranscriptionUsage"];
        };
        /** @description The JSON of one `data:` line; the line `data: [DONE]` ends the stream. */
        TranscriptionStreamEvent: components["schemas"]["TranscriptionTextDelta"] | components["schemas"]["TranscriptionTextDone"] | components["schemas"]["ErrorResponse"];
        /** @description A model, with what a client needs to know to use it well. */
        Model: {
            /** @example x-llm-tiny */
            id: string;
            /** @constant */
            object: "model";
            /** @description Unix time in seconds. */
            created: number;
            owned_by: string;
            /** @description The most tokens of prompt and answer together. */
            context_length: number;
            /** @description Pictures are resized to this many pixels in width and height; 0 for a model that sees none. */
            image_size: number;
            /** @description How it hears; null for a model that does not. */
            audio: {
                /** @description Sound is resampled to this rate, in Hz. */
                sample_rate: number;
                /** @description The longest piece of sound in a message. Transcriptions may be of longer ones. */
                max_seconds: number;
            } | null;
            /** @description How it watches; null for a model that does not. */
            video: {
                /** @description How many frames of a video it looks at. */
                frames: number;
                /** @description Frames are resized to this many pixels in width and height. */
                size: number;
            } | null;
            /** @description What a user message may hold. */
            input_modalities: ("text" | "image" | "audio" | "video")[];
        };
        ModelList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Model"][];
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        Readiness: {
            /** @constant */
            status: "ready";
            /** @description The ids of all models that are loaded, as `GET /v1/models` lists them. */
            models: string[];
        };
    };
    responses: {
        /** @description Refused (4xx) or failed (5xx). `code` says exactly why; `param` names the field to blame. */
        Error: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Names this request in the server's log. The caller's own `x-request-id` is kept when it is 1 to 128 characters of `A-Z a-z 0-9 . _ : -`, else one is made. */
        RequestId: string;
        /** @description Whole seconds to wait before another attempt. */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createChatCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatCompletionRequest"];
            };
        };
        responses: {
            /** @description The answer, whole or as a stream. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletion"];
                    "text/event-stream": components["schemas"]["ChatCompletionStreamEvent"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    createTranscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["TranscriptionRequest"];
            };
        };
        responses: {
            /** @description The text, in the format that was asked for. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transcription"] | components["schemas"]["VerboseTranscription"];
                    "text/plain": string;
                    "text/event-stream": components["schemas"]["TranscriptionStreamEvent"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every model this server answers for. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    retrieveModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The model's id.
                 * @example x-llm-tiny
                 */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers. Says nothing about the model; see `/readyz`. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A request sent now is answered. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text exposition format 0.0.4. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
