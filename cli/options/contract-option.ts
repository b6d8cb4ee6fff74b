/** The option that names a contract. */

import { Option } from 'commander';
import { CONTRACT_NAMES } from '../../contracts/contract.ts';

export function contractOption(): Option {
  return new Option('--contract <name>', 'the contract')
    .choices(CONTRACT_NAMES)
    .default('BatchPutContact');
}
