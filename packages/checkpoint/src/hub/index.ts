/** Checkpoints from Hugging Face's hub, or from a mirror of it. */
export { chooseFiles, onlyShardsWith } from './choose.ts';
export { connectHub, type Hub } from './connect.ts';
export { downloadFiles, remainingBytes } from './download.ts';
export { readText } from './read-text.ts';
export { isRepositoryId, openRepository, type RemoteFile, type Repository } from './repository.ts';
