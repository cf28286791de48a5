// Generated from openapi/ by `npm run generate -w @x-llm/contract`. Do not edit.
"use strict";
export const createChatCompletion__200__application__json = validate20;
const schema31 = {"$id":"createChatCompletion__200__application__json","$ref":"openapi#/paths/~1v1~1chat~1completions/post/responses/200/content/application~1json/schema"};
const schema33 = {"type":"object","description":"A whole answer.","required":["id","object","created","model","choices","usage"],"properties":{"id":{"type":"string","pattern":"^chatcmpl-"},"object":{"type":"string","const":"chat.completion"},"created":{"type":"integer","description":"Unix time in seconds."},"model":{"type":"string"},"choices":{"type":"array","minItems":1,"maxItems":1,"items":{"type":"object","required":["index","message","logprobs","finish_reason"],"properties":{"index":{"type":"integer"},"message":{"type":"object","required":["role","content","refusal"],"properties":{"role":{"type":"string","const":"assistant"},"content":{"type":"string"},"refusal":{"type":"null"}}},"logprobs":{"type":"null"},"finish_reason":{"$ref":"#/components/schemas/FinishReason"}}}},"usage":{"$ref":"#/components/schemas/Usage"}}};
const schema34 = {"type":"string","description":"`stop`: the model ended or a stop string came. `length`: the token limit or the context was reached.","enum":["stop","length"]};
const schema35 = {"type":"object","description":"Tokens read and written.","required":["prompt_tokens","completion_tokens","total_tokens","prompt_tokens_details"],"properties":{"prompt_tokens":{"type":"integer","minimum":0},"completion_tokens":{"type":"integer","minimum":0},"total_tokens":{"type":"integer","minimum":0},"prompt_tokens_details":{"type":"object","description":"Where the prompt's tokens came from; they add up to `prompt_tokens`.","required":["text_tokens","image_tokens"],"properties":{"text_tokens":{"type":"integer","minimum":0},"image_tokens":{"type":"integer","minimum":0}}}}};
const pattern4 = new RegExp("^chatcmpl-", "u");

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
if(((((((data.id === undefined) && (missing0 = "id")) || ((data.object === undefined) && (missing0 = "object"))) || ((data.created === undefined) && (missing0 = "created"))) || ((data.model === undefined) && (missing0 = "model"))) || ((data.choices === undefined) && (missing0 = "choices"))) || ((data.usage === undefined) && (missing0 = "usage"))){
validate22.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema33.required,parentSchema:schema33,data}];
return false;
}
else {
if(data.id !== undefined){
let data0 = data.id;
const _errs1 = errors;
if(errors === _errs1){
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
validate22.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^chatcmpl-"},message:"must match pattern \""+"^chatcmpl-"+"\"",schema:"^chatcmpl-",parentSchema:schema33.properties.id,data:data0}];
return false;
}
}
else {
validate22.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.id.type,parentSchema:schema33.properties.id,data:data0}];
return false;
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.object !== undefined){
let data1 = data.object;
const _errs3 = errors;
if(typeof data1 !== "string"){
validate22.errors = [{instancePath:instancePath+"/object",schemaPath:"#/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.object.type,parentSchema:schema33.properties.object,data:data1}];
return false;
}
if("chat.completion" !== data1){
validate22.errors = [{instancePath:instancePath+"/object",schemaPath:"#/properties/object/const",keyword:"const",params:{allowedValue: "chat.completion"},message:"must be equal to constant",schema:"chat.completion",parentSchema:schema33.properties.object,data:data1}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.created !== undefined){
let data2 = data.created;
const _errs5 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate22.errors = [{instancePath:instancePath+"/created",schemaPath:"#/properties/created/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.created.type,parentSchema:schema33.properties.created,data:data2}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.model !== undefined){
let data3 = data.model;
const _errs7 = errors;
if(typeof data3 !== "string"){
validate22.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.model.type,parentSchema:schema33.properties.model,data:data3}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.choices !== undefined){
let data4 = data.choices;
const _errs9 = errors;
if(errors === _errs9){
if(Array.isArray(data4)){
if(data4.length > 1){
validate22.errors = [{instancePath:instancePath+"/choices",schemaPath:"#/properties/choices/maxItems",keyword:"maxItems",params:{limit: 1},message:"must NOT have more than 1 items",schema:1,parentSchema:schema33.properties.choices,data:data4}];
return false;
}
else {
if(data4.length < 1){
validate22.errors = [{instancePath:instancePath+"/choices",schemaPath:"#/properties/choices/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema33.properties.choices,data:data4}];
return false;
}
else {
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs11 = errors;
if(errors === _errs11){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if(((((data5.index === undefined) && (missing1 = "index")) || ((data5.message === undefined) && (missing1 = "message"))) || ((data5.logprobs === undefined) && (missing1 = "logprobs"))) || ((data5.finish_reason === undefined) && (missing1 = "finish_reason"))){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0,schemaPath:"#/properties/choices/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema33.properties.choices.items.required,parentSchema:schema33.properties.choices.items,data:data5}];
return false;
}
else {
if(data5.index !== undefined){
let data6 = data5.index;
const _errs13 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/index",schemaPath:"#/properties/choices/items/properties/index/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.choices.items.properties.index.type,parentSchema:schema33.properties.choices.items.properties.index,data:data6}];
return false;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.message !== undefined){
let data7 = data5.message;
const _errs15 = errors;
if(errors === _errs15){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing2;
if((((data7.role === undefined) && (missing2 = "role")) || ((data7.content === undefined) && (missing2 = "content"))) || ((data7.refusal === undefined) && (missing2 = "refusal"))){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/message",schemaPath:"#/properties/choices/items/properties/message/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'",schema:schema33.properties.choices.items.properties.message.required,parentSchema:schema33.properties.choices.items.properties.message,data:data7}];
return false;
}
else {
if(data7.role !== undefined){
let data8 = data7.role;
const _errs17 = errors;
if(typeof data8 !== "string"){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/message/role",schemaPath:"#/properties/choices/items/properties/message/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.choices.items.properties.message.properties.role.type,parentSchema:schema33.properties.choices.items.properties.message.properties.role,data:data8}];
return false;
}
if("assistant" !== data8){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/message/role",schemaPath:"#/properties/choices/items/properties/message/properties/role/const",keyword:"const",params:{allowedValue: "assistant"},message:"must be equal to constant",schema:"assistant",parentSchema:schema33.properties.choices.items.properties.message.properties.role,data:data8}];
return false;
}
var valid3 = _errs17 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.content !== undefined){
let data9 = data7.content;
const _errs19 = errors;
if(typeof data9 !== "string"){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/message/content",schemaPath:"#/properties/choices/items/properties/message/properties/content/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.choices.items.properties.message.properties.content.type,parentSchema:schema33.properties.choices.items.properties.message.properties.content,data:data9}];
return false;
}
var valid3 = _errs19 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.refusal !== undefined){
let data10 = data7.refusal;
const _errs21 = errors;
if(data10 !== null){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/message/refusal",schemaPath:"#/properties/choices/items/properties/message/properties/refusal/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.choices.items.properties.message.properties.refusal.type,parentSchema:schema33.properties.choices.items.properties.message.properties.refusal,data:data10}];
return false;
}
var valid3 = _errs21 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/message",schemaPath:"#/properties/choices/items/properties/message/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.properties.choices.items.properties.message.type,parentSchema:schema33.properties.choices.items.properties.message,data:data7}];
return false;
}
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.logprobs !== undefined){
let data11 = data5.logprobs;
const _errs23 = errors;
if(data11 !== null){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/logprobs",schemaPath:"#/properties/choices/items/properties/logprobs/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema33.properties.choices.items.properties.logprobs.type,parentSchema:schema33.properties.choices.items.properties.logprobs,data:data11}];
return false;
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.finish_reason !== undefined){
let data12 = data5.finish_reason;
const _errs25 = errors;
if(typeof data12 !== "string"){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/finish_reason",schemaPath:"#/components/schemas/FinishReason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data12}];
return false;
}
if(!((data12 === "stop") || (data12 === "length"))){
validate22.errors = [{instancePath:instancePath+"/choices/" + i0+"/finish_reason",schemaPath:"#/components/schemas/FinishReason/enum",keyword:"enum",params:{allowedValues: schema34.enum},message:"must be equal to one of the allowed values",schema:schema34.enum,parentSchema:schema34,data:data12}];
return false;
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/choices/" + i0,schemaPath:"#/properties/choices/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.properties.choices.items.type,parentSchema:schema33.properties.choices.items,data:data5}];
return false;
}
}
var valid1 = _errs11 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/choices",schemaPath:"#/properties/choices/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema33.properties.choices.type,parentSchema:schema33.properties.choices,data:data4}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.usage !== undefined){
let data13 = data.usage;
const _errs28 = errors;
const _errs29 = errors;
if(errors === _errs29){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
let missing3;
if(((((data13.prompt_tokens === undefined) && (missing3 = "prompt_tokens")) || ((data13.completion_tokens === undefined) && (missing3 = "completion_tokens"))) || ((data13.total_tokens === undefined) && (missing3 = "total_tokens"))) || ((data13.prompt_tokens_details === undefined) && (missing3 = "prompt_tokens_details"))){
validate22.errors = [{instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/Usage/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'",schema:schema35.required,parentSchema:schema35,data:data13}];
return false;
}
else {
if(data13.prompt_tokens !== undefined){
let data14 = data13.prompt_tokens;
const _errs31 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens.type,parentSchema:schema35.properties.prompt_tokens,data:data14}];
return false;
}
if(errors === _errs31){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens,data:data14}];
return false;
}
}
}
var valid6 = _errs31 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data13.completion_tokens !== undefined){
let data15 = data13.completion_tokens;
const _errs33 = errors;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
validate22.errors = [{instancePath:instancePath+"/usage/completion_tokens",schemaPath:"#/components/schemas/Usage/properties/completion_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.completion_tokens.type,parentSchema:schema35.properties.completion_tokens,data:data15}];
return false;
}
if(errors === _errs33){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
validate22.errors = [{instancePath:instancePath+"/usage/completion_tokens",schemaPath:"#/components/schemas/Usage/properties/completion_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.completion_tokens,data:data15}];
return false;
}
}
}
var valid6 = _errs33 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data13.total_tokens !== undefined){
let data16 = data13.total_tokens;
const _errs35 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
validate22.errors = [{instancePath:instancePath+"/usage/total_tokens",schemaPath:"#/components/schemas/Usage/properties/total_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.total_tokens.type,parentSchema:schema35.properties.total_tokens,data:data16}];
return false;
}
if(errors === _errs35){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
validate22.errors = [{instancePath:instancePath+"/usage/total_tokens",schemaPath:"#/components/schemas/Usage/properties/total_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.total_tokens,data:data16}];
return false;
}
}
}
var valid6 = _errs35 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data13.prompt_tokens_details !== undefined){
let data17 = data13.prompt_tokens_details;
const _errs37 = errors;
if(errors === _errs37){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing4;
if(((data17.text_tokens === undefined) && (missing4 = "text_tokens")) || ((data17.image_tokens === undefined) && (missing4 = "image_tokens"))){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'",schema:schema35.properties.prompt_tokens_details.required,parentSchema:schema35.properties.prompt_tokens_details,data:data17}];
return false;
}
else {
if(data17.text_tokens !== undefined){
let data18 = data17.text_tokens;
const _errs39 = errors;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details/text_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/text_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens_details.properties.text_tokens.type,parentSchema:schema35.properties.prompt_tokens_details.properties.text_tokens,data:data18}];
return false;
}
if(errors === _errs39){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 < 0 || isNaN(data18)){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details/text_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/text_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens_details.properties.text_tokens,data:data18}];
return false;
}
}
}
var valid7 = _errs39 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.image_tokens !== undefined){
let data19 = data17.image_tokens;
const _errs41 = errors;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details/image_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/image_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens_details.properties.image_tokens.type,parentSchema:schema35.properties.prompt_tokens_details.properties.image_tokens,data:data19}];
return false;
}
if(errors === _errs41){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 < 0 || isNaN(data19)){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details/image_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/image_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens_details.properties.image_tokens,data:data19}];
return false;
}
}
}
var valid7 = _errs41 === errors;
}
else {
var valid7 = true;
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.properties.prompt_tokens_details.type,parentSchema:schema35.properties.prompt_tokens_details,data:data17}];
return false;
}
}
var valid6 = _errs37 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/Usage/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data:data13}];
return false;
}
}
var valid0 = _errs28 === errors;
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
else {
validate22.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":{"id":true,"object":true,"created":true,"model":true,"choices":true,"usage":true},"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="createChatCompletion__200__application__json" */;
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
validate20.evaluated = {"props":{"id":true,"object":true,"created":true,"model":true,"choices":true,"usage":true},"dynamicProps":false,"dynamicItems":false};

export const createChatCompletion__200__text__event_dash_stream = validate24;
const schema36 = {"$id":"createChatCompletion__200__text__event_dash_stream","$ref":"openapi#/paths/~1v1~1chat~1completions/post/responses/200/content/text~1event-stream/schema"};
const schema37 = {"description":"The JSON of one `data:` line; the line `data: [DONE]` ends the stream.","anyOf":[{"$ref":"#/components/schemas/ChatCompletionChunk"},{"$ref":"#/components/schemas/ErrorResponse"}]};
const schema38 = {"type":"object","description":"A piece of a streamed answer; `id`, `created` and `model` are the same in all of them.","required":["id","object","created","model","choices"],"properties":{"id":{"type":"string","pattern":"^chatcmpl-"},"object":{"type":"string","const":"chat.completion.chunk"},"created":{"type":"integer","description":"Unix time in seconds."},"model":{"type":"string"},"choices":{"type":"array","maxItems":1,"description":"Empty in the chunk that carries the usage.","items":{"type":"object","required":["index","delta","logprobs","finish_reason"],"properties":{"index":{"type":"integer"},"delta":{"type":"object","properties":{"role":{"type":"string","const":"assistant"},"content":{"type":"string"},"refusal":{"type":"null"}}},"logprobs":{"type":"null"},"finish_reason":{"oneOf":[{"$ref":"#/components/schemas/FinishReason"},{"type":"null"}]}}}},"usage":{"description":"With `include_usage`, null until the last chunk.","oneOf":[{"$ref":"#/components/schemas/Usage"},{"type":"null"}]}}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.id === undefined) && (missing0 = "id")) || ((data.object === undefined) && (missing0 = "object"))) || ((data.created === undefined) && (missing0 = "created"))) || ((data.model === undefined) && (missing0 = "model"))) || ((data.choices === undefined) && (missing0 = "choices"))){
validate26.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema38.required,parentSchema:schema38,data}];
return false;
}
else {
if(data.id !== undefined){
let data0 = data.id;
const _errs1 = errors;
if(errors === _errs1){
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^chatcmpl-"},message:"must match pattern \""+"^chatcmpl-"+"\"",schema:"^chatcmpl-",parentSchema:schema38.properties.id,data:data0}];
return false;
}
}
else {
validate26.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.id.type,parentSchema:schema38.properties.id,data:data0}];
return false;
}
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.object !== undefined){
let data1 = data.object;
const _errs3 = errors;
if(typeof data1 !== "string"){
validate26.errors = [{instancePath:instancePath+"/object",schemaPath:"#/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.object.type,parentSchema:schema38.properties.object,data:data1}];
return false;
}
if("chat.completion.chunk" !== data1){
validate26.errors = [{instancePath:instancePath+"/object",schemaPath:"#/properties/object/const",keyword:"const",params:{allowedValue: "chat.completion.chunk"},message:"must be equal to constant",schema:"chat.completion.chunk",parentSchema:schema38.properties.object,data:data1}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.created !== undefined){
let data2 = data.created;
const _errs5 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate26.errors = [{instancePath:instancePath+"/created",schemaPath:"#/properties/created/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema38.properties.created.type,parentSchema:schema38.properties.created,data:data2}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.model !== undefined){
let data3 = data.model;
const _errs7 = errors;
if(typeof data3 !== "string"){
validate26.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.model.type,parentSchema:schema38.properties.model,data:data3}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.choices !== undefined){
let data4 = data.choices;
const _errs9 = errors;
if(errors === _errs9){
if(Array.isArray(data4)){
if(data4.length > 1){
validate26.errors = [{instancePath:instancePath+"/choices",schemaPath:"#/properties/choices/maxItems",keyword:"maxItems",params:{limit: 1},message:"must NOT have more than 1 items",schema:1,parentSchema:schema38.properties.choices,data:data4}];
return false;
}
else {
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs11 = errors;
if(errors === _errs11){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if(((((data5.index === undefined) && (missing1 = "index")) || ((data5.delta === undefined) && (missing1 = "delta"))) || ((data5.logprobs === undefined) && (missing1 = "logprobs"))) || ((data5.finish_reason === undefined) && (missing1 = "finish_reason"))){
validate26.errors = [{instancePath:instancePath+"/choices/" + i0,schemaPath:"#/properties/choices/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema38.properties.choices.items.required,parentSchema:schema38.properties.choices.items,data:data5}];
return false;
}
else {
if(data5.index !== undefined){
let data6 = data5.index;
const _errs13 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate26.errors = [{instancePath:instancePath+"/choices/" + i0+"/index",schemaPath:"#/properties/choices/items/properties/index/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema38.properties.choices.items.properties.index.type,parentSchema:schema38.properties.choices.items.properties.index,data:data6}];
return false;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.delta !== undefined){
let data7 = data5.delta;
const _errs15 = errors;
if(errors === _errs15){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.role !== undefined){
let data8 = data7.role;
const _errs17 = errors;
if(typeof data8 !== "string"){
validate26.errors = [{instancePath:instancePath+"/choices/" + i0+"/delta/role",schemaPath:"#/properties/choices/items/properties/delta/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.choices.items.properties.delta.properties.role.type,parentSchema:schema38.properties.choices.items.properties.delta.properties.role,data:data8}];
return false;
}
if("assistant" !== data8){
validate26.errors = [{instancePath:instancePath+"/choices/" + i0+"/delta/role",schemaPath:"#/properties/choices/items/properties/delta/properties/role/const",keyword:"const",params:{allowedValue: "assistant"},message:"must be equal to constant",schema:"assistant",parentSchema:schema38.properties.choices.items.properties.delta.properties.role,data:data8}];
return false;
}
var valid3 = _errs17 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.content !== undefined){
let data9 = data7.content;
const _errs19 = errors;
if(typeof data9 !== "string"){
validate26.errors = [{instancePath:instancePath+"/choices/" + i0+"/delta/content",schemaPath:"#/properties/choices/items/properties/delta/properties/content/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.choices.items.properties.delta.properties.content.type,parentSchema:schema38.properties.choices.items.properties.delta.properties.content,data:data9}];
return false;
}
var valid3 = _errs19 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.refusal !== undefined){
let data10 = data7.refusal;
const _errs21 = errors;
if(data10 !== null){
validate26.errors = [{instancePath:instancePath+"/choices/" + i0+"/delta/refusal",schemaPath:"#/properties/choices/items/properties/delta/properties/refusal/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema38.properties.choices.items.properties.delta.properties.refusal.type,parentSchema:schema38.properties.choices.items.properties.delta.properties.refusal,data:data10}];
return false;
}
var valid3 = _errs21 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/choices/" + i0+"/delta",schemaPath:"#/properties/choices/items/properties/delta/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.properties.choices.items.properties.delta.type,parentSchema:schema38.properties.choices.items.properties.delta,data:data7}];
return false;
}
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.logprobs !== undefined){
let data11 = data5.logprobs;
const _errs23 = errors;
if(data11 !== null){
validate26.errors = [{instancePath:instancePath+"/choices/" + i0+"/logprobs",schemaPath:"#/properties/choices/items/properties/logprobs/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema38.properties.choices.items.properties.logprobs.type,parentSchema:schema38.properties.choices.items.properties.logprobs,data:data11}];
return false;
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.finish_reason !== undefined){
let data12 = data5.finish_reason;
const _errs25 = errors;
const _errs26 = errors;
let valid4 = false;
let passing0 = null;
const _errs27 = errors;
if(typeof data12 !== "string"){
const err0 = {instancePath:instancePath+"/choices/" + i0+"/finish_reason",schemaPath:"#/components/schemas/FinishReason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data12};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!((data12 === "stop") || (data12 === "length"))){
const err1 = {instancePath:instancePath+"/choices/" + i0+"/finish_reason",schemaPath:"#/components/schemas/FinishReason/enum",keyword:"enum",params:{allowedValues: schema34.enum},message:"must be equal to one of the allowed values",schema:schema34.enum,parentSchema:schema34,data:data12};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs27 === errors;
if(_valid0){
valid4 = true;
passing0 = 0;
}
const _errs30 = errors;
if(data12 !== null){
const err2 = {instancePath:instancePath+"/choices/" + i0+"/finish_reason",schemaPath:"#/properties/choices/items/properties/finish_reason/oneOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema38.properties.choices.items.properties.finish_reason.oneOf[1].type,parentSchema:schema38.properties.choices.items.properties.finish_reason.oneOf[1],data:data12};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs30 === errors;
if(_valid0 && valid4){
valid4 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid4 = true;
passing0 = 1;
}
}
if(!valid4){
const err3 = {instancePath:instancePath+"/choices/" + i0+"/finish_reason",schemaPath:"#/properties/choices/items/properties/finish_reason/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema38.properties.choices.items.properties.finish_reason.oneOf,parentSchema:schema38.properties.choices.items.properties.finish_reason,data:data12};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
validate26.errors = vErrors;
return false;
}
else {
errors = _errs26;
if(vErrors !== null){
if(_errs26){
vErrors.length = _errs26;
}
else {
vErrors = null;
}
}
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/choices/" + i0,schemaPath:"#/properties/choices/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.properties.choices.items.type,parentSchema:schema38.properties.choices.items,data:data5}];
return false;
}
}
var valid1 = _errs11 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/choices",schemaPath:"#/properties/choices/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties.choices.type,parentSchema:schema38.properties.choices,data:data4}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.usage !== undefined){
let data13 = data.usage;
const _errs32 = errors;
const _errs33 = errors;
let valid6 = false;
let passing1 = null;
const _errs34 = errors;
const _errs35 = errors;
if(errors === _errs35){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
let missing2;
if(((((data13.prompt_tokens === undefined) && (missing2 = "prompt_tokens")) || ((data13.completion_tokens === undefined) && (missing2 = "completion_tokens"))) || ((data13.total_tokens === undefined) && (missing2 = "total_tokens"))) || ((data13.prompt_tokens_details === undefined) && (missing2 = "prompt_tokens_details"))){
const err4 = {instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/Usage/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'",schema:schema35.required,parentSchema:schema35,data:data13};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
if(data13.prompt_tokens !== undefined){
let data14 = data13.prompt_tokens;
const _errs37 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err5 = {instancePath:instancePath+"/usage/prompt_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens.type,parentSchema:schema35.properties.prompt_tokens,data:data14};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(errors === _errs37){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
const err6 = {instancePath:instancePath+"/usage/prompt_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens,data:data14};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
var valid8 = _errs37 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data13.completion_tokens !== undefined){
let data15 = data13.completion_tokens;
const _errs39 = errors;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err7 = {instancePath:instancePath+"/usage/completion_tokens",schemaPath:"#/components/schemas/Usage/properties/completion_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.completion_tokens.type,parentSchema:schema35.properties.completion_tokens,data:data15};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(errors === _errs39){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
const err8 = {instancePath:instancePath+"/usage/completion_tokens",schemaPath:"#/components/schemas/Usage/properties/completion_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.completion_tokens,data:data15};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
var valid8 = _errs39 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data13.total_tokens !== undefined){
let data16 = data13.total_tokens;
const _errs41 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err9 = {instancePath:instancePath+"/usage/total_tokens",schemaPath:"#/components/schemas/Usage/properties/total_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.total_tokens.type,parentSchema:schema35.properties.total_tokens,data:data16};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(errors === _errs41){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
const err10 = {instancePath:instancePath+"/usage/total_tokens",schemaPath:"#/components/schemas/Usage/properties/total_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.total_tokens,data:data16};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
var valid8 = _errs41 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data13.prompt_tokens_details !== undefined){
let data17 = data13.prompt_tokens_details;
const _errs43 = errors;
if(errors === _errs43){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing3;
if(((data17.text_tokens === undefined) && (missing3 = "text_tokens")) || ((data17.image_tokens === undefined) && (missing3 = "image_tokens"))){
const err11 = {instancePath:instancePath+"/usage/prompt_tokens_details",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'",schema:schema35.properties.prompt_tokens_details.required,parentSchema:schema35.properties.prompt_tokens_details,data:data17};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
if(data17.text_tokens !== undefined){
let data18 = data17.text_tokens;
const _errs45 = errors;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err12 = {instancePath:instancePath+"/usage/prompt_tokens_details/text_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/text_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens_details.properties.text_tokens.type,parentSchema:schema35.properties.prompt_tokens_details.properties.text_tokens,data:data18};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(errors === _errs45){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 < 0 || isNaN(data18)){
const err13 = {instancePath:instancePath+"/usage/prompt_tokens_details/text_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/text_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens_details.properties.text_tokens,data:data18};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
var valid9 = _errs45 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data17.image_tokens !== undefined){
let data19 = data17.image_tokens;
const _errs47 = errors;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
const err14 = {instancePath:instancePath+"/usage/prompt_tokens_details/image_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/image_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens_details.properties.image_tokens.type,parentSchema:schema35.properties.prompt_tokens_details.properties.image_tokens,data:data19};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(errors === _errs47){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 < 0 || isNaN(data19)){
const err15 = {instancePath:instancePath+"/usage/prompt_tokens_details/image_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/image_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens_details.properties.image_tokens,data:data19};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
var valid9 = _errs47 === errors;
}
else {
var valid9 = true;
}
}
}
}
else {
const err16 = {instancePath:instancePath+"/usage/prompt_tokens_details",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.properties.prompt_tokens_details.type,parentSchema:schema35.properties.prompt_tokens_details,data:data17};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
var valid8 = _errs43 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
}
else {
const err17 = {instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/Usage/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data:data13};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
var _valid1 = _errs34 === errors;
if(_valid1){
valid6 = true;
passing1 = 0;
var props0 = {};
props0.prompt_tokens = true;
props0.completion_tokens = true;
props0.total_tokens = true;
props0.prompt_tokens_details = true;
}
const _errs49 = errors;
if(data13 !== null){
const err18 = {instancePath:instancePath+"/usage",schemaPath:"#/properties/usage/oneOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema38.properties.usage.oneOf[1].type,parentSchema:schema38.properties.usage.oneOf[1],data:data13};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid1 = _errs49 === errors;
if(_valid1 && valid6){
valid6 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid6 = true;
passing1 = 1;
}
}
if(!valid6){
const err19 = {instancePath:instancePath+"/usage",schemaPath:"#/properties/usage/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema38.properties.usage.oneOf,parentSchema:schema38.properties.usage,data:data13};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
validate26.errors = vErrors;
return false;
}
else {
errors = _errs33;
if(vErrors !== null){
if(_errs33){
vErrors.length = _errs33;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs32 === errors;
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
else {
validate26.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data}];
return false;
}
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":{"id":true,"object":true,"created":true,"model":true,"choices":true,"usage":true},"dynamicProps":false,"dynamicItems":false};

const schema41 = {"type":"object","description":"OpenAI's error envelope; all four keys are always there.","required":["error"],"properties":{"error":{"type":"object","required":["message","type","param","code"],"properties":{"message":{"type":"string","minLength":1,"description":"For a person; what happened and what to do."},"type":{"$ref":"#/components/schemas/ErrorType"},"param":{"type":["string","null"],"description":"The field to blame, as in `messages[0].content[1].image_url.url`."},"code":{"$ref":"#/components/schemas/ErrorCode"}}}}};
const schema42 = {"type":"string","description":"The family of the error.","enum":["invalid_request_error","rate_limit_error","server_error"]};
const schema43 = {"type":"string","description":"Exactly what went wrong. `packages/contract/src/errors.ts` gives each its status and message.","enum":["invalid_json","invalid_type","invalid_value","missing_required_parameter","empty_array","array_above_max_length","unsupported_parameter","unsupported_value","unsupported_content_part","context_length_exceeded","too_many_images","invalid_image","invalid_base64_image","invalid_image_url","unsupported_image_url","unsupported_image_media_type","image_too_large","image_parse_error","empty_image_file","empty_audio_file","invalid_audio","unsupported_audio_format","audio_too_large","audio_too_long","audio_parse_error","no_audio_track","empty_video_file","invalid_video","unsupported_video_format","video_too_large","video_too_long","video_parse_error","no_video_track","media_timeout","invalid_api_key","invalid_signature","model_not_found","not_found","method_not_allowed","request_timeout","request_too_large","unsupported_media_type","rate_limit_exceeded","overloaded","internal_error","backend_error","backend_unavailable","not_ready","draining","generation_timeout"]};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.error === undefined) && (missing0 = "error")){
validate28.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
return false;
}
else {
if(data.error !== undefined){
let data0 = data.error;
const _errs1 = errors;
if(errors === _errs1){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing1;
if(((((data0.message === undefined) && (missing1 = "message")) || ((data0.type === undefined) && (missing1 = "type"))) || ((data0.param === undefined) && (missing1 = "param"))) || ((data0.code === undefined) && (missing1 = "code"))){
validate28.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate28.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.type !== undefined){
let data2 = data0.type;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate28.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate28.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.param !== undefined){
let data3 = data0.param;
const _errs8 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate28.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.code !== undefined){
let data4 = data0.code;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate28.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate28.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate28.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


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
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(!(validate26(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
var props0 = {};
props0.id = true;
props0.object = true;
props0.created = true;
props0.model = true;
props0.choices = true;
props0.usage = true;
}
const _errs2 = errors;
if(!(validate28(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var _valid0 = _errs2 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.error = true;
}
}
if(!valid0){
const err0 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema37.anyOf,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
validate25.errors = vErrors;
return false;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate25.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate25.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="createChatCompletion__200__text__event_dash_stream" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate25(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
else {
var props0 = validate25.evaluated.props;
}
validate24.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate24.evaluated = {"dynamicProps":true,"dynamicItems":false};

export const createChatCompletion__default__application__json = validate31;
const schema44 = {"$id":"createChatCompletion__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

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
if((data.error === undefined) && (missing0 = "error")){
validate32.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
return false;
}
else {
if(data.error !== undefined){
let data0 = data.error;
const _errs1 = errors;
if(errors === _errs1){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing1;
if(((((data0.message === undefined) && (missing1 = "message")) || ((data0.type === undefined) && (missing1 = "type"))) || ((data0.param === undefined) && (missing1 = "param"))) || ((data0.code === undefined) && (missing1 = "code"))){
validate32.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate32.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate32.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.type !== undefined){
let data2 = data0.type;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate32.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate32.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.param !== undefined){
let data3 = data0.param;
const _errs8 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate32.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.code !== undefined){
let data4 = data0.code;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate32.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate32.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate32.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="createChatCompletion__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate31.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate32(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const listModels__200__application__json = validate34;
const schema48 = {"$id":"listModels__200__application__json","$ref":"openapi#/paths/~1v1~1models/get/responses/200/content/application~1json/schema"};
const schema49 = {"type":"object","required":["object","data"],"properties":{"object":{"type":"string","const":"list"},"data":{"type":"array","items":{"$ref":"#/components/schemas/Model"}}}};
const schema50 = {"type":"object","description":"A model, with what a client needs to know to use it well.","required":["id","object","created","owned_by","context_length","image_size","input_modalities"],"properties":{"id":{"type":"string","examples":["x-llm-tiny"]},"object":{"type":"string","const":"model"},"created":{"type":"integer","description":"Unix time in seconds."},"owned_by":{"type":"string"},"context_length":{"type":"integer","minimum":1,"description":"The most tokens of prompt and answer together."},"image_size":{"type":"integer","minimum":0,"description":"Pictures are resized to this many pixels in width and height; 0 for a model that sees none."},"input_modalities":{"type":"array","description":"What a user message may hold.","items":{"type":"string","enum":["text","image"]}}}};

function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate35.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.object === undefined) && (missing0 = "object")) || ((data.data === undefined) && (missing0 = "data"))){
validate35.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema49.required,parentSchema:schema49,data}];
return false;
}
else {
if(data.object !== undefined){
let data0 = data.object;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate35.errors = [{instancePath:instancePath+"/object",schemaPath:"#/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.properties.object.type,parentSchema:schema49.properties.object,data:data0}];
return false;
}
if("list" !== data0){
validate35.errors = [{instancePath:instancePath+"/object",schemaPath:"#/properties/object/const",keyword:"const",params:{allowedValue: "list"},message:"must be equal to constant",schema:"list",parentSchema:schema49.properties.object,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.data !== undefined){
let data1 = data.data;
const _errs3 = errors;
if(errors === _errs3){
if(Array.isArray(data1)){
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
const _errs5 = errors;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((((((((data2.id === undefined) && (missing1 = "id")) || ((data2.object === undefined) && (missing1 = "object"))) || ((data2.created === undefined) && (missing1 = "created"))) || ((data2.owned_by === undefined) && (missing1 = "owned_by"))) || ((data2.context_length === undefined) && (missing1 = "context_length"))) || ((data2.image_size === undefined) && (missing1 = "image_size"))) || ((data2.input_modalities === undefined) && (missing1 = "input_modalities"))){
validate35.errors = [{instancePath:instancePath+"/data/" + i0,schemaPath:"#/components/schemas/Model/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema50.required,parentSchema:schema50,data:data2}];
return false;
}
else {
if(data2.id !== undefined){
let data3 = data2.id;
const _errs8 = errors;
if(typeof data3 !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/id",schemaPath:"#/components/schemas/Model/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.id.type,parentSchema:schema50.properties.id,data:data3}];
return false;
}
var valid3 = _errs8 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.object !== undefined){
let data4 = data2.object;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/object",schemaPath:"#/components/schemas/Model/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.object.type,parentSchema:schema50.properties.object,data:data4}];
return false;
}
if("model" !== data4){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/object",schemaPath:"#/components/schemas/Model/properties/object/const",keyword:"const",params:{allowedValue: "model"},message:"must be equal to constant",schema:"model",parentSchema:schema50.properties.object,data:data4}];
return false;
}
var valid3 = _errs10 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.created !== undefined){
let data5 = data2.created;
const _errs12 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/created",schemaPath:"#/components/schemas/Model/properties/created/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.properties.created.type,parentSchema:schema50.properties.created,data:data5}];
return false;
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.owned_by !== undefined){
let data6 = data2.owned_by;
const _errs14 = errors;
if(typeof data6 !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/owned_by",schemaPath:"#/components/schemas/Model/properties/owned_by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.owned_by.type,parentSchema:schema50.properties.owned_by,data:data6}];
return false;
}
var valid3 = _errs14 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.context_length !== undefined){
let data7 = data2.context_length;
const _errs16 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/context_length",schemaPath:"#/components/schemas/Model/properties/context_length/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.properties.context_length.type,parentSchema:schema50.properties.context_length,data:data7}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 1 || isNaN(data7)){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/context_length",schemaPath:"#/components/schemas/Model/properties/context_length/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema50.properties.context_length,data:data7}];
return false;
}
}
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.image_size !== undefined){
let data8 = data2.image_size;
const _errs18 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/image_size",schemaPath:"#/components/schemas/Model/properties/image_size/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.properties.image_size.type,parentSchema:schema50.properties.image_size,data:data8}];
return false;
}
if(errors === _errs18){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/image_size",schemaPath:"#/components/schemas/Model/properties/image_size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema50.properties.image_size,data:data8}];
return false;
}
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.input_modalities !== undefined){
let data9 = data2.input_modalities;
const _errs20 = errors;
if(errors === _errs20){
if(Array.isArray(data9)){
var valid4 = true;
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
const _errs22 = errors;
if(typeof data10 !== "string"){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/input_modalities/" + i1,schemaPath:"#/components/schemas/Model/properties/input_modalities/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.input_modalities.items.type,parentSchema:schema50.properties.input_modalities.items,data:data10}];
return false;
}
if(!((data10 === "text") || (data10 === "image"))){
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/input_modalities/" + i1,schemaPath:"#/components/schemas/Model/properties/input_modalities/items/enum",keyword:"enum",params:{allowedValues: schema50.properties.input_modalities.items.enum},message:"must be equal to one of the allowed values",schema:schema50.properties.input_modalities.items.enum,parentSchema:schema50.properties.input_modalities.items,data:data10}];
return false;
}
var valid4 = _errs22 === errors;
if(!valid4){
break;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/data/" + i0+"/input_modalities",schemaPath:"#/components/schemas/Model/properties/input_modalities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema50.properties.input_modalities.type,parentSchema:schema50.properties.input_modalities,data:data9}];
return false;
}
}
var valid3 = _errs20 === errors;
}
else {
var valid3 = true;
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
validate35.errors = [{instancePath:instancePath+"/data/" + i0,schemaPath:"#/components/schemas/Model/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data:data2}];
return false;
}
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema49.properties.data.type,parentSchema:schema49.properties.data,data:data1}];
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
validate35.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema49.type,parentSchema:schema49,data}];
return false;
}
}
validate35.errors = vErrors;
return errors === 0;
}
validate35.evaluated = {"props":{"object":true,"data":true},"dynamicProps":false,"dynamicItems":false};


function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="listModels__200__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate34.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate35(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
errors = vErrors.length;
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":{"object":true,"data":true},"dynamicProps":false,"dynamicItems":false};

export const listModels__default__application__json = validate37;
const schema51 = {"$id":"listModels__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate38.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.error === undefined) && (missing0 = "error")){
validate38.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
return false;
}
else {
if(data.error !== undefined){
let data0 = data.error;
const _errs1 = errors;
if(errors === _errs1){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing1;
if(((((data0.message === undefined) && (missing1 = "message")) || ((data0.type === undefined) && (missing1 = "type"))) || ((data0.param === undefined) && (missing1 = "param"))) || ((data0.code === undefined) && (missing1 = "code"))){
validate38.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate38.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.type !== undefined){
let data2 = data0.type;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate38.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate38.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.param !== undefined){
let data3 = data0.param;
const _errs8 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate38.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.code !== undefined){
let data4 = data0.code;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate38.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate38.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate38.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate38.errors = vErrors;
return errors === 0;
}
validate38.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="listModels__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate37.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate38(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
errors = vErrors.length;
}
validate37.errors = vErrors;
return errors === 0;
}
validate37.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const retrieveModel__200__application__json = validate40;
const schema55 = {"$id":"retrieveModel__200__application__json","$ref":"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema"};

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="retrieveModel__200__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate40.evaluated;
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
if((((((((data.id === undefined) && (missing0 = "id")) || ((data.object === undefined) && (missing0 = "object"))) || ((data.created === undefined) && (missing0 = "created"))) || ((data.owned_by === undefined) && (missing0 = "owned_by"))) || ((data.context_length === undefined) && (missing0 = "context_length"))) || ((data.image_size === undefined) && (missing0 = "image_size"))) || ((data.input_modalities === undefined) && (missing0 = "input_modalities"))){
validate40.errors = [{instancePath,schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema50.required,parentSchema:schema50,data}];
return false;
}
else {
if(data.id !== undefined){
let data0 = data.id;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate40.errors = [{instancePath:instancePath+"/id",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.id.type,parentSchema:schema50.properties.id,data:data0}];
return false;
}
var valid1 = _errs2 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.object !== undefined){
let data1 = data.object;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate40.errors = [{instancePath:instancePath+"/object",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.object.type,parentSchema:schema50.properties.object,data:data1}];
return false;
}
if("model" !== data1){
validate40.errors = [{instancePath:instancePath+"/object",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/object/const",keyword:"const",params:{allowedValue: "model"},message:"must be equal to constant",schema:"model",parentSchema:schema50.properties.object,data:data1}];
return false;
}
var valid1 = _errs4 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.created !== undefined){
let data2 = data.created;
const _errs6 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate40.errors = [{instancePath:instancePath+"/created",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/created/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.properties.created.type,parentSchema:schema50.properties.created,data:data2}];
return false;
}
var valid1 = _errs6 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.owned_by !== undefined){
let data3 = data.owned_by;
const _errs8 = errors;
if(typeof data3 !== "string"){
validate40.errors = [{instancePath:instancePath+"/owned_by",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/owned_by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.owned_by.type,parentSchema:schema50.properties.owned_by,data:data3}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.context_length !== undefined){
let data4 = data.context_length;
const _errs10 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate40.errors = [{instancePath:instancePath+"/context_length",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/context_length/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.properties.context_length.type,parentSchema:schema50.properties.context_length,data:data4}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 1 || isNaN(data4)){
validate40.errors = [{instancePath:instancePath+"/context_length",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/context_length/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema50.properties.context_length,data:data4}];
return false;
}
}
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.image_size !== undefined){
let data5 = data.image_size;
const _errs12 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate40.errors = [{instancePath:instancePath+"/image_size",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/image_size/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.properties.image_size.type,parentSchema:schema50.properties.image_size,data:data5}];
return false;
}
if(errors === _errs12){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate40.errors = [{instancePath:instancePath+"/image_size",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/image_size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema50.properties.image_size,data:data5}];
return false;
}
}
}
var valid1 = _errs12 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.input_modalities !== undefined){
let data6 = data.input_modalities;
const _errs14 = errors;
if(errors === _errs14){
if(Array.isArray(data6)){
var valid2 = true;
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
const _errs16 = errors;
if(typeof data7 !== "string"){
validate40.errors = [{instancePath:instancePath+"/input_modalities/" + i0,schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/input_modalities/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.input_modalities.items.type,parentSchema:schema50.properties.input_modalities.items,data:data7}];
return false;
}
if(!((data7 === "text") || (data7 === "image"))){
validate40.errors = [{instancePath:instancePath+"/input_modalities/" + i0,schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/input_modalities/items/enum",keyword:"enum",params:{allowedValues: schema50.properties.input_modalities.items.enum},message:"must be equal to one of the allowed values",schema:schema50.properties.input_modalities.items.enum,parentSchema:schema50.properties.input_modalities.items,data:data7}];
return false;
}
var valid2 = _errs16 === errors;
if(!valid2){
break;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/input_modalities",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/input_modalities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema50.properties.input_modalities.type,parentSchema:schema50.properties.input_modalities,data:data6}];
return false;
}
}
var valid1 = _errs14 === errors;
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
else {
validate40.errors = [{instancePath,schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data}];
return false;
}
}
validate40.errors = vErrors;
return errors === 0;
}
validate40.evaluated = {"props":{"id":true,"object":true,"created":true,"owned_by":true,"context_length":true,"image_size":true,"input_modalities":true},"dynamicProps":false,"dynamicItems":false};

export const retrieveModel__default__application__json = validate41;
const schema57 = {"$id":"retrieveModel__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate42.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.error === undefined) && (missing0 = "error")){
validate42.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
return false;
}
else {
if(data.error !== undefined){
let data0 = data.error;
const _errs1 = errors;
if(errors === _errs1){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing1;
if(((((data0.message === undefined) && (missing1 = "message")) || ((data0.type === undefined) && (missing1 = "type"))) || ((data0.param === undefined) && (missing1 = "param"))) || ((data0.code === undefined) && (missing1 = "code"))){
validate42.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate42.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate42.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.type !== undefined){
let data2 = data0.type;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate42.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate42.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.param !== undefined){
let data3 = data0.param;
const _errs8 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate42.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.code !== undefined){
let data4 = data0.code;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate42.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate42.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate42.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate42.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate42.errors = vErrors;
return errors === 0;
}
validate42.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="retrieveModel__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate41.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate42(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
validate41.errors = vErrors;
return errors === 0;
}
validate41.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const getHealth__200__application__json = validate44;
const schema61 = {"$id":"getHealth__200__application__json","$ref":"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema"};
const schema62 = {"type":"object","required":["status"],"properties":{"status":{"type":"string","const":"ok"}}};

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getHealth__200__application__json" */;
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
if((data.status === undefined) && (missing0 = "status")){
validate44.errors = [{instancePath,schemaPath:"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema62.required,parentSchema:schema62,data}];
return false;
}
else {
if(data.status !== undefined){
let data0 = data.status;
if(typeof data0 !== "string"){
validate44.errors = [{instancePath:instancePath+"/status",schemaPath:"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.status.type,parentSchema:schema62.properties.status,data:data0}];
return false;
}
if("ok" !== data0){
validate44.errors = [{instancePath:instancePath+"/status",schemaPath:"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema/properties/status/const",keyword:"const",params:{allowedValue: "ok"},message:"must be equal to constant",schema:"ok",parentSchema:schema62.properties.status,data:data0}];
return false;
}
}
}
}
else {
validate44.errors = [{instancePath,schemaPath:"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.type,parentSchema:schema62,data}];
return false;
}
}
validate44.errors = vErrors;
return errors === 0;
}
validate44.evaluated = {"props":{"status":true},"dynamicProps":false,"dynamicItems":false};

export const getHealth__default__application__json = validate45;
const schema63 = {"$id":"getHealth__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate46.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.error === undefined) && (missing0 = "error")){
validate46.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
return false;
}
else {
if(data.error !== undefined){
let data0 = data.error;
const _errs1 = errors;
if(errors === _errs1){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing1;
if(((((data0.message === undefined) && (missing1 = "message")) || ((data0.type === undefined) && (missing1 = "type"))) || ((data0.param === undefined) && (missing1 = "param"))) || ((data0.code === undefined) && (missing1 = "code"))){
validate46.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate46.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate46.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.type !== undefined){
let data2 = data0.type;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate46.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate46.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.param !== undefined){
let data3 = data0.param;
const _errs8 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate46.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.code !== undefined){
let data4 = data0.code;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate46.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate46.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate46.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate46.errors = vErrors;
return errors === 0;
}
validate46.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getHealth__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate45.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate46(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate46.errors : vErrors.concat(validate46.errors);
errors = vErrors.length;
}
validate45.errors = vErrors;
return errors === 0;
}
validate45.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const getReadiness__200__application__json = validate48;
const schema67 = {"$id":"getReadiness__200__application__json","$ref":"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema"};
const schema68 = {"type":"object","required":["status","model"],"properties":{"status":{"type":"string","const":"ready"},"model":{"type":"string","description":"The id of the model that is loaded."}}};

function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getReadiness__200__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate48.evaluated;
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
if(((data.status === undefined) && (missing0 = "status")) || ((data.model === undefined) && (missing0 = "model"))){
validate48.errors = [{instancePath,schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema68.required,parentSchema:schema68,data}];
return false;
}
else {
if(data.status !== undefined){
let data0 = data.status;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate48.errors = [{instancePath:instancePath+"/status",schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.status.type,parentSchema:schema68.properties.status,data:data0}];
return false;
}
if("ready" !== data0){
validate48.errors = [{instancePath:instancePath+"/status",schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/properties/status/const",keyword:"const",params:{allowedValue: "ready"},message:"must be equal to constant",schema:"ready",parentSchema:schema68.properties.status,data:data0}];
return false;
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
if(typeof data1 !== "string"){
validate48.errors = [{instancePath:instancePath+"/model",schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.model.type,parentSchema:schema68.properties.model,data:data1}];
return false;
}
var valid1 = _errs4 === errors;
}
else {
var valid1 = true;
}
}
}
}
else {
validate48.errors = [{instancePath,schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.type,parentSchema:schema68,data}];
return false;
}
}
validate48.errors = vErrors;
return errors === 0;
}
validate48.evaluated = {"props":{"status":true,"model":true},"dynamicProps":false,"dynamicItems":false};

export const getReadiness__default__application__json = validate49;
const schema69 = {"$id":"getReadiness__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate50.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.error === undefined) && (missing0 = "error")){
validate50.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
return false;
}
else {
if(data.error !== undefined){
let data0 = data.error;
const _errs1 = errors;
if(errors === _errs1){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing1;
if(((((data0.message === undefined) && (missing1 = "message")) || ((data0.type === undefined) && (missing1 = "type"))) || ((data0.param === undefined) && (missing1 = "param"))) || ((data0.code === undefined) && (missing1 = "code"))){
validate50.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate50.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate50.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.type !== undefined){
let data2 = data0.type;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate50.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate50.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.param !== undefined){
let data3 = data0.param;
const _errs8 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate50.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.code !== undefined){
let data4 = data0.code;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate50.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate50.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate50.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate50.errors = vErrors;
return errors === 0;
}
validate50.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getReadiness__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate49.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate50(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
validate49.errors = vErrors;
return errors === 0;
}
validate49.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const getMetrics__200__text__plain = validate52;
const schema73 = {"$id":"getMetrics__200__text__plain","$ref":"openapi#/paths/~1metrics/get/responses/200/content/text~1plain/schema"};
const schema74 = {"type":"string"};

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getMetrics__200__text__plain" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
validate52.errors = [{instancePath,schemaPath:"openapi#/paths/~1metrics/get/responses/200/content/text~1plain/schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema74.type,parentSchema:schema74,data}];
return false;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"dynamicProps":false,"dynamicItems":false};

export const getMetrics__default__application__json = validate53;
const schema75 = {"$id":"getMetrics__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.error === undefined) && (missing0 = "error")){
validate54.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
return false;
}
else {
if(data.error !== undefined){
let data0 = data.error;
const _errs1 = errors;
if(errors === _errs1){
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
let missing1;
if(((((data0.message === undefined) && (missing1 = "message")) || ((data0.type === undefined) && (missing1 = "type"))) || ((data0.param === undefined) && (missing1 = "param"))) || ((data0.code === undefined) && (missing1 = "code"))){
validate54.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate54.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate54.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
var valid1 = _errs3 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.type !== undefined){
let data2 = data0.type;
const _errs5 = errors;
if(typeof data2 !== "string"){
validate54.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate54.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.param !== undefined){
let data3 = data0.param;
const _errs8 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate54.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data0.code !== undefined){
let data4 = data0.code;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate54.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate54.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate54.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getMetrics__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate54(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const validators = {
  createChatCompletion: {
    '200 application/json': createChatCompletion__200__application__json,
    '200 text/event-stream': createChatCompletion__200__text__event_dash_stream,
    'default application/json': createChatCompletion__default__application__json,
  },
  listModels: {
    '200 application/json': listModels__200__application__json,
    'default application/json': listModels__default__application__json,
  },
  retrieveModel: {
    '200 application/json': retrieveModel__200__application__json,
    'default application/json': retrieveModel__default__application__json,
  },
  getHealth: {
    '200 application/json': getHealth__200__application__json,
    'default application/json': getHealth__default__application__json,
  },
  getReadiness: {
    '200 application/json': getReadiness__200__application__json,
    'default application/json': getReadiness__default__application__json,
  },
  getMetrics: {
    '200 text/plain': getMetrics__200__text__plain,
    'default application/json': getMetrics__default__application__json,
  },
};
