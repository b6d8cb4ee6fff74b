import { blocksOf } from './blocks.ts';
import { LOAD } from './pages/load.ts';
import { testRows } from './rows.ts';

testRows(LOAD, blocksOf);
