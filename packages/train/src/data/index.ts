/** Data files: JSON lines of media and conversations. */
export { type DataFile, DataSet, type DataSource, type Example } from './data-set.ts';
export { type ImportForm, type ImportReport, importData, importers } from './import/index.ts';
export { type DataRecord, type Task, taskNames, tasks } from './record.ts';
export { createSampler, type Draw, type SamplerOptions, type Stream } from './sampler.ts';
