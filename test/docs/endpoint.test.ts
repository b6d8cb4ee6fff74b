import { blocksOf } from './blocks.ts';
import { ENDPOINT } from './pages/endpoint.ts';
import { testRows } from './rows.ts';

testRows(ENDPOINT, blocksOf);
