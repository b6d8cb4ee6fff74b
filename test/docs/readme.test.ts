import { blocksOf } from './blocks.ts';
import { README } from './pages/readme.ts';
import { testRows } from './rows.ts';

testRows(README, blocksOf);
