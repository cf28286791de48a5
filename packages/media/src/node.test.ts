import * as node from './node.ts';
import { decoderContract } from './testing/decoder-contract.ts';
import { loadGoldenCase } from './testing/golden-case.ts';

decoderContract('Node (libvips)', node, loadGoldenCase());
