import { blocksOf } from './blocks.ts';
import { CONTRACTS } from './pages/contracts.ts';
import { testRows } from './rows.ts';

testRows(CONTRACTS, blocksOf);
