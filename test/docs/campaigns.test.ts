import { blocksOf } from './blocks.ts';
import { CAMPAIGNS } from './pages/campaigns.ts';
import { testRows } from './rows.ts';

testRows(CAMPAIGNS, blocksOf);
