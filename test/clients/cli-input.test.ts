/** The AWS CLI takes the files that `dialproof generate` writes for it, and sends what they say. */

import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { dialBatchSource, outboundBatchSource } from '../../generators/dial-batch.ts';
import { writeDialList } from '../../generators/dial-list.ts';
import { everyDialCode } from '../../generators/mix.ts';
import { urlOf } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { can, describeIf, runProgram } from './program.ts';
