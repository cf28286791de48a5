// Generated from openapi/ by `npm run generate -w @x-llm/contract`. Do not edit.
"use strict";
export const ChatCompletionRequest = validate20;
const schema31 = {"$id":"ChatCompletionRequest","$ref":"openapi#/components/schemas/ChatCompletionRequest"};
const schema33 = {"type":"object","description":"A conversation and how to answer it.","required":["model","messages"],"properties":{"model":{"type":"string","minLength":1,"description":"The id of a model that `GET /v1/models` lists.","examples":["x-llm-tiny"]},"messages":{"type":"array","minItems":1,"maxItems":512,"description":"The conversation so far, oldest first; the model writes the next assistant message. System and developer messages come first; then user and assistant take turns, and the user has the last word. Messages of one role in a row are one turn, with their texts on lines of their own.","items":{"$ref":"#/components/schemas/ChatMessage"}},"temperature":{"type":["number","null"],"minimum":0,"maximum":2,"description":"0 always takes the likeliest token. Left out, the model's own default holds."},"top_p":{"type":["number","null"],"minimum":0,"maximum":1,"description":"Sample among the likeliest tokens whose probabilities add up to this."},"top_k":{"type":["integer","null"],"minimum":1,"maximum":2147483647,"description":"Sample among this many likeliest tokens. Left out, the model's own default holds. An extension to OpenAI's request, as in vLLM."},"repetition_penalty":{"type":["number","null"],"minimum":0.01,"maximum":2,"description":"Above 1, tokens that were read or written already become less likely; with some models only those written. Left out, the model's own default holds. An extension, as in vLLM."},"seed":{"type":["integer","null"],"minimum":-9007199254740991,"maximum":9007199254740991,"description":"The same request with the same seed gets the same answer."},"stop":{"type":["string","array","null"],"minLength":1,"maxItems":4,"description":"Up to four strings that end the answer; they are not part of it.","items":{"type":"string","minLength":1}},"max_completion_tokens":{"type":["integer","null"],"minimum":1,"maximum":2147483647,"description":"The most tokens to write. Left out, whatever the context has room for."},"max_tokens":{"type":["integer","null"],"minimum":1,"maximum":2147483647,"deprecated":true,"description":"The older name of `max_completion_tokens`; when both are given they must agree."},"stream":{"type":["boolean","null"],"description":"Send the answer as server-sent events while it is written."},"stream_options":{"type":["object","null"],"description":"Only together with `stream`.","properties":{"include_usage":{"type":["boolean","null"],"description":"End the stream with a chunk that carries the usage."},"include_obfuscation":{"enum":[false,null],"x-error-code":"unsupported_parameter","description":"Not supported; only false is taken."}}},"media_io_kwargs":{"type":["object","null"],"description":"How media are read, as in vLLM.","properties":{"video":{"type":["object","null"],"description":"Which frames of every video the model looks at.","properties":{"num_frames":{"type":["integer","null"],"minimum":1,"maximum":1024,"description":"At most this many frames; a model has a largest number of its own. Left out, the model's number."},"fps":{"type":["number","null"],"exclusiveMinimum":0,"maximum":240,"description":"So many frames for each second, from the beginning until there are `num_frames`: as X-LLM's own code reads videos, where vLLM spreads them over the whole. Left out, they are spread evenly."}}}}},"mm_processor_kwargs":{"type":["object","null"],"additionalProperties":false,"x-error-code":"unsupported_parameter","description":"What else is made of media, as in vLLM.","properties":{"use_audio_in_video":{"type":["boolean","null"],"description":"The sound of every video is heard as speech, too. A video without sound is only watched."}}},"user":{"type":["string","null"],"maxLength":512,"description":"Your own label for the end user. It goes into the server's log line and nowhere else."},"n":{"enum":[1,null],"x-error-code":"unsupported_value","description":"One answer per request."},"logprobs":{"enum":[false,null],"x-error-code":"unsupported_parameter","description":"Not supported."},"top_logprobs":{"enum":[0,null],"x-error-code":"unsupported_parameter","description":"Not supported."},"logit_bias":{"type":["object","null"],"maxProperties":0,"x-error-code":"unsupported_parameter","description":"Not supported; only an empty one is taken."},"presence_penalty":{"enum":[0,null],"x-error-code":"unsupported_parameter","description":"Not supported; only 0 is taken."},"frequency_penalty":{"enum":[0,null],"x-error-code":"unsupported_parameter","description":"Not supported; only 0 is taken."},"min_p":{"enum":[0,null],"x-error-code":"unsupported_parameter","description":"Not supported; only 0 is taken."},"response_format":{"type":["object","null"],"x-error-code":"unsupported_value","required":["type"],"description":"Text only.","properties":{"type":{"enum":["text"],"x-error-code":"unsupported_value"}}},"tools":{"type":["array","null"],"maxItems":0,"x-error-code":"unsupported_parameter","description":"Not supported; only an empty list is taken."},"tool_choice":{"enum":["none","auto",null],"x-error-code":"unsupported_parameter","description":"Not supported; with no tools, `none` and `auto` mean the same and are taken."},"parallel_tool_calls":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"functions":{"type":["array","null"],"maxItems":0,"x-error-code":"unsupported_parameter","description":"Not supported."},"function_call":{"enum":["none","auto",null],"x-error-code":"unsupported_parameter","description":"Not supported."},"modalities":{"type":["array","null"],"maxItems":1,"x-error-code":"unsupported_value","description":"The answer is text.","items":{"enum":["text"],"x-error-code":"unsupported_value"}},"audio":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"prediction":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"reasoning_effort":{"enum":["none",null],"x-error-code":"unsupported_parameter","description":"The model does not reason; only `none` is taken."},"verbosity":{"enum":["medium",null],"x-error-code":"unsupported_parameter","description":"Not supported; only `medium`, the default, is taken."},"web_search_options":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"store":{"enum":[false,null],"x-error-code":"unsupported_parameter","description":"Nothing is stored; only false is taken."},"service_tier":{"enum":["auto","default",null],"x-error-code":"unsupported_value","description":"There is one tier."},"guided_json":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"guided_regex":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"guided_choice":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"guided_grammar":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."}}};
const schema34 = {"type":"object","description":"One turn; its role is system, developer, user or assistant.","required":["role"],"discriminator":{"propertyName":"role"},"oneOf":[{"$ref":"#/components/schemas/SystemMessage"},{"$ref":"#/components/schemas/DeveloperMessage"},{"$ref":"#/components/schemas/UserMessage"},{"$ref":"#/components/schemas/AssistantMessage"}]};
const schema35 = {"type":"object","description":"Instructions for the whole conversation.","required":["role","content"],"properties":{"role":{"type":"string","const":"system"},"content":{"type":["string","array"],"minItems":1,"items":{"$ref":"#/components/schemas/TextOnlyContentPart"}}}};
const schema36 = {"type":"object","description":"Here only parts of type `text` are taken; pictures belong in user messages.","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/components/schemas/TextContentPart"}]};
const schema37 = {"type":"object","description":"Text.","required":["type","text"],"properties":{"type":{"type":"string","const":"text"},"text":{"type":"string"}}};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
validate25.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema36.required,parentSchema:schema36,data}];
return false;
}
else {
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "text"){
const _errs3 = errors;
if(errors === _errs3){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.type === undefined) && (missing1 = "type")) || ((data.text === undefined) && (missing1 = "text"))){
validate25.errors = [{instancePath,schemaPath:"#/components/schemas/TextContentPart/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema37.required,parentSchema:schema37,data}];
return false;
}
else {
if(data.type !== undefined){
let data0 = data.type;
const _errs5 = errors;
if(typeof data0 !== "string"){
validate25.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/TextContentPart/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.properties.type.type,parentSchema:schema37.properties.type,data:data0}];
return false;
}
if("text" !== data0){
validate25.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/TextContentPart/properties/type/const",keyword:"const",params:{allowedValue: "text"},message:"must be equal to constant",schema:"text",parentSchema:schema37.properties.type,data:data0}];
return false;
}
var valid3 = _errs5 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.text !== undefined){
let data1 = data.text;
const _errs7 = errors;
if(typeof data1 !== "string"){
validate25.errors = [{instancePath:instancePath+"/text",schemaPath:"#/components/schemas/TextContentPart/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.properties.text.type,parentSchema:schema37.properties.text,data:data1}];
return false;
}
var valid3 = _errs7 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate25.errors = [{instancePath,schemaPath:"#/components/schemas/TextContentPart/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema37.type,parentSchema:schema37,data}];
return false;
}
}
var props0 = {};
props0.type = true;
props0.text = true;
}
else {
validate25.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf",schema:schema36.discriminator,parentSchema:schema36,data}];
return false;
}
}
else {
validate25.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string",schema:schema36.discriminator,parentSchema:schema36,data}];
return false;
}
}
}
else {
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.type,parentSchema:schema36,data}];
return false;
}
}
validate25.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate25.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.role === undefined) && (missing0 = "role")) || ((data.content === undefined) && (missing0 = "content"))){
validate24.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema35.required,parentSchema:schema35,data}];
return false;
}
else {
if(data.role !== undefined){
let data0 = data.role;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate24.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.role.type,parentSchema:schema35.properties.role,data:data0}];
return false;
}
if("system" !== data0){
validate24.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/const",keyword:"const",params:{allowedValue: "system"},message:"must be equal to constant",schema:"system",parentSchema:schema35.properties.role,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.content !== undefined){
let data1 = data.content;
const _errs3 = errors;
if((typeof data1 !== "string") && (!(Array.isArray(data1)))){
validate24.errors = [{instancePath:instancePath+"/content",schemaPath:"#/properties/content/type",keyword:"type",params:{type: schema35.properties.content.type},message:"must be string,array",schema:schema35.properties.content.type,parentSchema:schema35.properties.content,data:data1}];
return false;
}
if(errors === _errs3){
if(Array.isArray(data1)){
if(data1.length < 1){
validate24.errors = [{instancePath:instancePath+"/content",schemaPath:"#/properties/content/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema35.properties.content,data:data1}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs5 = errors;
if(!(validate25(data1[i0], {instancePath:instancePath+"/content/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate24.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data}];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":{"role":true,"content":true},"dynamicProps":false,"dynamicItems":false};

const schema38 = {"type":"object","description":"OpenAI's newer name for a system message; treated as one.","required":["role","content"],"properties":{"role":{"type":"string","const":"developer"},"content":{"type":["string","array"],"minItems":1,"items":{"$ref":"#/components/schemas/TextOnlyContentPart"}}}};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate27.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.role === undefined) && (missing0 = "role")) || ((data.content === undefined) && (missing0 = "content"))){
validate27.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema38.required,parentSchema:schema38,data}];
return false;
}
else {
if(data.role !== undefined){
let data0 = data.role;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate27.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.role.type,parentSchema:schema38.properties.role,data:data0}];
return false;
}
if("developer" !== data0){
validate27.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/const",keyword:"const",params:{allowedValue: "developer"},message:"must be equal to constant",schema:"developer",parentSchema:schema38.properties.role,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.content !== undefined){
let data1 = data.content;
const _errs3 = errors;
if((typeof data1 !== "string") && (!(Array.isArray(data1)))){
validate27.errors = [{instancePath:instancePath+"/content",schemaPath:"#/properties/content/type",keyword:"type",params:{type: schema38.properties.content.type},message:"must be string,array",schema:schema38.properties.content.type,parentSchema:schema38.properties.content,data:data1}];
return false;
}
if(errors === _errs3){
if(Array.isArray(data1)){
if(data1.length < 1){
validate27.errors = [{instancePath:instancePath+"/content",schemaPath:"#/properties/content/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema38.properties.content,data:data1}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs5 = errors;
if(!(validate25(data1[i0], {instancePath:instancePath+"/content/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate27.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data}];
return false;
}
}
validate27.errors = vErrors;
return errors === 0;
}
validate27.evaluated = {"props":{"role":true,"content":true},"dynamicProps":false,"dynamicItems":false};

const schema39 = {"type":"object","description":"What the person says and shows.","required":["role","content"],"properties":{"role":{"type":"string","const":"user"},"content":{"type":["string","array"],"minItems":1,"items":{"$ref":"#/components/schemas/ContentPart"}}}};
const schema40 = {"type":"object","description":"Parts of type `text`, `image_url`, `input_audio`, `audio_url`, `input_video` and `video_url` are taken.","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/components/schemas/TextContentPart"},{"$ref":"#/components/schemas/ImageContentPart"},{"$ref":"#/components/schemas/InputAudioContentPart"},{"$ref":"#/components/schemas/AudioUrlContentPart"},{"$ref":"#/components/schemas/InputVideoContentPart"},{"$ref":"#/components/schemas/VideoUrlContentPart"}]};
const schema46 = {"type":"object","description":"A picture.","required":["type","image_url"],"properties":{"type":{"type":"string","const":"image_url"},"image_url":{"type":"object","required":["url"],"properties":{"url":{"type":"string","minLength":1,"description":"A data URL, `data:image/png;base64,…`, of a PNG, JPEG, WebP or GIF (its first frame). Remote addresses are refused."},"detail":{"enum":["auto","low",null],"x-error-code":"unsupported_value","description":"The model sees every picture at one small size, which is `low`; `high` is refused."}}}}};
const schema47 = {"type":"object","description":"Speech, as in vLLM's API.","required":["type","audio_url"],"properties":{"type":{"type":"string","const":"audio_url"},"audio_url":{"type":"object","required":["url"],"properties":{"url":{"type":"string","minLength":1,"description":"A data URL, `data:audio/wav;base64,…`. The kind of file is read from its bytes. Remote addresses are refused."}}}}};
const schema48 = {"type":"object","description":"A video, as in vLLM's API.","required":["type","video_url"],"properties":{"type":{"type":"string","const":"video_url"},"video_url":{"type":"object","required":["url"],"properties":{"url":{"type":"string","minLength":1,"description":"A data URL, `data:video/mp4;base64,…`. The kind of file is read from its bytes. Remote addresses are refused."}}}}};
const schema41 = {"type":"object","description":"Speech, as in OpenAI's API.","required":["type","input_audio"],"properties":{"type":{"type":"string","const":"input_audio"},"input_audio":{"type":"object","required":["data","format"],"properties":{"data":{"type":"string","description":"The file in base64, without a `data:` head."},"format":{"$ref":"#/components/schemas/AudioFormat"}}}}};
const schema42 = {"description":"What kind of sound file it is; the file must be of that kind.","x-error-code":"unsupported_audio_format","enum":["wav","mp3","flac","ogg","opus","m4a","mp4","aac","webm"]};

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate31.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.type === undefined) && (missing0 = "type")) || ((data.input_audio === undefined) && (missing0 = "input_audio"))){
validate31.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
return false;
}
else {
if(data.type !== undefined){
let data0 = data.type;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate31.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.type.type,parentSchema:schema41.properties.type,data:data0}];
return false;
}
if("input_audio" !== data0){
validate31.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "input_audio"},message:"must be equal to constant",schema:"input_audio",parentSchema:schema41.properties.type,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.input_audio !== undefined){
let data1 = data.input_audio;
const _errs3 = errors;
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if(((data1.data === undefined) && (missing1 = "data")) || ((data1.format === undefined) && (missing1 = "format"))){
validate31.errors = [{instancePath:instancePath+"/input_audio",schemaPath:"#/properties/input_audio/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.input_audio.required,parentSchema:schema41.properties.input_audio,data:data1}];
return false;
}
else {
if(data1.data !== undefined){
let data2 = data1.data;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate31.errors = [{instancePath:instancePath+"/input_audio/data",schemaPath:"#/properties/input_audio/properties/data/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.input_audio.properties.data.type,parentSchema:schema41.properties.input_audio.properties.data,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.format !== undefined){
let data3 = data1.format;
const _errs7 = errors;
if(!(((((((((data3 === "wav") || (data3 === "mp3")) || (data3 === "flac")) || (data3 === "ogg")) || (data3 === "opus")) || (data3 === "m4a")) || (data3 === "mp4")) || (data3 === "aac")) || (data3 === "webm"))){
validate31.errors = [{instancePath:instancePath+"/input_audio/format",schemaPath:"#/components/schemas/AudioFormat/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data3}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/input_audio",schemaPath:"#/properties/input_audio/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.input_audio.type,parentSchema:schema41.properties.input_audio,data:data1}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate31.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":{"type":true,"input_audio":true},"dynamicProps":false,"dynamicItems":false};

const schema43 = {"type":"object","description":"A video, in the form of `input_audio`.","required":["type","input_video"],"properties":{"type":{"type":"string","const":"input_video"},"input_video":{"type":"object","required":["data","format"],"properties":{"data":{"type":"string","description":"The file in base64, without a `data:` head."},"format":{"$ref":"#/components/schemas/VideoFormat"}}}}};
const schema44 = {"description":"What kind of video file it is; the file must be of that kind.","x-error-code":"unsupported_video_format","enum":["mp4","mov","webm","mkv","gif","webp"]};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.type === undefined) && (missing0 = "type")) || ((data.input_video === undefined) && (missing0 = "input_video"))){
validate32.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema43.required,parentSchema:schema43,data}];
return false;
}
else {
if(data.type !== undefined){
let data0 = data.type;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate32.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.type.type,parentSchema:schema43.properties.type,data:data0}];
return false;
}
if("input_video" !== data0){
validate32.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "input_video"},message:"must be equal to constant",schema:"input_video",parentSchema:schema43.properties.type,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.input_video !== undefined){
let data1 = data.input_video;
const _errs3 = errors;
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if(((data1.data === undefined) && (missing1 = "data")) || ((data1.format === undefined) && (missing1 = "format"))){
validate32.errors = [{instancePath:instancePath+"/input_video",schemaPath:"#/properties/input_video/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema43.properties.input_video.required,parentSchema:schema43.properties.input_video,data:data1}];
return false;
}
else {
if(data1.data !== undefined){
let data2 = data1.data;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate32.errors = [{instancePath:instancePath+"/input_video/data",schemaPath:"#/properties/input_video/properties/data/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.input_video.properties.data.type,parentSchema:schema43.properties.input_video.properties.data,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.format !== undefined){
let data3 = data1.format;
const _errs7 = errors;
if(!((((((data3 === "mp4") || (data3 === "mov")) || (data3 === "webm")) || (data3 === "mkv")) || (data3 === "gif")) || (data3 === "webp"))){
validate32.errors = [{instancePath:instancePath+"/input_video/format",schemaPath:"#/components/schemas/VideoFormat/enum",keyword:"enum",params:{allowedValues: schema44.enum},message:"must be equal to one of the allowed values",schema:schema44.enum,parentSchema:schema44,data:data3}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/input_video",schemaPath:"#/properties/input_video/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.input_video.type,parentSchema:schema43.properties.input_video,data:data1}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate32.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.type,parentSchema:schema43,data}];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":{"type":true,"input_video":true},"dynamicProps":false,"dynamicItems":false};


function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate30.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
validate30.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema40.required,parentSchema:schema40,data}];
return false;
}
else {
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "text"){
const _errs3 = errors;
if(errors === _errs3){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.type === undefined) && (missing1 = "type")) || ((data.text === undefined) && (missing1 = "text"))){
validate30.errors = [{instancePath,schemaPath:"#/components/schemas/TextContentPart/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema37.required,parentSchema:schema37,data}];
return false;
}
else {
if(data.type !== undefined){
let data0 = data.type;
const _errs5 = errors;
if(typeof data0 !== "string"){
validate30.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/TextContentPart/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.properties.type.type,parentSchema:schema37.properties.type,data:data0}];
return false;
}
if("text" !== data0){
validate30.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/TextContentPart/properties/type/const",keyword:"const",params:{allowedValue: "text"},message:"must be equal to constant",schema:"text",parentSchema:schema37.properties.type,data:data0}];
return false;
}
var valid3 = _errs5 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.text !== undefined){
let data1 = data.text;
const _errs7 = errors;
if(typeof data1 !== "string"){
validate30.errors = [{instancePath:instancePath+"/text",schemaPath:"#/components/schemas/TextContentPart/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.properties.text.type,parentSchema:schema37.properties.text,data:data1}];
return false;
}
var valid3 = _errs7 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate30.errors = [{instancePath,schemaPath:"#/components/schemas/TextContentPart/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema37.type,parentSchema:schema37,data}];
return false;
}
}
var props0 = {};
props0.type = true;
props0.text = true;
}
else if(tag0 === "image_url"){
const _errs10 = errors;
if(errors === _errs10){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if(((data.type === undefined) && (missing2 = "type")) || ((data.image_url === undefined) && (missing2 = "image_url"))){
validate30.errors = [{instancePath,schemaPath:"#/components/schemas/ImageContentPart/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'",schema:schema46.required,parentSchema:schema46,data}];
return false;
}
else {
if(data.type !== undefined){
let data2 = data.type;
const _errs12 = errors;
if(typeof data2 !== "string"){
validate30.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/ImageContentPart/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.type.type,parentSchema:schema46.properties.type,data:data2}];
return false;
}
if("image_url" !== data2){
validate30.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/ImageContentPart/properties/type/const",keyword:"const",params:{allowedValue: "image_url"},message:"must be equal to constant",schema:"image_url",parentSchema:schema46.properties.type,data:data2}];
return false;
}
var valid6 = _errs12 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.image_url !== undefined){
let data3 = data.image_url;
const _errs14 = errors;
if(errors === _errs14){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing3;
if((data3.url === undefined) && (missing3 = "url")){
validate30.errors = [{instancePath:instancePath+"/image_url",schemaPath:"#/components/schemas/ImageContentPart/properties/image_url/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'",schema:schema46.properties.image_url.required,parentSchema:schema46.properties.image_url,data:data3}];
return false;
}
else {
if(data3.url !== undefined){
let data4 = data3.url;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data4 === "string"){
if(data4.length < 1){
validate30.errors = [{instancePath:instancePath+"/image_url/url",schemaPath:"#/components/schemas/ImageContentPart/properties/image_url/properties/url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema46.properties.image_url.properties.url,data:data4}];
return false;
}
}
else {
validate30.errors = [{instancePath:instancePath+"/image_url/url",schemaPath:"#/components/schemas/ImageContentPart/properties/image_url/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.image_url.properties.url.type,parentSchema:schema46.properties.image_url.properties.url,data:data4}];
return false;
}
}
var valid7 = _errs16 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data3.detail !== undefined){
let data5 = data3.detail;
const _errs18 = errors;
if(!(((data5 === "auto") || (data5 === "low")) || (data5 === null))){
validate30.errors = [{instancePath:instancePath+"/image_url/detail",schemaPath:"#/components/schemas/ImageContentPart/properties/image_url/properties/detail/enum",keyword:"enum",params:{allowedValues: schema46.properties.image_url.properties.detail.enum},message:"must be equal to one of the allowed values",schema:schema46.properties.image_url.properties.detail.enum,parentSchema:schema46.properties.image_url.properties.detail,data:data5}];
return false;
}
var valid7 = _errs18 === errors;
}
else {
var valid7 = true;
}
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/image_url",schemaPath:"#/components/schemas/ImageContentPart/properties/image_url/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.properties.image_url.type,parentSchema:schema46.properties.image_url,data:data3}];
return false;
}
}
var valid6 = _errs14 === errors;
}
else {
var valid6 = true;
}
}
}
}
else {
validate30.errors = [{instancePath,schemaPath:"#/components/schemas/ImageContentPart/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.type,parentSchema:schema46,data}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.image_url = true;
}
}
else if(tag0 === "input_audio"){
if(!(validate31(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.input_audio = true;
}
}
else if(tag0 === "audio_url"){
const _errs21 = errors;
if(errors === _errs21){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing4;
if(((data.type === undefined) && (missing4 = "type")) || ((data.audio_url === undefined) && (missing4 = "audio_url"))){
validate30.errors = [{instancePath,schemaPath:"#/components/schemas/AudioUrlContentPart/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'",schema:schema47.required,parentSchema:schema47,data}];
return false;
}
else {
if(data.type !== undefined){
let data6 = data.type;
const _errs23 = errors;
if(typeof data6 !== "string"){
validate30.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/AudioUrlContentPart/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.type.type,parentSchema:schema47.properties.type,data:data6}];
return false;
}
if("audio_url" !== data6){
validate30.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/AudioUrlContentPart/properties/type/const",keyword:"const",params:{allowedValue: "audio_url"},message:"must be equal to constant",schema:"audio_url",parentSchema:schema47.properties.type,data:data6}];
return false;
}
var valid11 = _errs23 === errors;
}
else {
var valid11 = true;
}
if(valid11){
if(data.audio_url !== undefined){
let data7 = data.audio_url;
const _errs25 = errors;
if(errors === _errs25){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing5;
if((data7.url === undefined) && (missing5 = "url")){
validate30.errors = [{instancePath:instancePath+"/audio_url",schemaPath:"#/components/schemas/AudioUrlContentPart/properties/audio_url/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'",schema:schema47.properties.audio_url.required,parentSchema:schema47.properties.audio_url,data:data7}];
return false;
}
else {
if(data7.url !== undefined){
let data8 = data7.url;
const _errs27 = errors;
if(errors === _errs27){
if(typeof data8 === "string"){
if(data8.length < 1){
validate30.errors = [{instancePath:instancePath+"/audio_url/url",schemaPath:"#/components/schemas/AudioUrlContentPart/properties/audio_url/properties/url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema47.properties.audio_url.properties.url,data:data8}];
return false;
}
}
else {
validate30.errors = [{instancePath:instancePath+"/audio_url/url",schemaPath:"#/components/schemas/AudioUrlContentPart/properties/audio_url/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.audio_url.properties.url.type,parentSchema:schema47.properties.audio_url.properties.url,data:data8}];
return false;
}
}
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/audio_url",schemaPath:"#/components/schemas/AudioUrlContentPart/properties/audio_url/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema47.properties.audio_url.type,parentSchema:schema47.properties.audio_url,data:data7}];
return false;
}
}
var valid11 = _errs25 === errors;
}
else {
var valid11 = true;
}
}
}
}
else {
validate30.errors = [{instancePath,schemaPath:"#/components/schemas/AudioUrlContentPart/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema47.type,parentSchema:schema47,data}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.audio_url = true;
}
}
else if(tag0 === "input_video"){
if(!(validate32(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.input_video = true;
}
}
else if(tag0 === "video_url"){
const _errs31 = errors;
if(errors === _errs31){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if(((data.type === undefined) && (missing6 = "type")) || ((data.video_url === undefined) && (missing6 = "video_url"))){
validate30.errors = [{instancePath,schemaPath:"#/components/schemas/VideoUrlContentPart/required",keyword:"required",params:{missingProperty: missing6},message:"must have required property '"+missing6+"'",schema:schema48.required,parentSchema:schema48,data}];
return false;
}
else {
if(data.type !== undefined){
let data9 = data.type;
const _errs33 = errors;
if(typeof data9 !== "string"){
validate30.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/VideoUrlContentPart/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema48.properties.type.type,parentSchema:schema48.properties.type,data:data9}];
return false;
}
if("video_url" !== data9){
validate30.errors = [{instancePath:instancePath+"/type",schemaPath:"#/components/schemas/VideoUrlContentPart/properties/type/const",keyword:"const",params:{allowedValue: "video_url"},message:"must be equal to constant",schema:"video_url",parentSchema:schema48.properties.type,data:data9}];
return false;
}
var valid16 = _errs33 === errors;
}
else {
var valid16 = true;
}
if(valid16){
if(data.video_url !== undefined){
let data10 = data.video_url;
const _errs35 = errors;
if(errors === _errs35){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing7;
if((data10.url === undefined) && (missing7 = "url")){
validate30.errors = [{instancePath:instancePath+"/video_url",schemaPath:"#/components/schemas/VideoUrlContentPart/properties/video_url/required",keyword:"required",params:{missingProperty: missing7},message:"must have required property '"+missing7+"'",schema:schema48.properties.video_url.required,parentSchema:schema48.properties.video_url,data:data10}];
return false;
}
else {
if(data10.url !== undefined){
let data11 = data10.url;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data11 === "string"){
if(data11.length < 1){
validate30.errors = [{instancePath:instancePath+"/video_url/url",schemaPath:"#/components/schemas/VideoUrlContentPart/properties/video_url/properties/url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema48.properties.video_url.properties.url,data:data11}];
return false;
}
}
else {
validate30.errors = [{instancePath:instancePath+"/video_url/url",schemaPath:"#/components/schemas/VideoUrlContentPart/properties/video_url/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema48.properties.video_url.properties.url.type,parentSchema:schema48.properties.video_url.properties.url,data:data11}];
return false;
}
}
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/video_url",schemaPath:"#/components/schemas/VideoUrlContentPart/properties/video_url/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.properties.video_url.type,parentSchema:schema48.properties.video_url,data:data10}];
return false;
}
}
var valid16 = _errs35 === errors;
}
else {
var valid16 = true;
}
}
}
}
else {
validate30.errors = [{instancePath,schemaPath:"#/components/schemas/VideoUrlContentPart/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.type,parentSchema:schema48,data}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.video_url = true;
}
}
else {
validate30.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf",schema:schema40.discriminator,parentSchema:schema40,data}];
return false;
}
}
else {
validate30.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string",schema:schema40.discriminator,parentSchema:schema40,data}];
return false;
}
}
}
else {
validate30.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.type,parentSchema:schema40,data}];
return false;
}
}
validate30.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate30.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate29.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.role === undefined) && (missing0 = "role")) || ((data.content === undefined) && (missing0 = "content"))){
validate29.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema39.required,parentSchema:schema39,data}];
return false;
}
else {
if(data.role !== undefined){
let data0 = data.role;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate29.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.role.type,parentSchema:schema39.properties.role,data:data0}];
return false;
}
if("user" !== data0){
validate29.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/const",keyword:"const",params:{allowedValue: "user"},message:"must be equal to constant",schema:"user",parentSchema:schema39.properties.role,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.content !== undefined){
let data1 = data.content;
const _errs3 = errors;
if((typeof data1 !== "string") && (!(Array.isArray(data1)))){
validate29.errors = [{instancePath:instancePath+"/content",schemaPath:"#/properties/content/type",keyword:"type",params:{type: schema39.properties.content.type},message:"must be string,array",schema:schema39.properties.content.type,parentSchema:schema39.properties.content,data:data1}];
return false;
}
if(errors === _errs3){
if(Array.isArray(data1)){
if(data1.length < 1){
validate29.errors = [{instancePath:instancePath+"/content",schemaPath:"#/properties/content/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema39.properties.content,data:data1}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs5 = errors;
if(!(validate30(data1[i0], {instancePath:instancePath+"/content/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate29.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}
validate29.evaluated = {"props":{"role":true,"content":true},"dynamicProps":false,"dynamicItems":false};

const schema49 = {"type":"object","description":"What the model said before.","required":["role","content"],"properties":{"role":{"type":"string","const":"assistant"},"content":{"type":["string","array"],"minItems":1,"items":{"$ref":"#/components/schemas/TextOnlyContentPart"}},"tool_calls":{"type":["array","null"],"maxItems":0,"x-error-code":"unsupported_parameter","description":"Not supported."},"function_call":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"audio":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."}}};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate36.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.role === undefined) && (missing0 = "role")) || ((data.content === undefined) && (missing0 = "content"))){
validate36.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema49.required,parentSchema:schema49,data}];
return false;
}
else {
if(data.role !== undefined){
let data0 = data.role;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate36.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.properties.role.type,parentSchema:schema49.properties.role,data:data0}];
return false;
}
if("assistant" !== data0){
validate36.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/const",keyword:"const",params:{allowedValue: "assistant"},message:"must be equal to constant",schema:"assistant",parentSchema:schema49.properties.role,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.content !== undefined){
let data1 = data.content;
const _errs3 = errors;
if((typeof data1 !== "string") && (!(Array.isArray(data1)))){
validate36.errors = [{instancePath:instancePath+"/content",schemaPath:"#/properties/content/type",keyword:"type",params:{type: schema49.properties.content.type},message:"must be string,array",schema:schema49.properties.content.type,parentSchema:schema49.properties.content,data:data1}];
return false;
}
if(errors === _errs3){
if(Array.isArray(data1)){
if(data1.length < 1){
validate36.errors = [{instancePath:instancePath+"/content",schemaPath:"#/properties/content/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema49.properties.content,data:data1}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs5 = errors;
if(!(validate25(data1[i0], {instancePath:instancePath+"/content/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tool_calls !== undefined){
let data3 = data.tool_calls;
const _errs6 = errors;
if((!(Array.isArray(data3))) && (data3 !== null)){
validate36.errors = [{instancePath:instancePath+"/tool_calls",schemaPath:"#/properties/tool_calls/type",keyword:"type",params:{type: schema49.properties.tool_calls.type},message:"must be array,null",schema:schema49.properties.tool_calls.type,parentSchema:schema49.properties.tool_calls,data:data3}];
return false;
}
if(errors === _errs6){
if(Array.isArray(data3)){
if(data3.length > 0){
validate36.errors = [{instancePath:instancePath+"/tool_calls",schemaPath:"#/properties/tool_calls/maxItems",keyword:"maxItems",params:{limit: 0},message:"must NOT have more than 0 items",schema:0,parentSchema:schema49.properties.tool_calls,data:data3}];
return false;
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.function_call !== undefined){
let data4 = data.function_call;
const _errs8 = errors;
if(data4 !== null){
validate36.errors = [{instancePath:instancePath+"/function_call",schemaPath:"#/properties/function_call/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema49.properties.function_call.type,parentSchema:schema49.properties.function_call,data:data4}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.audio !== undefined){
let data5 = data.audio;
const _errs10 = errors;
if(data5 !== null){
validate36.errors = [{instancePath:instancePath+"/audio",schemaPath:"#/properties/audio/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema49.properties.audio.type,parentSchema:schema49.properties.audio,data:data5}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate36.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema49.type,parentSchema:schema49,data}];
return false;
}
}
validate36.errors = vErrors;
return errors === 0;
}
validate36.evaluated = {"props":{"role":true,"content":true,"tool_calls":true,"function_call":true,"audio":true},"dynamicProps":false,"dynamicItems":false};


function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.role === undefined) && (missing0 = "role")){
validate23.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema34.required,parentSchema:schema34,data}];
return false;
}
else {
const tag0 = data.role;
if(typeof tag0 == "string"){
if(tag0 === "system"){
if(!(validate24(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
var props0 = {};
props0.role = true;
props0.content = true;
}
else if(tag0 === "developer"){
if(!(validate27(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = props0 || {};
props0.role = true;
props0.content = true;
}
}
else if(tag0 === "user"){
if(!(validate29(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = props0 || {};
props0.role = true;
props0.content = true;
}
}
else if(tag0 === "assistant"){
if(!(validate36(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = props0 || {};
props0.role = true;
props0.content = true;
props0.tool_calls = true;
props0.function_call = true;
props0.audio = true;
}
}
else {
validate23.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "role", tagValue: tag0},message:"value of tag \"role\" must be in oneOf",schema:schema34.discriminator,parentSchema:schema34,data}];
return false;
}
}
else {
validate23.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "role", tagValue: tag0},message:"tag \"role\" must be string",schema:schema34.discriminator,parentSchema:schema34,data}];
return false;
}
}
}
else {
validate23.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data}];
return false;
}
}
validate23.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate23.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.model === undefined) && (missing0 = "model")) || ((data.messages === undefined) && (missing0 = "messages"))){
validate22.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema33.required,parentSchema:schema33,data}];
return false;
}
else {
if(data.model !== undefined){
let data0 = data.model;
const _errs1 = errors;
if(errors === _errs1){
if(typeof data0 === "string"){
if(data0.length < 1){
validate22.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.model,data:data0}];
return false;
}
}
else {
validate22.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.model.type,parentSchema:schema33.properties.model,data:data0}];
return false;
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.messages !== undefined){
let data1 = data.messages;
const _errs3 = errors;
if(errors === _errs3){
if(Array.isArray(data1)){
if(data1.length > 512){
validate22.errors = [{instancePath:instancePath+"/messages",schemaPath:"#/properties/messages/maxItems",keyword:"maxItems",params:{limit: 512},message:"must NOT have more than 512 items",schema:512,parentSchema:schema33.properties.messages,data:data1}];
return false;
}
else {
if(data1.length < 1){
validate22.errors = [{instancePath:instancePath+"/messages",schemaPath:"#/properties/messages/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema33.properties.messages,data:data1}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs5 = errors;
if(!(validate23(data1[i0], {instancePath:instancePath+"/messages/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/messages",schemaPath:"#/properties/messages/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema33.properties.messages.type,parentSchema:schema33.properties.messages,data:data1}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.temperature !== undefined){
let data3 = data.temperature;
const _errs6 = errors;
if((!((typeof data3 == "number") && (isFinite(data3)))) && (data3 !== null)){
validate22.errors = [{instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/type",keyword:"type",params:{type: schema33.properties.temperature.type},message:"must be number,null",schema:schema33.properties.temperature.type,parentSchema:schema33.properties.temperature,data:data3}];
return false;
}
if(errors === _errs6){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 2 || isNaN(data3)){
validate22.errors = [{instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2},message:"must be <= 2",schema:2,parentSchema:schema33.properties.temperature,data:data3}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate22.errors = [{instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.temperature,data:data3}];
return false;
}
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.top_p !== undefined){
let data4 = data.top_p;
const _errs8 = errors;
if((!((typeof data4 == "number") && (isFinite(data4)))) && (data4 !== null)){
validate22.errors = [{instancePath:instancePath+"/top_p",schemaPath:"#/properties/top_p/type",keyword:"type",params:{type: schema33.properties.top_p.type},message:"must be number,null",schema:schema33.properties.top_p.type,parentSchema:schema33.properties.top_p,data:data4}];
return false;
}
if(errors === _errs8){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1 || isNaN(data4)){
validate22.errors = [{instancePath:instancePath+"/top_p",schemaPath:"#/properties/top_p/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema33.properties.top_p,data:data4}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate22.errors = [{instancePath:instancePath+"/top_p",schemaPath:"#/properties/top_p/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.top_p,data:data4}];
return false;
}
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.top_k !== undefined){
let data5 = data.top_k;
const _errs10 = errors;
if((!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))) && (data5 !== null)){
validate22.errors = [{instancePath:instancePath+"/top_k",schemaPath:"#/properties/top_k/type",keyword:"type",params:{type: schema33.properties.top_k.type},message:"must be integer,null",schema:schema33.properties.top_k.type,parentSchema:schema33.properties.top_k,data:data5}];
return false;
}
if(errors === _errs10){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 2147483647 || isNaN(data5)){
validate22.errors = [{instancePath:instancePath+"/top_k",schemaPath:"#/properties/top_k/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647},message:"must be <= 2147483647",schema:2147483647,parentSchema:schema33.properties.top_k,data:data5}];
return false;
}
else {
if(data5 < 1 || isNaN(data5)){
validate22.errors = [{instancePath:instancePath+"/top_k",schemaPath:"#/properties/top_k/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33.properties.top_k,data:data5}];
return false;
}
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.repetition_penalty !== undefined){
let data6 = data.repetition_penalty;
const _errs12 = errors;
if((!((typeof data6 == "number") && (isFinite(data6)))) && (data6 !== null)){
validate22.errors = [{instancePath:instancePath+"/repetition_penalty",schemaPath:"#/properties/repetition_penalty/type",keyword:"type",params:{type: schema33.properties.repetition_penalty.type},message:"must be number,null",schema:schema33.properties.repetition_penalty.type,parentSchema:schema33.properties.repetition_penalty,data:data6}];
return false;
}
if(errors === _errs12){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 2 || isNaN(data6)){
validate22.errors = [{instancePath:instancePath+"/repetition_penalty",schemaPath:"#/properties/repetition_penalty/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2},message:"must be <= 2",schema:2,parentSchema:schema33.properties.repetition_penalty,data:data6}];
return false;
}
else {
if(data6 < 0.01 || isNaN(data6)){
validate22.errors = [{instancePath:instancePath+"/repetition_penalty",schemaPath:"#/properties/repetition_penalty/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.01},message:"must be >= 0.01",schema:0.01,parentSchema:schema33.properties.repetition_penalty,data:data6}];
return false;
}
}
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seed !== undefined){
let data7 = data.seed;
const _errs14 = errors;
if((!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))) && (data7 !== null)){
validate22.errors = [{instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/type",keyword:"type",params:{type: schema33.properties.seed.type},message:"must be integer,null",schema:schema33.properties.seed.type,parentSchema:schema33.properties.seed,data:data7}];
return false;
}
if(errors === _errs14){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate22.errors = [{instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991",schema:9007199254740991,parentSchema:schema33.properties.seed,data:data7}];
return false;
}
else {
if(data7 < -9007199254740991 || isNaN(data7)){
validate22.errors = [{instancePath:instancePath+"/seed",schemaPath:"#/properties/seed/minimum",keyword:"minimum",params:{comparison: ">=", limit: -9007199254740991},message:"must be >= -9007199254740991",schema:-9007199254740991,parentSchema:schema33.properties.seed,data:data7}];
return false;
}
}
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stop !== undefined){
let data8 = data.stop;
const _errs16 = errors;
if(((typeof data8 !== "string") && (!(Array.isArray(data8)))) && (data8 !== null)){
validate22.errors = [{instancePath:instancePath+"/stop",schemaPath:"#/properties/stop/type",keyword:"type",params:{type: schema33.properties.stop.type},message:"must be string,array,null",schema:schema33.properties.stop.type,parentSchema:schema33.properties.stop,data:data8}];
return false;
}
if(errors === _errs16){
if(typeof data8 === "string"){
if(data8.length < 1){
validate22.errors = [{instancePath:instancePath+"/stop",schemaPath:"#/properties/stop/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.stop,data:data8}];
return false;
}
}
if(errors === _errs16){
if(Array.isArray(data8)){
if(data8.length > 4){
validate22.errors = [{instancePath:instancePath+"/stop",schemaPath:"#/properties/stop/maxItems",keyword:"maxItems",params:{limit: 4},message:"must NOT have more than 4 items",schema:4,parentSchema:schema33.properties.stop,data:data8}];
return false;
}
else {
var valid2 = true;
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
const _errs18 = errors;
if(errors === _errs18){
if(typeof data9 === "string"){
if(data9.length < 1){
validate22.errors = [{instancePath:instancePath+"/stop/" + i1,schemaPath:"#/properties/stop/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.stop.items,data:data9}];
return false;
}
}
else {
validate22.errors = [{instancePath:instancePath+"/stop/" + i1,schemaPath:"#/properties/stop/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.stop.items.type,parentSchema:schema33.properties.stop.items,data:data9}];
return false;
}
}
var valid2 = _errs18 === errors;
if(!valid2){
break;
}
}
}
}
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.max_completion_tokens !== undefined){
let data10 = data.max_completion_tokens;
const _errs20 = errors;
if((!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))) && (data10 !== null)){
validate22.errors = [{instancePath:instancePath+"/max_completion_tokens",schemaPath:"#/properties/max_completion_tokens/type",keyword:"type",params:{type: schema33.properties.max_completion_tokens.type},message:"must be integer,null",schema:schema33.properties.max_completion_tokens.type,parentSchema:schema33.properties.max_completion_tokens,data:data10}];
return false;
}
if(errors === _errs20){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 2147483647 || isNaN(data10)){
validate22.errors = [{instancePath:instancePath+"/max_completion_tokens",schemaPath:"#/properties/max_completion_tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647},message:"must be <= 2147483647",schema:2147483647,parentSchema:schema33.properties.max_completion_tokens,data:data10}];
return false;
}
else {
if(data10 < 1 || isNaN(data10)){
validate22.errors = [{instancePath:instancePath+"/max_completion_tokens",schemaPath:"#/properties/max_completion_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33.properties.max_completion_tokens,data:data10}];
return false;
}
}
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.max_tokens !== undefined){
let data11 = data.max_tokens;
const _errs22 = errors;
if((!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))) && (data11 !== null)){
validate22.errors = [{instancePath:instancePath+"/max_tokens",schemaPath:"#/properties/max_tokens/type",keyword:"type",params:{type: schema33.properties.max_tokens.type},message:"must be integer,null",schema:schema33.properties.max_tokens.type,parentSchema:schema33.properties.max_tokens,data:data11}];
return false;
}
if(errors === _errs22){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 2147483647 || isNaN(data11)){
validate22.errors = [{instancePath:instancePath+"/max_tokens",schemaPath:"#/properties/max_tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647},message:"must be <= 2147483647",schema:2147483647,parentSchema:schema33.properties.max_tokens,data:data11}];
return false;
}
else {
if(data11 < 1 || isNaN(data11)){
validate22.errors = [{instancePath:instancePath+"/max_tokens",schemaPath:"#/properties/max_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33.properties.max_tokens,data:data11}];
return false;
}
}
}
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stream !== undefined){
let data12 = data.stream;
const _errs24 = errors;
if((typeof data12 !== "boolean") && (data12 !== null)){
validate22.errors = [{instancePath:instancePath+"/stream",schemaPath:"#/properties/stream/type",keyword:"type",params:{type: schema33.properties.stream.type},message:"must be boolean,null",schema:schema33.properties.stream.type,parentSchema:schema33.properties.stream,data:data12}];
return false;
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stream_options !== undefined){
let data13 = data.stream_options;
const _errs26 = errors;
if((!(data13 && typeof data13 == "object" && !Array.isArray(data13))) && (data13 !== null)){
validate22.errors = [{instancePath:instancePath+"/stream_options",schemaPath:"#/properties/stream_options/type",keyword:"type",params:{type: schema33.properties.stream_options.type},message:"must be object,null",schema:schema33.properties.stream_options.type,parentSchema:schema33.properties.stream_options,data:data13}];
return false;
}
if(errors === _errs26){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(data13.include_usage !== undefined){
let data14 = data13.include_usage;
const _errs28 = errors;
if((typeof data14 !== "boolean") && (data14 !== null)){
validate22.errors = [{instancePath:instancePath+"/stream_options/include_usage",schemaPath:"#/properties/stream_options/properties/include_usage/type",keyword:"type",params:{type: schema33.properties.stream_options.properties.include_usage.type},message:"must be boolean,null",schema:schema33.properties.stream_options.properties.include_usage.type,parentSchema:schema33.properties.stream_options.properties.include_usage,data:data14}];
return false;
}
var valid3 = _errs28 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data13.include_obfuscation !== undefined){
let data15 = data13.include_obfuscation;
const _errs30 = errors;
if(!((data15 === false) || (data15 === null))){
validate22.errors = [{instancePath:instancePath+"/stream_options/include_obfuscation",schemaPath:"#/properties/stream_options/properties/include_obfuscation/enum",keyword:"enum",params:{allowedValues: schema33.properties.stream_options.properties.include_obfuscation.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.stream_options.properties.include_obfuscation.enum,parentSchema:schema33.properties.stream_options.properties.include_obfuscation,data:data15}];
return false;
}
var valid3 = _errs30 === errors;
}
else {
var valid3 = true;
}
}
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.media_io_kwargs !== undefined){
let data16 = data.media_io_kwargs;
const _errs31 = errors;
if((!(data16 && typeof data16 == "object" && !Array.isArray(data16))) && (data16 !== null)){
validate22.errors = [{instancePath:instancePath+"/media_io_kwargs",schemaPath:"#/properties/media_io_kwargs/type",keyword:"type",params:{type: schema33.properties.media_io_kwargs.type},message:"must be object,null",schema:schema33.properties.media_io_kwargs.type,parentSchema:schema33.properties.media_io_kwargs,data:data16}];
return false;
}
if(errors === _errs31){
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.video !== undefined){
let data17 = data16.video;
const _errs33 = errors;
if((!(data17 && typeof data17 == "object" && !Array.isArray(data17))) && (data17 !== null)){
validate22.errors = [{instancePath:instancePath+"/media_io_kwargs/video",schemaPath:"#/properties/media_io_kwargs/properties/video/type",keyword:"type",params:{type: schema33.properties.media_io_kwargs.properties.video.type},message:"must be object,null",schema:schema33.properties.media_io_kwargs.properties.video.type,parentSchema:schema33.properties.media_io_kwargs.properties.video,data:data17}];
return false;
}
if(errors === _errs33){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.num_frames !== undefined){
let data18 = data17.num_frames;
const _errs35 = errors;
if((!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))) && (data18 !== null)){
validate22.errors = [{instancePath:instancePath+"/media_io_kwargs/video/num_frames",schemaPath:"#/properties/media_io_kwargs/properties/video/properties/num_frames/type",keyword:"type",params:{type: schema33.properties.media_io_kwargs.properties.video.properties.num_frames.type},message:"must be integer,null",schema:schema33.properties.media_io_kwargs.properties.video.properties.num_frames.type,parentSchema:schema33.properties.media_io_kwargs.properties.video.properties.num_frames,data:data18}];
return false;
}
if(errors === _errs35){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 1024 || isNaN(data18)){
validate22.errors = [{instancePath:instancePath+"/media_io_kwargs/video/num_frames",schemaPath:"#/properties/media_io_kwargs/properties/video/properties/num_frames/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1024},message:"must be <= 1024",schema:1024,parentSchema:schema33.properties.media_io_kwargs.properties.video.properties.num_frames,data:data18}];
return false;
}
else {
if(data18 < 1 || isNaN(data18)){
validate22.errors = [{instancePath:instancePath+"/media_io_kwargs/video/num_frames",schemaPath:"#/properties/media_io_kwargs/properties/video/properties/num_frames/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33.properties.media_io_kwargs.properties.video.properties.num_frames,data:data18}];
return false;
}
}
}
}
var valid5 = _errs35 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data17.fps !== undefined){
let data19 = data17.fps;
const _errs37 = errors;
if((!((typeof data19 == "number") && (isFinite(data19)))) && (data19 !== null)){
validate22.errors = [{instancePath:instancePath+"/media_io_kwargs/video/fps",schemaPath:"#/properties/media_io_kwargs/properties/video/properties/fps/type",keyword:"type",params:{type: schema33.properties.media_io_kwargs.properties.video.properties.fps.type},message:"must be number,null",schema:schema33.properties.media_io_kwargs.properties.video.properties.fps.type,parentSchema:schema33.properties.media_io_kwargs.properties.video.properties.fps,data:data19}];
return false;
}
if(errors === _errs37){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 240 || isNaN(data19)){
validate22.errors = [{instancePath:instancePath+"/media_io_kwargs/video/fps",schemaPath:"#/properties/media_io_kwargs/properties/video/properties/fps/maximum",keyword:"maximum",params:{comparison: "<=", limit: 240},message:"must be <= 240",schema:240,parentSchema:schema33.properties.media_io_kwargs.properties.video.properties.fps,data:data19}];
return false;
}
else {
if(data19 <= 0 || isNaN(data19)){
validate22.errors = [{instancePath:instancePath+"/media_io_kwargs/video/fps",schemaPath:"#/properties/media_io_kwargs/properties/video/properties/fps/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema33.properties.media_io_kwargs.properties.video.properties.fps,data:data19}];
return false;
}
}
}
}
var valid5 = _errs37 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
}
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.mm_processor_kwargs !== undefined){
let data20 = data.mm_processor_kwargs;
const _errs39 = errors;
if((!(data20 && typeof data20 == "object" && !Array.isArray(data20))) && (data20 !== null)){
validate22.errors = [{instancePath:instancePath+"/mm_processor_kwargs",schemaPath:"#/properties/mm_processor_kwargs/type",keyword:"type",params:{type: schema33.properties.mm_processor_kwargs.type},message:"must be object,null",schema:schema33.properties.mm_processor_kwargs.type,parentSchema:schema33.properties.mm_processor_kwargs,data:data20}];
return false;
}
if(errors === _errs39){
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
const _errs41 = errors;
for(const key0 in data20){
if(!(key0 === "use_audio_in_video")){
validate22.errors = [{instancePath:instancePath+"/mm_processor_kwargs",schemaPath:"#/properties/mm_processor_kwargs/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33.properties.mm_processor_kwargs,data:data20}];
return false;
break;
}
}
if(_errs41 === errors){
if(data20.use_audio_in_video !== undefined){
let data21 = data20.use_audio_in_video;
if((typeof data21 !== "boolean") && (data21 !== null)){
validate22.errors = [{instancePath:instancePath+"/mm_processor_kwargs/use_audio_in_video",schemaPath:"#/properties/mm_processor_kwargs/properties/use_audio_in_video/type",keyword:"type",params:{type: schema33.properties.mm_processor_kwargs.properties.use_audio_in_video.type},message:"must be boolean,null",schema:schema33.properties.mm_processor_kwargs.properties.use_audio_in_video.type,parentSchema:schema33.properties.mm_processor_kwargs.properties.use_audio_in_video,data:data21}];
return false;
}
}
}
}
}
var valid0 = _errs39 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.user !== undefined){
let data22 = data.user;
const _errs44 = errors;
if((typeof data22 !== "string") && (data22 !== null)){
validate22.errors = [{instancePath:instancePath+"/user",schemaPath:"#/properties/user/type",keyword:"type",params:{type: schema33.properties.user.type},message:"must be string,null",schema:schema33.properties.user.type,parentSchema:schema33.properties.user,data:data22}];
return false;
}
if(errors === _errs44){
if(typeof data22 === "string"){
if(data22.length > 512){
validate22.errors = [{instancePath:instancePath+"/user",schemaPath:"#/properties/user/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters",schema:512,parentSchema:schema33.properties.user,data:data22}];
return false;
}
}
}
var valid0 = _errs44 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.n !== undefined){
let data23 = data.n;
const _errs46 = errors;
if(!((data23 === 1) || (data23 === null))){
validate22.errors = [{instancePath:instancePath+"/n",schemaPath:"#/properties/n/enum",keyword:"enum",params:{allowedValues: schema33.properties.n.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.n.enum,parentSchema:schema33.properties.n,data:data23}];
return false;
}
var valid0 = _errs46 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.logprobs !== undefined){
let data24 = data.logprobs;
const _errs47 = errors;
if(!((data24 === false) || (data24 === null))){
validate22.errors = [{instancePath:instancePath+"/logprobs",schemaPath:"#/properties/logprobs/enum",keyword:"enum",params:{allowedValues: schema33.properties.logprobs.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.logprobs.enum,parentSchema:schema33.properties.logprobs,data:data24}];
return false;
}
var valid0 = _errs47 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.top_logprobs !== undefined){
let data25 = data.top_logprobs;
const _errs48 = errors;
if(!((data25 === 0) || (data25 === null))){
validate22.errors = [{instancePath:instancePath+"/top_logprobs",schemaPath:"#/properties/top_logprobs/enum",keyword:"enum",params:{allowedValues: schema33.properties.top_logprobs.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.top_logprobs.enum,parentSchema:schema33.properties.top_logprobs,data:data25}];
return false;
}
var valid0 = _errs48 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.logit_bias !== undefined){
let data26 = data.logit_bias;
const _errs49 = errors;
if((!(data26 && typeof data26 == "object" && !Array.isArray(data26))) && (data26 !== null)){
validate22.errors = [{instancePath:instancePath+"/logit_bias",schemaPath:"#/properties/logit_bias/type",keyword:"type",params:{type: schema33.properties.logit_bias.type},message:"must be object,null",schema:schema33.properties.logit_bias.type,parentSchema:schema33.properties.logit_bias,data:data26}];
return false;
}
if(errors === _errs49){
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(Object.keys(data26).length > 0){
validate22.errors = [{instancePath:instancePath+"/logit_bias",schemaPath:"#/properties/logit_bias/maxProperties",keyword:"maxProperties",params:{limit: 0},message:"must NOT have more than 0 properties",schema:0,parentSchema:schema33.properties.logit_bias,data:data26}];
return false;
}
}
}
var valid0 = _errs49 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.presence_penalty !== undefined){
let data27 = data.presence_penalty;
const _errs51 = errors;
if(!((data27 === 0) || (data27 === null))){
validate22.errors = [{instancePath:instancePath+"/presence_penalty",schemaPath:"#/properties/presence_penalty/enum",keyword:"enum",params:{allowedValues: schema33.properties.presence_penalty.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.presence_penalty.enum,parentSchema:schema33.properties.presence_penalty,data:data27}];
return false;
}
var valid0 = _errs51 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.frequency_penalty !== undefined){
let data28 = data.frequency_penalty;
const _errs52 = errors;
if(!((data28 === 0) || (data28 === null))){
validate22.errors = [{instancePath:instancePath+"/frequency_penalty",schemaPath:"#/properties/frequency_penalty/enum",keyword:"enum",params:{allowedValues: schema33.properties.frequency_penalty.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.frequency_penalty.enum,parentSchema:schema33.properties.frequency_penalty,data:data28}];
return false;
}
var valid0 = _errs52 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.min_p !== undefined){
let data29 = data.min_p;
const _errs53 = errors;
if(!((data29 === 0) || (data29 === null))){
validate22.errors = [{instancePath:instancePath+"/min_p",schemaPath:"#/properties/min_p/enum",keyword:"enum",params:{allowedValues: schema33.properties.min_p.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.min_p.enum,parentSchema:schema33.properties.min_p,data:data29}];
return false;
}
var valid0 = _errs53 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.response_format !== undefined){
let data30 = data.response_format;
const _errs54 = errors;
if((!(data30 && typeof data30 == "object" && !Array.isArray(data30))) && (data30 !== null)){
validate22.errors = [{instancePath:instancePath+"/response_format",schemaPath:"#/properties/response_format/type",keyword:"type",params:{type: schema33.properties.response_format.type},message:"must be object,null",schema:schema33.properties.response_format.type,parentSchema:schema33.properties.response_format,data:data30}];
return false;
}
if(errors === _errs54){
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
let missing1;
if((data30.type === undefined) && (missing1 = "type")){
validate22.errors = [{instancePath:instancePath+"/response_format",schemaPath:"#/properties/response_format/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema33.properties.response_format.required,parentSchema:schema33.properties.response_format,data:data30}];
return false;
}
else {
if(data30.type !== undefined){
let data31 = data30.type;
if(!(data31 === "text")){
validate22.errors = [{instancePath:instancePath+"/response_format/type",schemaPath:"#/properties/response_format/properties/type/enum",keyword:"enum",params:{allowedValues: schema33.properties.response_format.properties.type.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.response_format.properties.type.enum,parentSchema:schema33.properties.response_format.properties.type,data:data31}];
return false;
}
}
}
}
}
var valid0 = _errs54 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tools !== undefined){
let data32 = data.tools;
const _errs57 = errors;
if((!(Array.isArray(data32))) && (data32 !== null)){
validate22.errors = [{instancePath:instancePath+"/tools",schemaPath:"#/properties/tools/type",keyword:"type",params:{type: schema33.properties.tools.type},message:"must be array,null",schema:schema33.properties.tools.type,parentSchema:schema33.properties.tools,data:data32}];
return false;
}
if(errors === _errs57){
if(Array.isArray(data32)){
if(data32.length > 0){
validate22.errors = [{instancePath:instancePath+"/tools",schemaPath:"#/properties/tools/maxItems",keyword:"maxItems",params:{limit: 0},message:"must NOT have more than 0 items",schema:0,parentSchema:schema33.properties.tools,data:data32}];
return false;
}
}
}
var valid0 = _errs57 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tool_choice !== undefined){
let data33 = data.tool_choice;
const _errs59 = errors;
if(!(((data33 === "none") || (data33 === "auto")) || (data33 === null))){
validate22.errors = [{instancePath:instancePath+"/tool_choice",schemaPath:"#/properties/tool_choice/enum",keyword:"enum",params:{allowedValues: schema33.properties.tool_choice.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.tool_choice.enum,parentSchema:schema33.properties.tool_choice,data:data33}];
return false;
}
var valid0 = _errs59 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.parallel_tool_calls !== undefined){
let data34 = data.parallel_tool_calls;
const _errs60 = errors;
if(data34 !== null){
validate22.errors = [{instancePath:instancePath+"/parallel_tool_calls",schemaPath:"#/properties/parallel_tool_calls/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.parallel_tool_calls.type,parentSchema:schema33.properties.parallel_tool_calls,data:data34}];
return false;
}
var valid0 = _errs60 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.functions !== undefined){
let data35 = data.functions;
const _errs62 = errors;
if((!(Array.isArray(data35))) && (data35 !== null)){
validate22.errors = [{instancePath:instancePath+"/functions",schemaPath:"#/properties/functions/type",keyword:"type",params:{type: schema33.properties.functions.type},message:"must be array,null",schema:schema33.properties.functions.type,parentSchema:schema33.properties.functions,data:data35}];
return false;
}
if(errors === _errs62){
if(Array.isArray(data35)){
if(data35.length > 0){
validate22.errors = [{instancePath:instancePath+"/functions",schemaPath:"#/properties/functions/maxItems",keyword:"maxItems",params:{limit: 0},message:"must NOT have more than 0 items",schema:0,parentSchema:schema33.properties.functions,data:data35}];
return false;
}
}
}
var valid0 = _errs62 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.function_call !== undefined){
let data36 = data.function_call;
const _errs64 = errors;
if(!(((data36 === "none") || (data36 === "auto")) || (data36 === null))){
validate22.errors = [{instancePath:instancePath+"/function_call",schemaPath:"#/properties/function_call/enum",keyword:"enum",params:{allowedValues: schema33.properties.function_call.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.function_call.enum,parentSchema:schema33.properties.function_call,data:data36}];
return false;
}
var valid0 = _errs64 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.modalities !== undefined){
let data37 = data.modalities;
const _errs65 = errors;
if((!(Array.isArray(data37))) && (data37 !== null)){
validate22.errors = [{instancePath:instancePath+"/modalities",schemaPath:"#/properties/modalities/type",keyword:"type",params:{type: schema33.properties.modalities.type},message:"must be array,null",schema:schema33.properties.modalities.type,parentSchema:schema33.properties.modalities,data:data37}];
return false;
}
if(errors === _errs65){
if(Array.isArray(data37)){
if(data37.length > 1){
validate22.errors = [{instancePath:instancePath+"/modalities",schemaPath:"#/properties/modalities/maxItems",keyword:"maxItems",params:{limit: 1},message:"must NOT have more than 1 items",schema:1,parentSchema:schema33.properties.modalities,data:data37}];
return false;
}
else {
var valid8 = true;
const len2 = data37.length;
for(let i2=0; i2<len2; i2++){
let data38 = data37[i2];
const _errs67 = errors;
if(!(data38 === "text")){
validate22.errors = [{instancePath:instancePath+"/modalities/" + i2,schemaPath:"#/properties/modalities/items/enum",keyword:"enum",params:{allowedValues: schema33.properties.modalities.items.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.modalities.items.enum,parentSchema:schema33.properties.modalities.items,data:data38}];
return false;
}
var valid8 = _errs67 === errors;
if(!valid8){
break;
}
}
}
}
}
var valid0 = _errs65 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.audio !== undefined){
let data39 = data.audio;
const _errs68 = errors;
if(data39 !== null){
validate22.errors = [{instancePath:instancePath+"/audio",schemaPath:"#/properties/audio/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.audio.type,parentSchema:schema33.properties.audio,data:data39}];
return false;
}
var valid0 = _errs68 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.prediction !== undefined){
let data40 = data.prediction;
const _errs70 = errors;
if(data40 !== null){
validate22.errors = [{instancePath:instancePath+"/prediction",schemaPath:"#/properties/prediction/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.prediction.type,parentSchema:schema33.properties.prediction,data:data40}];
return false;
}
var valid0 = _errs70 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reasoning_effort !== undefined){
let data41 = data.reasoning_effort;
const _errs72 = errors;
if(!((data41 === "none") || (data41 === null))){
validate22.errors = [{instancePath:instancePath+"/reasoning_effort",schemaPath:"#/properties/reasoning_effort/enum",keyword:"enum",params:{allowedValues: schema33.properties.reasoning_effort.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.reasoning_effort.enum,parentSchema:schema33.properties.reasoning_effort,data:data41}];
return false;
}
var valid0 = _errs72 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.verbosity !== undefined){
let data42 = data.verbosity;
const _errs73 = errors;
if(!((data42 === "medium") || (data42 === null))){
validate22.errors = [{instancePath:instancePath+"/verbosity",schemaPath:"#/properties/verbosity/enum",keyword:"enum",params:{allowedValues: schema33.properties.verbosity.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.verbosity.enum,parentSchema:schema33.properties.verbosity,data:data42}];
return false;
}
var valid0 = _errs73 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.web_search_options !== undefined){
let data43 = data.web_search_options;
const _errs74 = errors;
if(data43 !== null){
validate22.errors = [{instancePath:instancePath+"/web_search_options",schemaPath:"#/properties/web_search_options/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.web_search_options.type,parentSchema:schema33.properties.web_search_options,data:data43}];
return false;
}
var valid0 = _errs74 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.store !== undefined){
let data44 = data.store;
const _errs76 = errors;
if(!((data44 === false) || (data44 === null))){
validate22.errors = [{instancePath:instancePath+"/store",schemaPath:"#/properties/store/enum",keyword:"enum",params:{allowedValues: schema33.properties.store.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.store.enum,parentSchema:schema33.properties.store,data:data44}];
return false;
}
var valid0 = _errs76 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.service_tier !== undefined){
let data45 = data.service_tier;
const _errs77 = errors;
if(!(((data45 === "auto") || (data45 === "default")) || (data45 === null))){
validate22.errors = [{instancePath:instancePath+"/service_tier",schemaPath:"#/properties/service_tier/enum",keyword:"enum",params:{allowedValues: schema33.properties.service_tier.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.service_tier.enum,parentSchema:schema33.properties.service_tier,data:data45}];
return false;
}
var valid0 = _errs77 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.guided_json !== undefined){
let data46 = data.guided_json;
const _errs78 = errors;
if(data46 !== null){
validate22.errors = [{instancePath:instancePath+"/guided_json",schemaPath:"#/properties/guided_json/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.guided_json.type,parentSchema:schema33.properties.guided_json,data:data46}];
return false;
}
var valid0 = _errs78 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.guided_regex !== undefined){
let data47 = data.guided_regex;
const _errs80 = errors;
if(data47 !== null){
validate22.errors = [{instancePath:instancePath+"/guided_regex",schemaPath:"#/properties/guided_regex/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.guided_regex.type,parentSchema:schema33.properties.guided_regex,data:data47}];
return false;
}
var valid0 = _errs80 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.guided_choice !== undefined){
let data48 = data.guided_choice;
const _errs82 = errors;
if(data48 !== null){
validate22.errors = [{instancePath:instancePath+"/guided_choice",schemaPath:"#/properties/guided_choice/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.guided_choice.type,parentSchema:schema33.properties.guided_choice,data:data48}];
return false;
}
var valid0 = _errs82 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.guided_grammar !== undefined){
let data49 = data.guided_grammar;
const _errs84 = errors;
if(data49 !== null){
validate22.errors = [{instancePath:instancePath+"/guided_grammar",schemaPath:"#/properties/guided_grammar/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.guided_grammar.type,parentSchema:schema33.properties.guided_grammar,data:data49}];
return false;
}
var valid0 = _errs84 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate22.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":{"model":true,"messages":true,"temperature":true,"top_p":true,"top_k":true,"repetition_penalty":true,"seed":true,"stop":true,"max_completion_tokens":true,"max_tokens":true,"stream":true,"stream_options":true,"media_io_kwargs":true,"mm_processor_kwargs":true,"user":true,"n":true,"logprobs":true,"top_logprobs":true,"logit_bias":true,"presence_penalty":true,"frequency_penalty":true,"min_p":true,"response_format":true,"tools":true,"tool_choice":true,"parallel_tool_calls":true,"functions":true,"function_call":true,"modalities":true,"audio":true,"prediction":true,"reasoning_effort":true,"verbosity":true,"web_search_options":true,"store":true,"service_tier":true,"guided_json":true,"guided_regex":true,"guided_choice":true,"guided_grammar":true},"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="ChatCompletionRequest" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate22(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":{"model":true,"messages":true,"temperature":true,"top_p":true,"top_k":true,"repetition_penalty":true,"seed":true,"stop":true,"max_completion_tokens":true,"max_tokens":true,"stream":true,"stream_options":true,"media_io_kwargs":true,"mm_processor_kwargs":true,"user":true,"n":true,"logprobs":true,"top_logprobs":true,"logit_bias":true,"presence_penalty":true,"frequency_penalty":true,"min_p":true,"response_format":true,"tools":true,"tool_choice":true,"parallel_tool_calls":true,"functions":true,"function_call":true,"modalities":true,"audio":true,"prediction":true,"reasoning_effort":true,"verbosity":true,"web_search_options":true,"store":true,"service_tier":true,"guided_json":true,"guided_regex":true,"guided_choice":true,"guided_grammar":true},"dynamicProps":false,"dynamicItems":false};

export const TranscriptionRequest = validate44;
const schema50 = {"$id":"TranscriptionRequest","$ref":"openapi#/components/schemas/TranscriptionRequest"};
const schema51 = {"type":"object","description":"A sound file and how to write it down. A field given twice is refused.","required":["file","model"],"properties":{"file":{"type":"string","format":"binary","description":"The sound file, of ten minutes at most; the whole request may have 16 MiB. What kind it is is read from its bytes."},"model":{"type":"string","minLength":1,"description":"The id of a model that `GET /v1/models` lists.","examples":["x-llm-tiny"]},"language":{"type":["string","null"],"enum":["en","zh",null],"x-error-code":"unsupported_value","description":"The language that is spoken; `en` or `zh`. Left out, the model finds out."},"prompt":{"type":["string","null"],"maxLength":4096,"description":"What the model is asked in place of its own question. Left out, the question it was trained with."},"response_format":{"enum":["json","text","srt","verbose_json","vtt",null],"x-error-code":"unsupported_value","description":"Left out, `json`."},"temperature":{"type":["number","null"],"minimum":0,"maximum":1,"description":"0 always takes the likeliest. Left out, the model's own default holds."},"timestamp_granularities":{"type":["array","null"],"maxItems":2,"description":"`timestamp_granularities[]`, once or twice: what `verbose_json` lists with times. Left out, segments. Only with `verbose_json`.","items":{"type":"string","enum":["word","segment"]}},"stream":{"type":["boolean","null"],"description":"Send the text as server-sent events while it is written. Only with `json` and `text`."},"include":{"type":["array","null"],"maxItems":0,"x-error-code":"unsupported_parameter","description":"Not supported."},"chunking_strategy":{"enum":["auto",null],"x-error-code":"unsupported_value","description":"Long files are always cut at quiet places, which is `auto`."},"keywords":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"languages":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"known_speaker_names":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."},"known_speaker_references":{"type":"null","x-error-code":"unsupported_parameter","description":"Not supported."}}};

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="TranscriptionRequest" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate44.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs0 = errors;
if(errors === _errs0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.file === undefined) && (missing0 = "file")) || ((data.model === undefined) && (missing0 = "model"))){
validate44.errors = [{instancePath,schemaPath:"openapi#/components/schemas/TranscriptionRequest/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema51.required,parentSchema:schema51,data}];
return false;
}
else {
if(data.file !== undefined){
let data0 = data.file;
const _errs2 = errors;
if(errors === _errs2){
if(errors === _errs2){
if(!(typeof data0 === "string")){
validate44.errors = [{instancePath:instancePath+"/file",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.properties.file.type,parentSchema:schema51.properties.file,data:data0}];
return false;
}
}
}
var valid1 = _errs2 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.model !== undefined){
let data1 = data.model;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length < 1){
validate44.errors = [{instancePath:instancePath+"/model",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/model/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema51.properties.model,data:data1}];
return false;
}
}
else {
validate44.errors = [{instancePath:instancePath+"/model",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.properties.model.type,parentSchema:schema51.properties.model,data:data1}];
return false;
}
}
var valid1 = _errs4 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.language !== undefined){
let data2 = data.language;
const _errs6 = errors;
if((typeof data2 !== "string") && (data2 !== null)){
validate44.errors = [{instancePath:instancePath+"/language",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/language/type",keyword:"type",params:{type: schema51.properties.language.type},message:"must be string,null",schema:schema51.properties.language.type,parentSchema:schema51.properties.language,data:data2}];
return false;
}
if(!(((data2 === "en") || (data2 === "zh")) || (data2 === null))){
validate44.errors = [{instancePath:instancePath+"/language",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/language/enum",keyword:"enum",params:{allowedValues: schema51.properties.language.enum},message:"must be equal to one of the allowed values",schema:schema51.properties.language.enum,parentSchema:schema51.properties.language,data:data2}];
return false;
}
var valid1 = _errs6 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.prompt !== undefined){
let data3 = data.prompt;
const _errs8 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate44.errors = [{instancePath:instancePath+"/prompt",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/prompt/type",keyword:"type",params:{type: schema51.properties.prompt.type},message:"must be string,null",schema:schema51.properties.prompt.type,parentSchema:schema51.properties.prompt,data:data3}];
return false;
}
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 4096){
validate44.errors = [{instancePath:instancePath+"/prompt",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/prompt/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema51.properties.prompt,data:data3}];
return false;
}
}
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.response_format !== undefined){
let data4 = data.response_format;
const _errs10 = errors;
if(!((((((data4 === "json") || (data4 === "text")) || (data4 === "srt")) || (data4 === "verbose_json")) || (data4 === "vtt")) || (data4 === null))){
validate44.errors = [{instancePath:instancePath+"/response_format",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/response_format/enum",keyword:"enum",params:{allowedValues: schema51.properties.response_format.enum},message:"must be equal to one of the allowed values",schema:schema51.properties.response_format.enum,parentSchema:schema51.properties.response_format,data:data4}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.temperature !== undefined){
let data5 = data.temperature;
const _errs11 = errors;
if((!((typeof data5 == "number") && (isFinite(data5)))) && (data5 !== null)){
validate44.errors = [{instancePath:instancePath+"/temperature",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/temperature/type",keyword:"type",params:{type: schema51.properties.temperature.type},message:"must be number,null",schema:schema51.properties.temperature.type,parentSchema:schema51.properties.temperature,data:data5}];
return false;
}
if(errors === _errs11){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1 || isNaN(data5)){
validate44.errors = [{instancePath:instancePath+"/temperature",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/temperature/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema51.properties.temperature,data:data5}];
return false;
}
else {
if(data5 < 0 || isNaN(data5)){
validate44.errors = [{instancePath:instancePath+"/temperature",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/temperature/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.temperature,data:data5}];
return false;
}
}
}
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.timestamp_granularities !== undefined){
let data6 = data.timestamp_granularities;
const _errs13 = errors;
if((!(Array.isArray(data6))) && (data6 !== null)){
validate44.errors = [{instancePath:instancePath+"/timestamp_granularities",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/timestamp_granularities/type",keyword:"type",params:{type: schema51.properties.timestamp_granularities.type},message:"must be array,null",schema:schema51.properties.timestamp_granularities.type,parentSchema:schema51.properties.timestamp_granularities,data:data6}];
return false;
}
if(errors === _errs13){
if(Array.isArray(data6)){
if(data6.length > 2){
validate44.errors = [{instancePath:instancePath+"/timestamp_granularities",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/timestamp_granularities/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema51.properties.timestamp_granularities,data:data6}];
return false;
}
else {
var valid2 = true;
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
const _errs15 = errors;
if(typeof data7 !== "string"){
validate44.errors = [{instancePath:instancePath+"/timestamp_granularities/" + i0,schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/timestamp_granularities/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.properties.timestamp_granularities.items.type,parentSchema:schema51.properties.timestamp_granularities.items,data:data7}];
return false;
}
if(!((data7 === "word") || (data7 === "segment"))){
validate44.errors = [{instancePath:instancePath+"/timestamp_granularities/" + i0,schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/timestamp_granularities/items/enum",keyword:"enum",params:{allowedValues: schema51.properties.timestamp_granularities.items.enum},message:"must be equal to one of the allowed values",schema:schema51.properties.timestamp_granularities.items.enum,parentSchema:schema51.properties.timestamp_granularities.items,data:data7}];
return false;
}
var valid2 = _errs15 === errors;
if(!valid2){
break;
}
}
}
}
}
var valid1 = _errs13 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.stream !== undefined){
let data8 = data.stream;
const _errs17 = errors;
if((typeof data8 !== "boolean") && (data8 !== null)){
validate44.errors = [{instancePath:instancePath+"/stream",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/stream/type",keyword:"type",params:{type: schema51.properties.stream.type},message:"must be boolean,null",schema:schema51.properties.stream.type,parentSchema:schema51.properties.stream,data:data8}];
return false;
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.include !== undefined){
let data9 = data.include;
const _errs19 = errors;
if((!(Array.isArray(data9))) && (data9 !== null)){
validate44.errors = [{instancePath:instancePath+"/include",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/include/type",keyword:"type",params:{type: schema51.properties.include.type},message:"must be array,null",schema:schema51.properties.include.type,parentSchema:schema51.properties.include,data:data9}];
return false;
}
if(errors === _errs19){
if(Array.isArray(data9)){
if(data9.length > 0){
validate44.errors = [{instancePath:instancePath+"/include",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/include/maxItems",keyword:"maxItems",params:{limit: 0},message:"must NOT have more than 0 items",schema:0,parentSchema:schema51.properties.include,data:data9}];
return false;
}
}
}
var valid1 = _errs19 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.chunking_strategy !== undefined){
let data10 = data.chunking_strategy;
const _errs21 = errors;
if(!((data10 === "auto") || (data10 === null))){
validate44.errors = [{instancePath:instancePath+"/chunking_strategy",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/chunking_strategy/enum",keyword:"enum",params:{allowedValues: schema51.properties.chunking_strategy.enum},message:"must be equal to one of the allowed values",schema:schema51.properties.chunking_strategy.enum,parentSchema:schema51.properties.chunking_strategy,data:data10}];
return false;
}
var valid1 = _errs21 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.keywords !== undefined){
let data11 = data.keywords;
const _errs22 = errors;
if(data11 !== null){
validate44.errors = [{instancePath:instancePath+"/keywords",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/keywords/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema51.properties.keywords.type,parentSchema:schema51.properties.keywords,data:data11}];
return false;
}
var valid1 = _errs22 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.languages !== undefined){
let data12 = data.languages;
const _errs24 = errors;
if(data12 !== null){
validate44.errors = [{instancePath:instancePath+"/languages",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/languages/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema51.properties.languages.type,parentSchema:schema51.properties.languages,data:data12}];
return false;
}
var valid1 = _errs24 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.known_speaker_names !== undefined){
let data13 = data.known_speaker_names;
const _errs26 = errors;
if(data13 !== null){
validate44.errors = [{instancePath:instancePath+"/known_speaker_names",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/known_speaker_names/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema51.properties.known_speaker_names.type,parentSchema:schema51.properties.known_speaker_names,data:data13}];
return false;
}
var valid1 = _errs26 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.known_speaker_references !== undefined){
let data14 = data.known_speaker_references;
const _errs28 = errors;
if(data14 !== null){
validate44.errors = [{instancePath:instancePath+"/known_speaker_references",schemaPath:"openapi#/components/schemas/TranscriptionRequest/properties/known_speaker_references/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema51.properties.known_speaker_references.type,parentSchema:schema51.properties.known_speaker_references,data:data14}];
return false;
}
var valid1 = _errs28 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate44.errors = [{instancePath,schemaPath:"openapi#/components/schemas/TranscriptionRequest/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema51.type,parentSchema:schema51,data}];
return false;
}
}
validate44.errors = vErrors;
return errors === 0;
}
validate44.evaluated = {"props":{"file":true,"model":true,"language":true,"prompt":true,"response_format":true,"temperature":true,"timestamp_granularities":true,"stream":true,"include":true,"chunking_strategy":true,"keywords":true,"languages":true,"known_speaker_names":true,"known_speaker_references":true},"dynamicProps":false,"dynamicItems":false};
