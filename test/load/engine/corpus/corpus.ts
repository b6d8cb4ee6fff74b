/** The corpus: small scripts in the idioms of k6's documentation, with what has to come of each. */

import { ANSWERS } from './answers.ts';
import { BLOCKING } from './blocking.ts';
import { FORMS } from './forms.ts';
import type { Idiom } from './idiom.ts';
import { REQUESTS } from './requests.ts';
import { RUNS } from './runs.ts';

export const CORPUS: readonly Idiom[] = [...REQUESTS, ...ANSWERS, ...BLOCKING, ...FORMS, ...RUNS];
