// Generated from openapi/ by `npm run generate -w @x-llm/contract`. Do not edit.
"use strict";
export const createChatCompletion__200__application__json = validate20;
const schema31 = {"$id":"createChatCompletion__200__application__json","$ref":"openapi#/paths/~1v1~1chat~1completions/post/responses/200/content/application~1json/schema"};
const schema33 = {"type":"object","description":"A whole answer.","required":["id","object","created","model","choices","usage"],"properties":{"id":{"type":"string","pattern":"^chatcmpl-"},"object":{"type":"string","const":"chat.completion"},"created":{"type":"integer","description":"Unix time in seconds."},"model":{"type":"string"},"choices":{"type":"array","minItems":1,"maxItems":1,"items":{"type":"object","required":["index","message","logprobs","finish_reason"],"properties":{"index":{"type":"integer"},"message":{"type":"object","required":["role","content","refusal"],"properties":{"role":{"type":"string","const":"assistant"},"content":{"type":"string"},"refusal":{"type":"null"}}},"logprobs":{"type":"null"},"finish_reason":{"$ref":"#/components/schemas/FinishReason"}}}},"usage":{"$ref":"#/components/schemas/Usage"}}};
const schema34 = {"type":"string","description":"`stop`: the model ended or a stop string came. `length`: the token limit or the context was reached.","enum":["stop","length"]};
const schema35 = {"type":"object","description":"Tokens read and written.","required":["prompt_tokens","completion_tokens","total_tokens","prompt_tokens_details"],"properties":{"prompt_tokens":{"type":"integer","minimum":0},"completion_tokens":{"type":"integer","minimum":0},"total_tokens":{"type":"integer","minimum":0},"prompt_tokens_details":{"type":"object","description":"Where the prompt's tokens came from; they add up to `prompt_tokens`.","required":["text_tokens","image_tokens","audio_tokens","video_tokens"],"properties":{"text_tokens":{"type":"integer","minimum":0},"image_tokens":{"type":"integer","minimum":0},"audio_tokens":{"type":"integer","minimum":0},"video_tokens":{"type":"integer","minimum":0,"description":"Of the pictures in videos; their sound counts as audio."}}}}};
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
if(((((data17.text_tokens === undefined) && (missing4 = "text_tokens")) || ((data17.image_tokens === undefined) && (missing4 = "image_tokens"))) || ((data17.audio_tokens === undefined) && (missing4 = "audio_tokens"))) || ((data17.video_tokens === undefined) && (missing4 = "video_tokens"))){
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
if(valid7){
if(data17.audio_tokens !== undefined){
let data20 = data17.audio_tokens;
const _errs43 = errors;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details/audio_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/audio_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens_details.properties.audio_tokens.type,parentSchema:schema35.properties.prompt_tokens_details.properties.audio_tokens,data:data20}];
return false;
}
if(errors === _errs43){
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 < 0 || isNaN(data20)){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details/audio_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/audio_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens_details.properties.audio_tokens,data:data20}];
return false;
}
}
}
var valid7 = _errs43 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.video_tokens !== undefined){
let data21 = data17.video_tokens;
const _errs45 = errors;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details/video_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/video_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens_details.properties.video_tokens.type,parentSchema:schema35.properties.prompt_tokens_details.properties.video_tokens,data:data21}];
return false;
}
if(errors === _errs45){
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 < 0 || isNaN(data21)){
validate22.errors = [{instancePath:instancePath+"/usage/prompt_tokens_details/video_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/video_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens_details.properties.video_tokens,data:data21}];
return false;
}
}
}
var valid7 = _errs45 === errors;
}
else {
var valid7 = true;
}
}
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
if(((((data17.text_tokens === undefined) && (missing3 = "text_tokens")) || ((data17.image_tokens === undefined) && (missing3 = "image_tokens"))) || ((data17.audio_tokens === undefined) && (missing3 = "audio_tokens"))) || ((data17.video_tokens === undefined) && (missing3 = "video_tokens"))){
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
if(valid9){
if(data17.audio_tokens !== undefined){
let data20 = data17.audio_tokens;
const _errs49 = errors;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err16 = {instancePath:instancePath+"/usage/prompt_tokens_details/audio_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/audio_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens_details.properties.audio_tokens.type,parentSchema:schema35.properties.prompt_tokens_details.properties.audio_tokens,data:data20};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(errors === _errs49){
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 < 0 || isNaN(data20)){
const err17 = {instancePath:instancePath+"/usage/prompt_tokens_details/audio_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/audio_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens_details.properties.audio_tokens,data:data20};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
var valid9 = _errs49 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data17.video_tokens !== undefined){
let data21 = data17.video_tokens;
const _errs51 = errors;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
const err18 = {instancePath:instancePath+"/usage/prompt_tokens_details/video_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/video_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.prompt_tokens_details.properties.video_tokens.type,parentSchema:schema35.properties.prompt_tokens_details.properties.video_tokens,data:data21};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(errors === _errs51){
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 < 0 || isNaN(data21)){
const err19 = {instancePath:instancePath+"/usage/prompt_tokens_details/video_tokens",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/properties/video_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.prompt_tokens_details.properties.video_tokens,data:data21};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
var valid9 = _errs51 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
}
else {
const err20 = {instancePath:instancePath+"/usage/prompt_tokens_details",schemaPath:"#/components/schemas/Usage/properties/prompt_tokens_details/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.properties.prompt_tokens_details.type,parentSchema:schema35.properties.prompt_tokens_details,data:data17};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
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
const err21 = {instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/Usage/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data:data13};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
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
const _errs53 = errors;
if(data13 !== null){
const err22 = {instancePath:instancePath+"/usage",schemaPath:"#/properties/usage/oneOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema38.properties.usage.oneOf[1].type,parentSchema:schema38.properties.usage.oneOf[1],data:data13};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
var _valid1 = _errs53 === errors;
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
const err23 = {instancePath:instancePath+"/usage",schemaPath:"#/properties/usage/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema38.properties.usage.oneOf,parentSchema:schema38.properties.usage,data:data13};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
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
const schema43 = {"type":"string","description":"Exactly what went wrong. `packages/contract/src/errors.ts` gives each its status and message.","enum":["invalid_json","invalid_form","invalid_type","invalid_value","missing_required_parameter","empty_array","array_above_max_length","unsupported_parameter","unsupported_value","unsupported_content_part","context_length_exceeded","too_many_images","too_many_audios","too_many_videos","invalid_base64_audio","invalid_base64_video","invalid_audio_url","invalid_video_url","unsupported_audio_url","unsupported_video_url","invalid_image","invalid_base64_image","invalid_image_url","unsupported_image_url","unsupported_image_media_type","image_too_large","image_parse_error","empty_image_file","empty_audio_file","invalid_audio","unsupported_audio_format","audio_too_large","audio_too_long","audio_parse_error","no_audio_track","empty_video_file","invalid_video","unsupported_video_format","video_too_large","video_too_long","video_parse_error","no_video_track","media_timeout","invalid_api_key","invalid_signature","model_not_found","not_found","method_not_allowed","request_timeout","request_too_large","unsupported_media_type","rate_limit_exceeded","overloaded","internal_error","backend_error","backend_unavailable","not_ready","draining","generation_timeout"]};

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
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_form")) || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "too_many_audios")) || (data4 === "too_many_videos")) || (data4 === "invalid_base64_audio")) || (data4 === "invalid_base64_video")) || (data4 === "invalid_audio_url")) || (data4 === "invalid_video_url")) || (data4 === "unsupported_audio_url")) || (data4 === "unsupported_video_url")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
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
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_form")) || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "too_many_audios")) || (data4 === "too_many_videos")) || (data4 === "invalid_base64_audio")) || (data4 === "invalid_base64_video")) || (data4 === "invalid_audio_url")) || (data4 === "invalid_video_url")) || (data4 === "unsupported_audio_url")) || (data4 === "unsupported_video_url")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
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

export const createTranscription__200__application__json = validate34;
const schema48 = {"$id":"createTranscription__200__application__json","$ref":"openapi#/paths/~1v1~1audio~1transcriptions/post/responses/200/content/application~1json/schema"};
const schema49 = {"anyOf":[{"$ref":"#/components/schemas/Transcription"},{"$ref":"#/components/schemas/VerboseTranscription"}]};
const schema50 = {"type":"object","description":"What was said (`json`).","required":["text","usage"],"properties":{"text":{"type":"string"},"usage":{"$ref":"#/components/schemas/TranscriptionUsage"}}};
const schema51 = {"type":"object","description":"Tokens heard and written.","required":["type","input_tokens","input_token_details","output_tokens","total_tokens"],"properties":{"type":{"type":"string","const":"tokens"},"input_tokens":{"type":"integer","minimum":0},"input_token_details":{"type":"object","description":"They add up to `input_tokens`.","required":["text_tokens","audio_tokens"],"properties":{"text_tokens":{"type":"integer","minimum":0},"audio_tokens":{"type":"integer","minimum":0}}},"output_tokens":{"type":"integer","minimum":0},"total_tokens":{"type":"integer","minimum":0}}};

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
if(((data.text === undefined) && (missing0 = "text")) || ((data.usage === undefined) && (missing0 = "usage"))){
validate36.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema50.required,parentSchema:schema50,data}];
return false;
}
else {
if(data.text !== undefined){
let data0 = data.text;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate36.errors = [{instancePath:instancePath+"/text",schemaPath:"#/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.text.type,parentSchema:schema50.properties.text,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.usage !== undefined){
let data1 = data.usage;
const _errs3 = errors;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if((((((data1.type === undefined) && (missing1 = "type")) || ((data1.input_tokens === undefined) && (missing1 = "input_tokens"))) || ((data1.input_token_details === undefined) && (missing1 = "input_token_details"))) || ((data1.output_tokens === undefined) && (missing1 = "output_tokens"))) || ((data1.total_tokens === undefined) && (missing1 = "total_tokens"))){
validate36.errors = [{instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/TranscriptionUsage/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema51.required,parentSchema:schema51,data:data1}];
return false;
}
else {
if(data1.type !== undefined){
let data2 = data1.type;
const _errs6 = errors;
if(typeof data2 !== "string"){
validate36.errors = [{instancePath:instancePath+"/usage/type",schemaPath:"#/components/schemas/TranscriptionUsage/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.properties.type.type,parentSchema:schema51.properties.type,data:data2}];
return false;
}
if("tokens" !== data2){
validate36.errors = [{instancePath:instancePath+"/usage/type",schemaPath:"#/components/schemas/TranscriptionUsage/properties/type/const",keyword:"const",params:{allowedValue: "tokens"},message:"must be equal to constant",schema:"tokens",parentSchema:schema51.properties.type,data:data2}];
return false;
}
var valid2 = _errs6 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.input_tokens !== undefined){
let data3 = data1.input_tokens;
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate36.errors = [{instancePath:instancePath+"/usage/input_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.input_tokens.type,parentSchema:schema51.properties.input_tokens,data:data3}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate36.errors = [{instancePath:instancePath+"/usage/input_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.input_tokens,data:data3}];
return false;
}
}
}
var valid2 = _errs8 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.input_token_details !== undefined){
let data4 = data1.input_token_details;
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing2;
if(((data4.text_tokens === undefined) && (missing2 = "text_tokens")) || ((data4.audio_tokens === undefined) && (missing2 = "audio_tokens"))){
validate36.errors = [{instancePath:instancePath+"/usage/input_token_details",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'",schema:schema51.properties.input_token_details.required,parentSchema:schema51.properties.input_token_details,data:data4}];
return false;
}
else {
if(data4.text_tokens !== undefined){
let data5 = data4.text_tokens;
const _errs12 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate36.errors = [{instancePath:instancePath+"/usage/input_token_details/text_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/properties/text_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.input_token_details.properties.text_tokens.type,parentSchema:schema51.properties.input_token_details.properties.text_tokens,data:data5}];
return false;
}
if(errors === _errs12){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate36.errors = [{instancePath:instancePath+"/usage/input_token_details/text_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/properties/text_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.input_token_details.properties.text_tokens,data:data5}];
return false;
}
}
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.audio_tokens !== undefined){
let data6 = data4.audio_tokens;
const _errs14 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate36.errors = [{instancePath:instancePath+"/usage/input_token_details/audio_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/properties/audio_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.input_token_details.properties.audio_tokens.type,parentSchema:schema51.properties.input_token_details.properties.audio_tokens,data:data6}];
return false;
}
if(errors === _errs14){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
validate36.errors = [{instancePath:instancePath+"/usage/input_token_details/audio_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/properties/audio_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.input_token_details.properties.audio_tokens,data:data6}];
return false;
}
}
}
var valid3 = _errs14 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate36.errors = [{instancePath:instancePath+"/usage/input_token_details",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema51.properties.input_token_details.type,parentSchema:schema51.properties.input_token_details,data:data4}];
return false;
}
}
var valid2 = _errs10 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.output_tokens !== undefined){
let data7 = data1.output_tokens;
const _errs16 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate36.errors = [{instancePath:instancePath+"/usage/output_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/output_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.output_tokens.type,parentSchema:schema51.properties.output_tokens,data:data7}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
validate36.errors = [{instancePath:instancePath+"/usage/output_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/output_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.output_tokens,data:data7}];
return false;
}
}
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data1.total_tokens !== undefined){
let data8 = data1.total_tokens;
const _errs18 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate36.errors = [{instancePath:instancePath+"/usage/total_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/total_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.total_tokens.type,parentSchema:schema51.properties.total_tokens,data:data8}];
return false;
}
if(errors === _errs18){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate36.errors = [{instancePath:instancePath+"/usage/total_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/total_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.total_tokens,data:data8}];
return false;
}
}
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
else {
validate36.errors = [{instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/TranscriptionUsage/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema51.type,parentSchema:schema51,data:data1}];
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
validate36.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data}];
return false;
}
}
validate36.errors = vErrors;
return errors === 0;
}
validate36.evaluated = {"props":{"text":true,"usage":true},"dynamicProps":false,"dynamicItems":false};

const schema52 = {"type":"object","description":"What was said and when (`verbose_json`). Times are seconds from the start of the file.","required":["task","language","duration","text","usage"],"properties":{"task":{"type":"string","const":"transcribe"},"language":{"type":"string","enum":["english","chinese","unknown"],"description":"As the request named it; otherwise by the script of the text."},"duration":{"type":"number","minimum":0,"description":"Of the file, in seconds."},"text":{"type":"string"},"segments":{"type":"array","description":"Sentences, or what is said between two pauses.","items":{"$ref":"#/components/schemas/TranscriptionSegment"}},"words":{"type":"array","description":"English words, Chinese characters.","items":{"$ref":"#/components/schemas/TranscriptionWord"}},"usage":{"type":"object","required":["type","seconds"],"properties":{"type":{"type":"string","const":"duration"},"seconds":{"type":"number","minimum":0}}}}};
const schema53 = {"type":"object","description":"A stretch of the text with its time. What OpenAI adds and this server does not measure (log probabilities, token numbers) is left out.","required":["id","seek","start","end","text"],"properties":{"id":{"type":"integer","minimum":0},"seek":{"type":"integer","minimum":0,"description":"Where the piece of the file begins that was transcribed at once, in hundredths of a second."},"start":{"type":"number","minimum":0},"end":{"type":"number","minimum":0},"text":{"type":"string"}}};
const schema54 = {"type":"object","required":["word","start","end"],"properties":{"word":{"type":"string","minLength":1,"description":"A word, or a character of Chinese, without the stops and quotes around it."},"start":{"type":"number","minimum":0},"end":{"type":"number","minimum":0}}};

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
if((((((data.task === undefined) && (missing0 = "task")) || ((data.language === undefined) && (missing0 = "language"))) || ((data.duration === undefined) && (missing0 = "duration"))) || ((data.text === undefined) && (missing0 = "text"))) || ((data.usage === undefined) && (missing0 = "usage"))){
validate38.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema52.required,parentSchema:schema52,data}];
return false;
}
else {
if(data.task !== undefined){
let data0 = data.task;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate38.errors = [{instancePath:instancePath+"/task",schemaPath:"#/properties/task/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.task.type,parentSchema:schema52.properties.task,data:data0}];
return false;
}
if("transcribe" !== data0){
validate38.errors = [{instancePath:instancePath+"/task",schemaPath:"#/properties/task/const",keyword:"const",params:{allowedValue: "transcribe"},message:"must be equal to constant",schema:"transcribe",parentSchema:schema52.properties.task,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.language !== undefined){
let data1 = data.language;
const _errs3 = errors;
if(typeof data1 !== "string"){
validate38.errors = [{instancePath:instancePath+"/language",schemaPath:"#/properties/language/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.language.type,parentSchema:schema52.properties.language,data:data1}];
return false;
}
if(!(((data1 === "english") || (data1 === "chinese")) || (data1 === "unknown"))){
validate38.errors = [{instancePath:instancePath+"/language",schemaPath:"#/properties/language/enum",keyword:"enum",params:{allowedValues: schema52.properties.language.enum},message:"must be equal to one of the allowed values",schema:schema52.properties.language.enum,parentSchema:schema52.properties.language,data:data1}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.duration !== undefined){
let data2 = data.duration;
const _errs5 = errors;
if(errors === _errs5){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
validate38.errors = [{instancePath:instancePath+"/duration",schemaPath:"#/properties/duration/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema52.properties.duration,data:data2}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/duration",schemaPath:"#/properties/duration/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema52.properties.duration.type,parentSchema:schema52.properties.duration,data:data2}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.text !== undefined){
let data3 = data.text;
const _errs7 = errors;
if(typeof data3 !== "string"){
validate38.errors = [{instancePath:instancePath+"/text",schemaPath:"#/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.text.type,parentSchema:schema52.properties.text,data:data3}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.segments !== undefined){
let data4 = data.segments;
const _errs9 = errors;
if(errors === _errs9){
if(Array.isArray(data4)){
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs11 = errors;
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if((((((data5.id === undefined) && (missing1 = "id")) || ((data5.seek === undefined) && (missing1 = "seek"))) || ((data5.start === undefined) && (missing1 = "start"))) || ((data5.end === undefined) && (missing1 = "end"))) || ((data5.text === undefined) && (missing1 = "text"))){
validate38.errors = [{instancePath:instancePath+"/segments/" + i0,schemaPath:"#/components/schemas/TranscriptionSegment/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema53.required,parentSchema:schema53,data:data5}];
return false;
}
else {
if(data5.id !== undefined){
let data6 = data5.id;
const _errs14 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/id",schemaPath:"#/components/schemas/TranscriptionSegment/properties/id/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema53.properties.id.type,parentSchema:schema53.properties.id,data:data6}];
return false;
}
if(errors === _errs14){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/id",schemaPath:"#/components/schemas/TranscriptionSegment/properties/id/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema53.properties.id,data:data6}];
return false;
}
}
}
var valid3 = _errs14 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data5.seek !== undefined){
let data7 = data5.seek;
const _errs16 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/seek",schemaPath:"#/components/schemas/TranscriptionSegment/properties/seek/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema53.properties.seek.type,parentSchema:schema53.properties.seek,data:data7}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/seek",schemaPath:"#/components/schemas/TranscriptionSegment/properties/seek/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema53.properties.seek,data:data7}];
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
if(data5.start !== undefined){
let data8 = data5.start;
const _errs18 = errors;
if(errors === _errs18){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/start",schemaPath:"#/components/schemas/TranscriptionSegment/properties/start/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema53.properties.start,data:data8}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/start",schemaPath:"#/components/schemas/TranscriptionSegment/properties/start/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema53.properties.start.type,parentSchema:schema53.properties.start,data:data8}];
return false;
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data5.end !== undefined){
let data9 = data5.end;
const _errs20 = errors;
if(errors === _errs20){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/end",schemaPath:"#/components/schemas/TranscriptionSegment/properties/end/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema53.properties.end,data:data9}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/end",schemaPath:"#/components/schemas/TranscriptionSegment/properties/end/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema53.properties.end.type,parentSchema:schema53.properties.end,data:data9}];
return false;
}
}
var valid3 = _errs20 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data5.text !== undefined){
let data10 = data5.text;
const _errs22 = errors;
if(typeof data10 !== "string"){
validate38.errors = [{instancePath:instancePath+"/segments/" + i0+"/text",schemaPath:"#/components/schemas/TranscriptionSegment/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.properties.text.type,parentSchema:schema53.properties.text,data:data10}];
return false;
}
var valid3 = _errs22 === errors;
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
else {
validate38.errors = [{instancePath:instancePath+"/segments/" + i0,schemaPath:"#/components/schemas/TranscriptionSegment/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema53.type,parentSchema:schema53,data:data5}];
return false;
}
}
var valid1 = _errs11 === errors;
if(!valid1){
break;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema52.properties.segments.type,parentSchema:schema52.properties.segments,data:data4}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.words !== undefined){
let data11 = data.words;
const _errs24 = errors;
if(errors === _errs24){
if(Array.isArray(data11)){
var valid4 = true;
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
const _errs26 = errors;
const _errs27 = errors;
if(errors === _errs27){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing2;
if((((data12.word === undefined) && (missing2 = "word")) || ((data12.start === undefined) && (missing2 = "start"))) || ((data12.end === undefined) && (missing2 = "end"))){
validate38.errors = [{instancePath:instancePath+"/words/" + i1,schemaPath:"#/components/schemas/TranscriptionWord/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'",schema:schema54.required,parentSchema:schema54,data:data12}];
return false;
}
else {
if(data12.word !== undefined){
let data13 = data12.word;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data13 === "string"){
if(data13.length < 1){
validate38.errors = [{instancePath:instancePath+"/words/" + i1+"/word",schemaPath:"#/components/schemas/TranscriptionWord/properties/word/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema54.properties.word,data:data13}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/words/" + i1+"/word",schemaPath:"#/components/schemas/TranscriptionWord/properties/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.word.type,parentSchema:schema54.properties.word,data:data13}];
return false;
}
}
var valid6 = _errs29 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data12.start !== undefined){
let data14 = data12.start;
const _errs31 = errors;
if(errors === _errs31){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
validate38.errors = [{instancePath:instancePath+"/words/" + i1+"/start",schemaPath:"#/components/schemas/TranscriptionWord/properties/start/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema54.properties.start,data:data14}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/words/" + i1+"/start",schemaPath:"#/components/schemas/TranscriptionWord/properties/start/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema54.properties.start.type,parentSchema:schema54.properties.start,data:data14}];
return false;
}
}
var valid6 = _errs31 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data12.end !== undefined){
let data15 = data12.end;
const _errs33 = errors;
if(errors === _errs33){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
validate38.errors = [{instancePath:instancePath+"/words/" + i1+"/end",schemaPath:"#/components/schemas/TranscriptionWord/properties/end/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema54.properties.end,data:data15}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/words/" + i1+"/end",schemaPath:"#/components/schemas/TranscriptionWord/properties/end/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema54.properties.end.type,parentSchema:schema54.properties.end,data:data15}];
return false;
}
}
var valid6 = _errs33 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/words/" + i1,schemaPath:"#/components/schemas/TranscriptionWord/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema54.type,parentSchema:schema54,data:data12}];
return false;
}
}
var valid4 = _errs26 === errors;
if(!valid4){
break;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/words",schemaPath:"#/properties/words/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema52.properties.words.type,parentSchema:schema52.properties.words,data:data11}];
return false;
}
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.usage !== undefined){
let data16 = data.usage;
const _errs35 = errors;
if(errors === _errs35){
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
let missing3;
if(((data16.type === undefined) && (missing3 = "type")) || ((data16.seconds === undefined) && (missing3 = "seconds"))){
validate38.errors = [{instancePath:instancePath+"/usage",schemaPath:"#/properties/usage/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'",schema:schema52.properties.usage.required,parentSchema:schema52.properties.usage,data:data16}];
return false;
}
else {
if(data16.type !== undefined){
let data17 = data16.type;
const _errs37 = errors;
if(typeof data17 !== "string"){
validate38.errors = [{instancePath:instancePath+"/usage/type",schemaPath:"#/properties/usage/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.usage.properties.type.type,parentSchema:schema52.properties.usage.properties.type,data:data17}];
return false;
}
if("duration" !== data17){
validate38.errors = [{instancePath:instancePath+"/usage/type",schemaPath:"#/properties/usage/properties/type/const",keyword:"const",params:{allowedValue: "duration"},message:"must be equal to constant",schema:"duration",parentSchema:schema52.properties.usage.properties.type,data:data17}];
return false;
}
var valid7 = _errs37 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data16.seconds !== undefined){
let data18 = data16.seconds;
const _errs39 = errors;
if(errors === _errs39){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 < 0 || isNaN(data18)){
validate38.errors = [{instancePath:instancePath+"/usage/seconds",schemaPath:"#/properties/usage/properties/seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema52.properties.usage.properties.seconds,data:data18}];
return false;
}
}
else {
validate38.errors = [{instancePath:instancePath+"/usage/seconds",schemaPath:"#/properties/usage/properties/seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema52.properties.usage.properties.seconds.type,parentSchema:schema52.properties.usage.properties.seconds,data:data18}];
return false;
}
}
var valid7 = _errs39 === errors;
}
else {
var valid7 = true;
}
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/usage",schemaPath:"#/properties/usage/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.usage.type,parentSchema:schema52.properties.usage,data:data16}];
return false;
}
}
var valid0 = _errs35 === errors;
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
else {
validate38.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.type,parentSchema:schema52,data}];
return false;
}
}
validate38.errors = vErrors;
return errors === 0;
}
validate38.evaluated = {"props":{"task":true,"language":true,"duration":true,"text":true,"segments":true,"words":true,"usage":true},"dynamicProps":false,"dynamicItems":false};


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
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(!(validate36(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
var props0 = {};
props0.text = true;
props0.usage = true;
}
const _errs2 = errors;
if(!(validate38(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
errors = vErrors.length;
}
var _valid0 = _errs2 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.task = true;
props0.language = true;
props0.duration = true;
props0.text = true;
props0.segments = true;
props0.words = true;
props0.usage = true;
}
}
if(!valid0){
const err0 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema49.anyOf,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
validate35.errors = vErrors;
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
validate35.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate35.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="createTranscription__200__application__json" */;
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
else {
var props0 = validate35.evaluated.props;
}
validate34.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate34.evaluated = {"dynamicProps":true,"dynamicItems":false};

export const createTranscription__200__text__plain = validate41;
const schema55 = {"$id":"createTranscription__200__text__plain","$ref":"openapi#/paths/~1v1~1audio~1transcriptions/post/responses/200/content/text~1plain/schema"};
const schema56 = {"type":"string","description":"The text, or subtitles as SRT or WebVTT."};

function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="createTranscription__200__text__plain" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate41.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
validate41.errors = [{instancePath,schemaPath:"openapi#/paths/~1v1~1audio~1transcriptions/post/responses/200/content/text~1plain/schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema56.type,parentSchema:schema56,data}];
return false;
}
validate41.errors = vErrors;
return errors === 0;
}
validate41.evaluated = {"dynamicProps":false,"dynamicItems":false};

export const createTranscription__200__text__event_dash_stream = validate42;
const schema57 = {"$id":"createTranscription__200__text__event_dash_stream","$ref":"openapi#/paths/~1v1~1audio~1transcriptions/post/responses/200/content/text~1event-stream/schema"};
const schema58 = {"description":"The JSON of one `data:` line; the line `data: [DONE]` ends the stream.","anyOf":[{"$ref":"#/components/schemas/TranscriptionTextDelta"},{"$ref":"#/components/schemas/TranscriptionTextDone"},{"$ref":"#/components/schemas/ErrorResponse"}]};
const schema59 = {"type":"object","description":"More of the text.","required":["type","delta"],"properties":{"type":{"type":"string","const":"transcript.text.delta"},"delta":{"type":"string","minLength":1}}};
const schema60 = {"type":"object","description":"The whole text.","required":["type","text","usage"],"properties":{"type":{"type":"string","const":"transcript.text.done"},"text":{"type":"string"},"usage":{"$ref":"#/components/schemas/TranscriptionUsage"}}};

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate44.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.type === undefined) && (missing0 = "type")) || ((data.text === undefined) && (missing0 = "text"))) || ((data.usage === undefined) && (missing0 = "usage"))){
validate44.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema60.required,parentSchema:schema60,data}];
return false;
}
else {
if(data.type !== undefined){
let data0 = data.type;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate44.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.type.type,parentSchema:schema60.properties.type,data:data0}];
return false;
}
if("transcript.text.done" !== data0){
validate44.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "transcript.text.done"},message:"must be equal to constant",schema:"transcript.text.done",parentSchema:schema60.properties.type,data:data0}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.text !== undefined){
let data1 = data.text;
const _errs3 = errors;
if(typeof data1 !== "string"){
validate44.errors = [{instancePath:instancePath+"/text",schemaPath:"#/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.text.type,parentSchema:schema60.properties.text,data:data1}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.usage !== undefined){
let data2 = data.usage;
const _errs5 = errors;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((((((data2.type === undefined) && (missing1 = "type")) || ((data2.input_tokens === undefined) && (missing1 = "input_tokens"))) || ((data2.input_token_details === undefined) && (missing1 = "input_token_details"))) || ((data2.output_tokens === undefined) && (missing1 = "output_tokens"))) || ((data2.total_tokens === undefined) && (missing1 = "total_tokens"))){
validate44.errors = [{instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/TranscriptionUsage/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema51.required,parentSchema:schema51,data:data2}];
return false;
}
else {
if(data2.type !== undefined){
let data3 = data2.type;
const _errs8 = errors;
if(typeof data3 !== "string"){
validate44.errors = [{instancePath:instancePath+"/usage/type",schemaPath:"#/components/schemas/TranscriptionUsage/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.properties.type.type,parentSchema:schema51.properties.type,data:data3}];
return false;
}
if("tokens" !== data3){
validate44.errors = [{instancePath:instancePath+"/usage/type",schemaPath:"#/components/schemas/TranscriptionUsage/properties/type/const",keyword:"const",params:{allowedValue: "tokens"},message:"must be equal to constant",schema:"tokens",parentSchema:schema51.properties.type,data:data3}];
return false;
}
var valid2 = _errs8 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.input_tokens !== undefined){
let data4 = data2.input_tokens;
const _errs10 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate44.errors = [{instancePath:instancePath+"/usage/input_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.input_tokens.type,parentSchema:schema51.properties.input_tokens,data:data4}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
validate44.errors = [{instancePath:instancePath+"/usage/input_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.input_tokens,data:data4}];
return false;
}
}
}
var valid2 = _errs10 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.input_token_details !== undefined){
let data5 = data2.input_token_details;
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing2;
if(((data5.text_tokens === undefined) && (missing2 = "text_tokens")) || ((data5.audio_tokens === undefined) && (missing2 = "audio_tokens"))){
validate44.errors = [{instancePath:instancePath+"/usage/input_token_details",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'",schema:schema51.properties.input_token_details.required,parentSchema:schema51.properties.input_token_details,data:data5}];
return false;
}
else {
if(data5.text_tokens !== undefined){
let data6 = data5.text_tokens;
const _errs14 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate44.errors = [{instancePath:instancePath+"/usage/input_token_details/text_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/properties/text_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.input_token_details.properties.text_tokens.type,parentSchema:schema51.properties.input_token_details.properties.text_tokens,data:data6}];
return false;
}
if(errors === _errs14){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
validate44.errors = [{instancePath:instancePath+"/usage/input_token_details/text_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/properties/text_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.input_token_details.properties.text_tokens,data:data6}];
return false;
}
}
}
var valid3 = _errs14 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data5.audio_tokens !== undefined){
let data7 = data5.audio_tokens;
const _errs16 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate44.errors = [{instancePath:instancePath+"/usage/input_token_details/audio_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/properties/audio_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.input_token_details.properties.audio_tokens.type,parentSchema:schema51.properties.input_token_details.properties.audio_tokens,data:data7}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
validate44.errors = [{instancePath:instancePath+"/usage/input_token_details/audio_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/properties/audio_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.input_token_details.properties.audio_tokens,data:data7}];
return false;
}
}
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/usage/input_token_details",schemaPath:"#/components/schemas/TranscriptionUsage/properties/input_token_details/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema51.properties.input_token_details.type,parentSchema:schema51.properties.input_token_details,data:data5}];
return false;
}
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.output_tokens !== undefined){
let data8 = data2.output_tokens;
const _errs18 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate44.errors = [{instancePath:instancePath+"/usage/output_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/output_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.output_tokens.type,parentSchema:schema51.properties.output_tokens,data:data8}];
return false;
}
if(errors === _errs18){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate44.errors = [{instancePath:instancePath+"/usage/output_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/output_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.output_tokens,data:data8}];
return false;
}
}
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.total_tokens !== undefined){
let data9 = data2.total_tokens;
const _errs20 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate44.errors = [{instancePath:instancePath+"/usage/total_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/total_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema51.properties.total_tokens.type,parentSchema:schema51.properties.total_tokens,data:data9}];
return false;
}
if(errors === _errs20){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 0 || isNaN(data9)){
validate44.errors = [{instancePath:instancePath+"/usage/total_tokens",schemaPath:"#/components/schemas/TranscriptionUsage/properties/total_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema51.properties.total_tokens,data:data9}];
return false;
}
}
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/usage",schemaPath:"#/components/schemas/TranscriptionUsage/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema51.type,parentSchema:schema51,data:data2}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate44.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.type,parentSchema:schema60,data}];
return false;
}
}
validate44.errors = vErrors;
return errors === 0;
}
validate44.evaluated = {"props":{"type":true,"text":true,"usage":true},"dynamicProps":false,"dynamicItems":false};


function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate43.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.type === undefined) && (missing0 = "type")) || ((data.delta === undefined) && (missing0 = "delta"))){
const err0 = {instancePath,schemaPath:"#/components/schemas/TranscriptionTextDelta/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema59.required,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
if(data.type !== undefined){
let data0 = data.type;
const _errs4 = errors;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/type",schemaPath:"#/components/schemas/TranscriptionTextDelta/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.type.type,parentSchema:schema59.properties.type,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if("transcript.text.delta" !== data0){
const err2 = {instancePath:instancePath+"/type",schemaPath:"#/components/schemas/TranscriptionTextDelta/properties/type/const",keyword:"const",params:{allowedValue: "transcript.text.delta"},message:"must be equal to constant",schema:"transcript.text.delta",parentSchema:schema59.properties.type,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var valid2 = _errs4 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.delta !== undefined){
let data1 = data.delta;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data1 === "string"){
if(data1.length < 1){
const err3 = {instancePath:instancePath+"/delta",schemaPath:"#/components/schemas/TranscriptionTextDelta/properties/delta/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema59.properties.delta,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/delta",schemaPath:"#/components/schemas/TranscriptionTextDelta/properties/delta/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.properties.delta.type,parentSchema:schema59.properties.delta,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var valid2 = _errs6 === errors;
}
else {
var valid2 = true;
}
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/components/schemas/TranscriptionTextDelta/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema59.type,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
var props0 = {};
props0.type = true;
props0.delta = true;
}
const _errs8 = errors;
if(!(validate44(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
var _valid0 = _errs8 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.text = true;
props0.usage = true;
}
}
const _errs9 = errors;
if(!(validate28(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
var _valid0 = _errs9 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.error = true;
}
}
if(!valid0){
const err6 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema58.anyOf,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
validate43.errors = vErrors;
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
validate43.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate43.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="createTranscription__200__text__event_dash_stream" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate42.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate43(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
errors = vErrors.length;
}
else {
var props0 = validate43.evaluated.props;
}
validate42.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate42.evaluated = {"dynamicProps":true,"dynamicItems":false};

export const createTranscription__default__application__json = validate48;
const schema62 = {"$id":"createTranscription__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate49.evaluated;
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
validate49.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
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
validate49.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate49.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate49.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
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
validate49.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate49.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
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
validate49.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
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
validate49.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_form")) || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "too_many_audios")) || (data4 === "too_many_videos")) || (data4 === "invalid_base64_audio")) || (data4 === "invalid_base64_video")) || (data4 === "invalid_audio_url")) || (data4 === "invalid_video_url")) || (data4 === "unsupported_audio_url")) || (data4 === "unsupported_video_url")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate49.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
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
validate49.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate49.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate49.errors = vErrors;
return errors === 0;
}
validate49.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="createTranscription__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate48.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate49(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
validate48.errors = vErrors;
return errors === 0;
}
validate48.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const listModels__200__application__json = validate51;
const schema66 = {"$id":"listModels__200__application__json","$ref":"openapi#/paths/~1v1~1models/get/responses/200/content/application~1json/schema"};
const schema67 = {"type":"object","required":["object","data"],"properties":{"object":{"type":"string","const":"list"},"data":{"type":"array","items":{"$ref":"#/components/schemas/Model"}}}};
const schema68 = {"type":"object","description":"A model, with what a client needs to know to use it well.","required":["id","object","created","owned_by","context_length","image_size","audio","video","input_modalities"],"properties":{"id":{"type":"string","examples":["x-llm-tiny"]},"object":{"type":"string","const":"model"},"created":{"type":"integer","description":"Unix time in seconds."},"owned_by":{"type":"string"},"context_length":{"type":"integer","minimum":1,"description":"The most tokens of prompt and answer together."},"image_size":{"type":"integer","minimum":0,"description":"Pictures are resized to this many pixels in width and height; 0 for a model that sees none."},"audio":{"description":"How it hears; null for a model that does not.","oneOf":[{"type":"object","required":["sample_rate","max_seconds"],"properties":{"sample_rate":{"type":"integer","minimum":1,"description":"Sound is resampled to this rate, in Hz."},"max_seconds":{"type":"number","exclusiveMinimum":0,"description":"The longest piece of sound in a message. Transcriptions may be of longer ones."}}},{"type":"null"}]},"video":{"description":"How it watches; null for a model that does not.","oneOf":[{"type":"object","required":["frames","size"],"properties":{"frames":{"type":"integer","minimum":1,"description":"How many frames of a video it looks at."},"size":{"type":"integer","minimum":1,"description":"Frames are resized to this many pixels in width and height."}}},{"type":"null"}]},"input_modalities":{"type":"array","description":"What a user message may hold.","items":{"type":"string","enum":["text","image","audio","video"]}}}};

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
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
validate52.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema67.required,parentSchema:schema67,data}];
return false;
}
else {
if(data.object !== undefined){
let data0 = data.object;
const _errs1 = errors;
if(typeof data0 !== "string"){
validate52.errors = [{instancePath:instancePath+"/object",schemaPath:"#/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema67.properties.object.type,parentSchema:schema67.properties.object,data:data0}];
return false;
}
if("list" !== data0){
validate52.errors = [{instancePath:instancePath+"/object",schemaPath:"#/properties/object/const",keyword:"const",params:{allowedValue: "list"},message:"must be equal to constant",schema:"list",parentSchema:schema67.properties.object,data:data0}];
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
if((((((((((data2.id === undefined) && (missing1 = "id")) || ((data2.object === undefined) && (missing1 = "object"))) || ((data2.created === undefined) && (missing1 = "created"))) || ((data2.owned_by === undefined) && (missing1 = "owned_by"))) || ((data2.context_length === undefined) && (missing1 = "context_length"))) || ((data2.image_size === undefined) && (missing1 = "image_size"))) || ((data2.audio === undefined) && (missing1 = "audio"))) || ((data2.video === undefined) && (missing1 = "video"))) || ((data2.input_modalities === undefined) && (missing1 = "input_modalities"))){
validate52.errors = [{instancePath:instancePath+"/data/" + i0,schemaPath:"#/components/schemas/Model/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema68.required,parentSchema:schema68,data:data2}];
return false;
}
else {
if(data2.id !== undefined){
let data3 = data2.id;
const _errs8 = errors;
if(typeof data3 !== "string"){
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/id",schemaPath:"#/components/schemas/Model/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.id.type,parentSchema:schema68.properties.id,data:data3}];
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
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/object",schemaPath:"#/components/schemas/Model/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.object.type,parentSchema:schema68.properties.object,data:data4}];
return false;
}
if("model" !== data4){
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/object",schemaPath:"#/components/schemas/Model/properties/object/const",keyword:"const",params:{allowedValue: "model"},message:"must be equal to constant",schema:"model",parentSchema:schema68.properties.object,data:data4}];
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
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/created",schemaPath:"#/components/schemas/Model/properties/created/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.created.type,parentSchema:schema68.properties.created,data:data5}];
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
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/owned_by",schemaPath:"#/components/schemas/Model/properties/owned_by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.owned_by.type,parentSchema:schema68.properties.owned_by,data:data6}];
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
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/context_length",schemaPath:"#/components/schemas/Model/properties/context_length/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.context_length.type,parentSchema:schema68.properties.context_length,data:data7}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 1 || isNaN(data7)){
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/context_length",schemaPath:"#/components/schemas/Model/properties/context_length/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema68.properties.context_length,data:data7}];
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
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/image_size",schemaPath:"#/components/schemas/Model/properties/image_size/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.image_size.type,parentSchema:schema68.properties.image_size,data:data8}];
return false;
}
if(errors === _errs18){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/image_size",schemaPath:"#/components/schemas/Model/properties/image_size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema68.properties.image_size,data:data8}];
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
if(data2.audio !== undefined){
let data9 = data2.audio;
const _errs20 = errors;
const _errs21 = errors;
let valid4 = false;
let passing0 = null;
const _errs22 = errors;
if(errors === _errs22){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing2;
if(((data9.sample_rate === undefined) && (missing2 = "sample_rate")) || ((data9.max_seconds === undefined) && (missing2 = "max_seconds"))){
const err0 = {instancePath:instancePath+"/data/" + i0+"/audio",schemaPath:"#/components/schemas/Model/properties/audio/oneOf/0/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'",schema:schema68.properties.audio.oneOf[0].required,parentSchema:schema68.properties.audio.oneOf[0],data:data9};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
if(data9.sample_rate !== undefined){
let data10 = data9.sample_rate;
const _errs24 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err1 = {instancePath:instancePath+"/data/" + i0+"/audio/sample_rate",schemaPath:"#/components/schemas/Model/properties/audio/oneOf/0/properties/sample_rate/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.audio.oneOf[0].properties.sample_rate.type,parentSchema:schema68.properties.audio.oneOf[0].properties.sample_rate,data:data10};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(errors === _errs24){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 1 || isNaN(data10)){
const err2 = {instancePath:instancePath+"/data/" + i0+"/audio/sample_rate",schemaPath:"#/components/schemas/Model/properties/audio/oneOf/0/properties/sample_rate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema68.properties.audio.oneOf[0].properties.sample_rate,data:data10};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
var valid5 = _errs24 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data9.max_seconds !== undefined){
let data11 = data9.max_seconds;
const _errs26 = errors;
if(errors === _errs26){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 <= 0 || isNaN(data11)){
const err3 = {instancePath:instancePath+"/data/" + i0+"/audio/max_seconds",schemaPath:"#/components/schemas/Model/properties/audio/oneOf/0/properties/max_seconds/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema68.properties.audio.oneOf[0].properties.max_seconds,data:data11};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/data/" + i0+"/audio/max_seconds",schemaPath:"#/components/schemas/Model/properties/audio/oneOf/0/properties/max_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema68.properties.audio.oneOf[0].properties.max_seconds.type,parentSchema:schema68.properties.audio.oneOf[0].properties.max_seconds,data:data11};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var valid5 = _errs26 === errors;
}
else {
var valid5 = true;
}
}
}
}
else {
const err5 = {instancePath:instancePath+"/data/" + i0+"/audio",schemaPath:"#/components/schemas/Model/properties/audio/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.properties.audio.oneOf[0].type,parentSchema:schema68.properties.audio.oneOf[0],data:data9};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var _valid0 = _errs22 === errors;
if(_valid0){
valid4 = true;
passing0 = 0;
var props0 = {};
props0.sample_rate = true;
props0.max_seconds = true;
}
const _errs28 = errors;
if(data9 !== null){
const err6 = {instancePath:instancePath+"/data/" + i0+"/audio",schemaPath:"#/components/schemas/Model/properties/audio/oneOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema68.properties.audio.oneOf[1].type,parentSchema:schema68.properties.audio.oneOf[1],data:data9};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs28 === errors;
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
const err7 = {instancePath:instancePath+"/data/" + i0+"/audio",schemaPath:"#/components/schemas/Model/properties/audio/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema68.properties.audio.oneOf,parentSchema:schema68.properties.audio,data:data9};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
validate52.errors = vErrors;
return false;
}
else {
errors = _errs21;
if(vErrors !== null){
if(_errs21){
vErrors.length = _errs21;
}
else {
vErrors = null;
}
}
}
var valid3 = _errs20 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.video !== undefined){
let data12 = data2.video;
const _errs30 = errors;
const _errs31 = errors;
let valid6 = false;
let passing1 = null;
const _errs32 = errors;
if(errors === _errs32){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing3;
if(((data12.frames === undefined) && (missing3 = "frames")) || ((data12.size === undefined) && (missing3 = "size"))){
const err8 = {instancePath:instancePath+"/data/" + i0+"/video",schemaPath:"#/components/schemas/Model/properties/video/oneOf/0/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'",schema:schema68.properties.video.oneOf[0].required,parentSchema:schema68.properties.video.oneOf[0],data:data12};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
if(data12.frames !== undefined){
let data13 = data12.frames;
const _errs34 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err9 = {instancePath:instancePath+"/data/" + i0+"/video/frames",schemaPath:"#/components/schemas/Model/properties/video/oneOf/0/properties/frames/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.video.oneOf[0].properties.frames.type,parentSchema:schema68.properties.video.oneOf[0].properties.frames,data:data13};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(errors === _errs34){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 < 1 || isNaN(data13)){
const err10 = {instancePath:instancePath+"/data/" + i0+"/video/frames",schemaPath:"#/components/schemas/Model/properties/video/oneOf/0/properties/frames/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema68.properties.video.oneOf[0].properties.frames,data:data13};
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
var valid7 = _errs34 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data12.size !== undefined){
let data14 = data12.size;
const _errs36 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err11 = {instancePath:instancePath+"/data/" + i0+"/video/size",schemaPath:"#/components/schemas/Model/properties/video/oneOf/0/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.video.oneOf[0].properties.size.type,parentSchema:schema68.properties.video.oneOf[0].properties.size,data:data14};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(errors === _errs36){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 1 || isNaN(data14)){
const err12 = {instancePath:instancePath+"/data/" + i0+"/video/size",schemaPath:"#/components/schemas/Model/properties/video/oneOf/0/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema68.properties.video.oneOf[0].properties.size,data:data14};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
var valid7 = _errs36 === errors;
}
else {
var valid7 = true;
}
}
}
}
else {
const err13 = {instancePath:instancePath+"/data/" + i0+"/video",schemaPath:"#/components/schemas/Model/properties/video/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.properties.video.oneOf[0].type,parentSchema:schema68.properties.video.oneOf[0],data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
var _valid1 = _errs32 === errors;
if(_valid1){
valid6 = true;
passing1 = 0;
var props1 = {};
props1.frames = true;
props1.size = true;
}
const _errs38 = errors;
if(data12 !== null){
const err14 = {instancePath:instancePath+"/data/" + i0+"/video",schemaPath:"#/components/schemas/Model/properties/video/oneOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema68.properties.video.oneOf[1].type,parentSchema:schema68.properties.video.oneOf[1],data:data12};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid1 = _errs38 === errors;
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
const err15 = {instancePath:instancePath+"/data/" + i0+"/video",schemaPath:"#/components/schemas/Model/properties/video/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema68.properties.video.oneOf,parentSchema:schema68.properties.video,data:data12};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
validate52.errors = vErrors;
return false;
}
else {
errors = _errs31;
if(vErrors !== null){
if(_errs31){
vErrors.length = _errs31;
}
else {
vErrors = null;
}
}
}
var valid3 = _errs30 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.input_modalities !== undefined){
let data15 = data2.input_modalities;
const _errs40 = errors;
if(errors === _errs40){
if(Array.isArray(data15)){
var valid8 = true;
const len1 = data15.length;
for(let i1=0; i1<len1; i1++){
let data16 = data15[i1];
const _errs42 = errors;
if(typeof data16 !== "string"){
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/input_modalities/" + i1,schemaPath:"#/components/schemas/Model/properties/input_modalities/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.input_modalities.items.type,parentSchema:schema68.properties.input_modalities.items,data:data16}];
return false;
}
if(!((((data16 === "text") || (data16 === "image")) || (data16 === "audio")) || (data16 === "video"))){
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/input_modalities/" + i1,schemaPath:"#/components/schemas/Model/properties/input_modalities/items/enum",keyword:"enum",params:{allowedValues: schema68.properties.input_modalities.items.enum},message:"must be equal to one of the allowed values",schema:schema68.properties.input_modalities.items.enum,parentSchema:schema68.properties.input_modalities.items,data:data16}];
return false;
}
var valid8 = _errs42 === errors;
if(!valid8){
break;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/data/" + i0+"/input_modalities",schemaPath:"#/components/schemas/Model/properties/input_modalities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema68.properties.input_modalities.type,parentSchema:schema68.properties.input_modalities,data:data15}];
return false;
}
}
var valid3 = _errs40 === errors;
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
}
}
else {
validate52.errors = [{instancePath:instancePath+"/data/" + i0,schemaPath:"#/components/schemas/Model/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.type,parentSchema:schema68,data:data2}];
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
validate52.errors = [{instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema67.properties.data.type,parentSchema:schema67.properties.data,data:data1}];
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
validate52.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema67.type,parentSchema:schema67,data}];
return false;
}
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":{"object":true,"data":true},"dynamicProps":false,"dynamicItems":false};


function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="listModels__200__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate51.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate52(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
validate51.errors = vErrors;
return errors === 0;
}
validate51.evaluated = {"props":{"object":true,"data":true},"dynamicProps":false,"dynamicItems":false};

export const listModels__default__application__json = validate54;
const schema69 = {"$id":"listModels__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate55.evaluated;
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
validate55.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
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
validate55.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate55.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate55.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
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
validate55.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate55.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
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
validate55.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
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
validate55.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_form")) || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "too_many_audios")) || (data4 === "too_many_videos")) || (data4 === "invalid_base64_audio")) || (data4 === "invalid_base64_video")) || (data4 === "invalid_audio_url")) || (data4 === "invalid_video_url")) || (data4 === "unsupported_audio_url")) || (data4 === "unsupported_video_url")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate55.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
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
validate55.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate55.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate55.errors = vErrors;
return errors === 0;
}
validate55.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="listModels__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate55(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const retrieveModel__200__application__json = validate57;
const schema73 = {"$id":"retrieveModel__200__application__json","$ref":"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema"};

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="retrieveModel__200__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate57.evaluated;
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
if((((((((((data.id === undefined) && (missing0 = "id")) || ((data.object === undefined) && (missing0 = "object"))) || ((data.created === undefined) && (missing0 = "created"))) || ((data.owned_by === undefined) && (missing0 = "owned_by"))) || ((data.context_length === undefined) && (missing0 = "context_length"))) || ((data.image_size === undefined) && (missing0 = "image_size"))) || ((data.audio === undefined) && (missing0 = "audio"))) || ((data.video === undefined) && (missing0 = "video"))) || ((data.input_modalities === undefined) && (missing0 = "input_modalities"))){
validate57.errors = [{instancePath,schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema68.required,parentSchema:schema68,data}];
return false;
}
else {
if(data.id !== undefined){
let data0 = data.id;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate57.errors = [{instancePath:instancePath+"/id",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.id.type,parentSchema:schema68.properties.id,data:data0}];
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
validate57.errors = [{instancePath:instancePath+"/object",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/object/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.object.type,parentSchema:schema68.properties.object,data:data1}];
return false;
}
if("model" !== data1){
validate57.errors = [{instancePath:instancePath+"/object",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/object/const",keyword:"const",params:{allowedValue: "model"},message:"must be equal to constant",schema:"model",parentSchema:schema68.properties.object,data:data1}];
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
validate57.errors = [{instancePath:instancePath+"/created",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/created/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.created.type,parentSchema:schema68.properties.created,data:data2}];
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
validate57.errors = [{instancePath:instancePath+"/owned_by",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/owned_by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.owned_by.type,parentSchema:schema68.properties.owned_by,data:data3}];
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
validate57.errors = [{instancePath:instancePath+"/context_length",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/context_length/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.context_length.type,parentSchema:schema68.properties.context_length,data:data4}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 1 || isNaN(data4)){
validate57.errors = [{instancePath:instancePath+"/context_length",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/context_length/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema68.properties.context_length,data:data4}];
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
validate57.errors = [{instancePath:instancePath+"/image_size",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/image_size/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.image_size.type,parentSchema:schema68.properties.image_size,data:data5}];
return false;
}
if(errors === _errs12){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate57.errors = [{instancePath:instancePath+"/image_size",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/image_size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema68.properties.image_size,data:data5}];
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
if(data.audio !== undefined){
let data6 = data.audio;
const _errs14 = errors;
const _errs15 = errors;
let valid2 = false;
let passing0 = null;
const _errs16 = errors;
if(errors === _errs16){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing1;
if(((data6.sample_rate === undefined) && (missing1 = "sample_rate")) || ((data6.max_seconds === undefined) && (missing1 = "max_seconds"))){
const err0 = {instancePath:instancePath+"/audio",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/audio/oneOf/0/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema68.properties.audio.oneOf[0].required,parentSchema:schema68.properties.audio.oneOf[0],data:data6};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
if(data6.sample_rate !== undefined){
let data7 = data6.sample_rate;
const _errs18 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err1 = {instancePath:instancePath+"/audio/sample_rate",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/audio/oneOf/0/properties/sample_rate/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.audio.oneOf[0].properties.sample_rate.type,parentSchema:schema68.properties.audio.oneOf[0].properties.sample_rate,data:data7};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(errors === _errs18){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 1 || isNaN(data7)){
const err2 = {instancePath:instancePath+"/audio/sample_rate",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/audio/oneOf/0/properties/sample_rate/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema68.properties.audio.oneOf[0].properties.sample_rate,data:data7};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data6.max_seconds !== undefined){
let data8 = data6.max_seconds;
const _errs20 = errors;
if(errors === _errs20){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 <= 0 || isNaN(data8)){
const err3 = {instancePath:instancePath+"/audio/max_seconds",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/audio/oneOf/0/properties/max_seconds/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0},message:"must be > 0",schema:0,parentSchema:schema68.properties.audio.oneOf[0].properties.max_seconds,data:data8};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/audio/max_seconds",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/audio/oneOf/0/properties/max_seconds/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema68.properties.audio.oneOf[0].properties.max_seconds.type,parentSchema:schema68.properties.audio.oneOf[0].properties.max_seconds,data:data8};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
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
else {
const err5 = {instancePath:instancePath+"/audio",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/audio/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.properties.audio.oneOf[0].type,parentSchema:schema68.properties.audio.oneOf[0],data:data6};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var _valid0 = _errs16 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
var props0 = {};
props0.sample_rate = true;
props0.max_seconds = true;
}
const _errs22 = errors;
if(data6 !== null){
const err6 = {instancePath:instancePath+"/audio",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/audio/oneOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema68.properties.audio.oneOf[1].type,parentSchema:schema68.properties.audio.oneOf[1],data:data6};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs22 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
}
if(!valid2){
const err7 = {instancePath:instancePath+"/audio",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/audio/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema68.properties.audio.oneOf,parentSchema:schema68.properties.audio,data:data6};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
validate57.errors = vErrors;
return false;
}
else {
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
}
var valid1 = _errs14 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.video !== undefined){
let data9 = data.video;
const _errs24 = errors;
const _errs25 = errors;
let valid4 = false;
let passing1 = null;
const _errs26 = errors;
if(errors === _errs26){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing2;
if(((data9.frames === undefined) && (missing2 = "frames")) || ((data9.size === undefined) && (missing2 = "size"))){
const err8 = {instancePath:instancePath+"/video",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/video/oneOf/0/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'",schema:schema68.properties.video.oneOf[0].required,parentSchema:schema68.properties.video.oneOf[0],data:data9};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
if(data9.frames !== undefined){
let data10 = data9.frames;
const _errs28 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err9 = {instancePath:instancePath+"/video/frames",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/video/oneOf/0/properties/frames/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.video.oneOf[0].properties.frames.type,parentSchema:schema68.properties.video.oneOf[0].properties.frames,data:data10};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(errors === _errs28){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 1 || isNaN(data10)){
const err10 = {instancePath:instancePath+"/video/frames",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/video/oneOf/0/properties/frames/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema68.properties.video.oneOf[0].properties.frames,data:data10};
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
var valid5 = _errs28 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data9.size !== undefined){
let data11 = data9.size;
const _errs30 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err11 = {instancePath:instancePath+"/video/size",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/video/oneOf/0/properties/size/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema68.properties.video.oneOf[0].properties.size.type,parentSchema:schema68.properties.video.oneOf[0].properties.size,data:data11};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(errors === _errs30){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 1 || isNaN(data11)){
const err12 = {instancePath:instancePath+"/video/size",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/video/oneOf/0/properties/size/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema68.properties.video.oneOf[0].properties.size,data:data11};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
var valid5 = _errs30 === errors;
}
else {
var valid5 = true;
}
}
}
}
else {
const err13 = {instancePath:instancePath+"/video",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/video/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.properties.video.oneOf[0].type,parentSchema:schema68.properties.video.oneOf[0],data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
var _valid1 = _errs26 === errors;
if(_valid1){
valid4 = true;
passing1 = 0;
var props1 = {};
props1.frames = true;
props1.size = true;
}
const _errs32 = errors;
if(data9 !== null){
const err14 = {instancePath:instancePath+"/video",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/video/oneOf/1/type",keyword:"type",params:{type: "null"},message:"must be null",schema:schema68.properties.video.oneOf[1].type,parentSchema:schema68.properties.video.oneOf[1],data:data9};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid1 = _errs32 === errors;
if(_valid1 && valid4){
valid4 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid4 = true;
passing1 = 1;
}
}
if(!valid4){
const err15 = {instancePath:instancePath+"/video",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/video/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf",schema:schema68.properties.video.oneOf,parentSchema:schema68.properties.video,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
validate57.errors = vErrors;
return false;
}
else {
errors = _errs25;
if(vErrors !== null){
if(_errs25){
vErrors.length = _errs25;
}
else {
vErrors = null;
}
}
}
var valid1 = _errs24 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.input_modalities !== undefined){
let data12 = data.input_modalities;
const _errs34 = errors;
if(errors === _errs34){
if(Array.isArray(data12)){
var valid6 = true;
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
let data13 = data12[i0];
const _errs36 = errors;
if(typeof data13 !== "string"){
validate57.errors = [{instancePath:instancePath+"/input_modalities/" + i0,schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/input_modalities/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.input_modalities.items.type,parentSchema:schema68.properties.input_modalities.items,data:data13}];
return false;
}
if(!((((data13 === "text") || (data13 === "image")) || (data13 === "audio")) || (data13 === "video"))){
validate57.errors = [{instancePath:instancePath+"/input_modalities/" + i0,schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/input_modalities/items/enum",keyword:"enum",params:{allowedValues: schema68.properties.input_modalities.items.enum},message:"must be equal to one of the allowed values",schema:schema68.properties.input_modalities.items.enum,parentSchema:schema68.properties.input_modalities.items,data:data13}];
return false;
}
var valid6 = _errs36 === errors;
if(!valid6){
break;
}
}
}
else {
validate57.errors = [{instancePath:instancePath+"/input_modalities",schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/properties/input_modalities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema68.properties.input_modalities.type,parentSchema:schema68.properties.input_modalities,data:data12}];
return false;
}
}
var valid1 = _errs34 === errors;
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
else {
validate57.errors = [{instancePath,schemaPath:"openapi#/paths/~1v1~1models~1{model}/get/responses/200/content/application~1json/schema/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.type,parentSchema:schema68,data}];
return false;
}
}
validate57.errors = vErrors;
return errors === 0;
}
validate57.evaluated = {"props":{"id":true,"object":true,"created":true,"owned_by":true,"context_length":true,"image_size":true,"audio":true,"video":true,"input_modalities":true},"dynamicProps":false,"dynamicItems":false};

export const retrieveModel__default__application__json = validate58;
const schema75 = {"$id":"retrieveModel__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate59.evaluated;
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
validate59.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
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
validate59.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate59.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate59.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
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
validate59.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate59.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
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
validate59.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
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
validate59.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_form")) || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "too_many_audios")) || (data4 === "too_many_videos")) || (data4 === "invalid_base64_audio")) || (data4 === "invalid_base64_video")) || (data4 === "invalid_audio_url")) || (data4 === "invalid_video_url")) || (data4 === "unsupported_audio_url")) || (data4 === "unsupported_video_url")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate59.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
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
validate59.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate59.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="retrieveModel__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate58.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate59(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
validate58.errors = vErrors;
return errors === 0;
}
validate58.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const getHealth__200__application__json = validate61;
const schema79 = {"$id":"getHealth__200__application__json","$ref":"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema"};
const schema80 = {"type":"object","required":["status"],"properties":{"status":{"type":"string","const":"ok"}}};

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getHealth__200__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate61.evaluated;
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
validate61.errors = [{instancePath,schemaPath:"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema80.required,parentSchema:schema80,data}];
return false;
}
else {
if(data.status !== undefined){
let data0 = data.status;
if(typeof data0 !== "string"){
validate61.errors = [{instancePath:instancePath+"/status",schemaPath:"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema80.properties.status.type,parentSchema:schema80.properties.status,data:data0}];
return false;
}
if("ok" !== data0){
validate61.errors = [{instancePath:instancePath+"/status",schemaPath:"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema/properties/status/const",keyword:"const",params:{allowedValue: "ok"},message:"must be equal to constant",schema:"ok",parentSchema:schema80.properties.status,data:data0}];
return false;
}
}
}
}
else {
validate61.errors = [{instancePath,schemaPath:"openapi#/paths/~1healthz/get/responses/200/content/application~1json/schema/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema80.type,parentSchema:schema80,data}];
return false;
}
}
validate61.errors = vErrors;
return errors === 0;
}
validate61.evaluated = {"props":{"status":true},"dynamicProps":false,"dynamicItems":false};

export const getHealth__default__application__json = validate62;
const schema81 = {"$id":"getHealth__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate63.evaluated;
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
validate63.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
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
validate63.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate63.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate63.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
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
validate63.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate63.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
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
validate63.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
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
validate63.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_form")) || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "too_many_audios")) || (data4 === "too_many_videos")) || (data4 === "invalid_base64_audio")) || (data4 === "invalid_base64_video")) || (data4 === "invalid_audio_url")) || (data4 === "invalid_video_url")) || (data4 === "unsupported_audio_url")) || (data4 === "unsupported_video_url")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate63.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
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
validate63.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate63.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate63.errors = vErrors;
return errors === 0;
}
validate63.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getHealth__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate62.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate63(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
validate62.errors = vErrors;
return errors === 0;
}
validate62.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const getReadiness__200__application__json = validate65;
const schema85 = {"$id":"getReadiness__200__application__json","$ref":"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema"};
const schema86 = {"type":"object","required":["status","models"],"properties":{"status":{"type":"string","const":"ready"},"models":{"type":"array","minItems":1,"items":{"type":"string"},"description":"The ids of all models that are loaded, as `GET /v1/models` lists them."}}};

function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getReadiness__200__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
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
if(((data.status === undefined) && (missing0 = "status")) || ((data.models === undefined) && (missing0 = "models"))){
validate65.errors = [{instancePath,schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema86.required,parentSchema:schema86,data}];
return false;
}
else {
if(data.status !== undefined){
let data0 = data.status;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate65.errors = [{instancePath:instancePath+"/status",schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema86.properties.status.type,parentSchema:schema86.properties.status,data:data0}];
return false;
}
if("ready" !== data0){
validate65.errors = [{instancePath:instancePath+"/status",schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/properties/status/const",keyword:"const",params:{allowedValue: "ready"},message:"must be equal to constant",schema:"ready",parentSchema:schema86.properties.status,data:data0}];
return false;
}
var valid1 = _errs2 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.models !== undefined){
let data1 = data.models;
const _errs4 = errors;
if(errors === _errs4){
if(Array.isArray(data1)){
if(data1.length < 1){
validate65.errors = [{instancePath:instancePath+"/models",schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/properties/models/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema86.properties.models,data:data1}];
return false;
}
else {
var valid2 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
const _errs6 = errors;
if(typeof data2 !== "string"){
validate65.errors = [{instancePath:instancePath+"/models/" + i0,schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/properties/models/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema86.properties.models.items.type,parentSchema:schema86.properties.models.items,data:data2}];
return false;
}
var valid2 = _errs6 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/models",schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/properties/models/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema86.properties.models.type,parentSchema:schema86.properties.models,data:data1}];
return false;
}
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
validate65.errors = [{instancePath,schemaPath:"openapi#/paths/~1readyz/get/responses/200/content/application~1json/schema/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema86.type,parentSchema:schema86,data}];
return false;
}
}
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"props":{"status":true,"models":true},"dynamicProps":false,"dynamicItems":false};

export const getReadiness__default__application__json = validate66;
const schema87 = {"$id":"getReadiness__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
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
validate67.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
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
validate67.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate67.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate67.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
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
validate67.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate67.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
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
validate67.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
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
validate67.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_form")) || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "too_many_audios")) || (data4 === "too_many_videos")) || (data4 === "invalid_base64_audio")) || (data4 === "invalid_base64_video")) || (data4 === "invalid_audio_url")) || (data4 === "invalid_video_url")) || (data4 === "unsupported_audio_url")) || (data4 === "unsupported_video_url")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate67.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
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
validate67.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate67.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate67.errors = vErrors;
return errors === 0;
}
validate67.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getReadiness__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate66.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate67(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
validate66.errors = vErrors;
return errors === 0;
}
validate66.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const getMetrics__200__text__plain = validate69;
const schema91 = {"$id":"getMetrics__200__text__plain","$ref":"openapi#/paths/~1metrics/get/responses/200/content/text~1plain/schema"};
const schema92 = {"type":"string"};

function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getMetrics__200__text__plain" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate69.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
validate69.errors = [{instancePath,schemaPath:"openapi#/paths/~1metrics/get/responses/200/content/text~1plain/schema/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema92.type,parentSchema:schema92,data}];
return false;
}
validate69.errors = vErrors;
return errors === 0;
}
validate69.evaluated = {"dynamicProps":false,"dynamicItems":false};

export const getMetrics__default__application__json = validate70;
const schema93 = {"$id":"getMetrics__default__application__json","$ref":"openapi#/components/responses/Error/content/application~1json/schema"};

function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate71.evaluated;
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
validate71.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'",schema:schema41.required,parentSchema:schema41,data}];
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
validate71.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'",schema:schema41.properties.error.required,parentSchema:schema41.properties.error,data:data0}];
return false;
}
else {
if(data0.message !== undefined){
let data1 = data0.message;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(data1.length < 1){
validate71.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema41.properties.error.properties.message,data:data1}];
return false;
}
}
else {
validate71.errors = [{instancePath:instancePath+"/error/message",schemaPath:"#/properties/error/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.error.properties.message.type,parentSchema:schema41.properties.error.properties.message,data:data1}];
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
validate71.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.type,parentSchema:schema42,data:data2}];
return false;
}
if(!(((data2 === "invalid_request_error") || (data2 === "rate_limit_error")) || (data2 === "server_error"))){
validate71.errors = [{instancePath:instancePath+"/error/type",schemaPath:"#/components/schemas/ErrorType/enum",keyword:"enum",params:{allowedValues: schema42.enum},message:"must be equal to one of the allowed values",schema:schema42.enum,parentSchema:schema42,data:data2}];
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
validate71.errors = [{instancePath:instancePath+"/error/param",schemaPath:"#/properties/error/properties/param/type",keyword:"type",params:{type: schema41.properties.error.properties.param.type},message:"must be string,null",schema:schema41.properties.error.properties.param.type,parentSchema:schema41.properties.error.properties.param,data:data3}];
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
validate71.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.type,parentSchema:schema43,data:data4}];
return false;
}
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data4 === "invalid_json") || (data4 === "invalid_form")) || (data4 === "invalid_type")) || (data4 === "invalid_value")) || (data4 === "missing_required_parameter")) || (data4 === "empty_array")) || (data4 === "array_above_max_length")) || (data4 === "unsupported_parameter")) || (data4 === "unsupported_value")) || (data4 === "unsupported_content_part")) || (data4 === "context_length_exceeded")) || (data4 === "too_many_images")) || (data4 === "too_many_audios")) || (data4 === "too_many_videos")) || (data4 === "invalid_base64_audio")) || (data4 === "invalid_base64_video")) || (data4 === "invalid_audio_url")) || (data4 === "invalid_video_url")) || (data4 === "unsupported_audio_url")) || (data4 === "unsupported_video_url")) || (data4 === "invalid_image")) || (data4 === "invalid_base64_image")) || (data4 === "invalid_image_url")) || (data4 === "unsupported_image_url")) || (data4 === "unsupported_image_media_type")) || (data4 === "image_too_large")) || (data4 === "image_parse_error")) || (data4 === "empty_image_file")) || (data4 === "empty_audio_file")) || (data4 === "invalid_audio")) || (data4 === "unsupported_audio_format")) || (data4 === "audio_too_large")) || (data4 === "audio_too_long")) || (data4 === "audio_parse_error")) || (data4 === "no_audio_track")) || (data4 === "empty_video_file")) || (data4 === "invalid_video")) || (data4 === "unsupported_video_format")) || (data4 === "video_too_large")) || (data4 === "video_too_long")) || (data4 === "video_parse_error")) || (data4 === "no_video_track")) || (data4 === "media_timeout")) || (data4 === "invalid_api_key")) || (data4 === "invalid_signature")) || (data4 === "model_not_found")) || (data4 === "not_found")) || (data4 === "method_not_allowed")) || (data4 === "request_timeout")) || (data4 === "request_too_large")) || (data4 === "unsupported_media_type")) || (data4 === "rate_limit_exceeded")) || (data4 === "overloaded")) || (data4 === "internal_error")) || (data4 === "backend_error")) || (data4 === "backend_unavailable")) || (data4 === "not_ready")) || (data4 === "draining")) || (data4 === "generation_timeout"))){
validate71.errors = [{instancePath:instancePath+"/error/code",schemaPath:"#/components/schemas/ErrorCode/enum",keyword:"enum",params:{allowedValues: schema43.enum},message:"must be equal to one of the allowed values",schema:schema43.enum,parentSchema:schema43,data:data4}];
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
validate71.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.properties.error.type,parentSchema:schema41.properties.error,data:data0}];
return false;
}
}
}
}
}
else {
validate71.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data}];
return false;
}
}
validate71.errors = vErrors;
return errors === 0;
}
validate71.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};


function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="getMetrics__default__application__json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate70.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(validate71(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"props":{"error":true},"dynamicProps":false,"dynamicItems":false};

export const validators = {
  createChatCompletion: {
    '200 application/json': createChatCompletion__200__application__json,
    '200 text/event-stream': createChatCompletion__200__text__event_dash_stream,
    'default application/json': createChatCompletion__default__application__json,
  },
  createTranscription: {
    '200 application/json': createTranscription__200__application__json,
    '200 text/plain': createTranscription__200__text__plain,
    '200 text/event-stream': createTranscription__200__text__event_dash_stream,
    'default application/json': createTranscription__default__application__json,
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
