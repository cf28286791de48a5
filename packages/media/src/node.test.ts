import * as node from './node.ts';
import { decoderContract } from './testing/decoder-contract.ts';
import { loadGoldenCase } from './testing/golden.ts';

decoderContract('Node (libvips)', node, loadGoldenCase());
