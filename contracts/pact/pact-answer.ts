/** Converts an answer to Pact's form: some values are pinned literally, others by a matching rule. */

import type { Rule } from '@pact-foundation/pact';
import type {
  Answer,
  CreatedItem,
  ErrorAnswer,
  FailedItem,
  ResultAnswer,
} from '../agreement/interaction.ts';
import type { BuildResponse, Matchers } from './pact.ts';

/** Requires only some text, because AWS publishes no texts. */
export const EXAMPLE_MESSAGE = 'Some text for people.';
export const EXAMPLE_REQUEST_ID = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

export function statusOf(answer: Answer): number {
  return answer.kind === 'result' ? 200 : answer.status;
}

export function pactAnswer(answer: Answer, match: Matchers): BuildResponse {
  const requestId = match.regex(UUID, EXAMPLE_REQUEST_ID);
  if (answer.kind === 'error') {
    return (builder) => {
      builder
        .headers({ 'x-amzn-RequestId': requestId, 'x-amzn-errortype': answer.name })
        .jsonBody({ [messageOf(answer)]: nonEmpty(match) });
      builder.matchingRules({ body: [textAt(`$.${messageOf(answer)}`, match)] });
    };
  }
  return (builder) => {
    builder.headers({ 'x-amzn-RequestId': requestId }).jsonBody(resultBody(answer, match));
    builder.matchingRules({
      body: [...exactLengths(answer, match), ...loneMessage(answer, match)],
    });
  };
}

function messageOf({ modelled }: ErrorAnswer): string {
  return modelled ? 'Message' : 'message';
}

function resultBody(answer: ResultAnswer, match: Matchers): object {
  const created = answer.created.map((item) => createdItem(item, match));
  const failed = answer.failed.map((item) => failedItem(item, match));
  return {
    ...list('SuccessfulRequestList', created, answer, match),
    ...list('FailedRequestList', failed, answer, match),
  };
}

/** A list of at most one item is literal. In a longer list each item may be anywhere, as no order is published. */
function list(name: string, items: object[], { emptyLists }: ResultAnswer, match: Matchers) {
  if (items.length === 0 && emptyLists === 'omitted') return {};
  return { [name]: items.length > 1 ? match.arrayContaining(...items) : items };
}

function createdItem({ exact, ContactId, ...rest }: CreatedItem, match: Matchers): object {
  return { ...rest, ContactId: exact ? ContactId : match.regex(UUID, ContactId) };
}

function failedItem(item: FailedItem, match: Matchers): object {
  return { ...item, FailureReasonMessage: nonEmpty(match) };
}

function nonEmpty(match: Matchers) {
  return match.regex('^.+$', EXAMPLE_MESSAGE);
}

/** By itself Pact's regex takes a number for a text: joined to it, this rule wants a text. */
function textAt(path: string, match: Matchers): Rule {
  return { path, rules: [match.string(EXAMPLE_MESSAGE)] };
}

/** The message of a single failed item. With several items, arrayContaining already requires a text. */
function loneMessage({ failed }: ResultAnswer, match: Matchers): Rule[] {
  return failed.length === 1 ? [textAt('$.FailedRequestList[0].FailureReasonMessage', match)] : [];
}

/**
 * The length of each list that `arrayContaining` would let grow: an item answered twice must show.
 * Joined to that rule, this one judges the length alone; the items stay pinned (a test holds it).
 */
function exactLengths({ created, failed }: ResultAnswer, match: Matchers): Rule[] {
  return Object.entries({ SuccessfulRequestList: created, FailedRequestList: failed })
    .filter(([, items]) => items.length > 1)
    .map(([name, { length }]) => ({
      path: `$.${name}`,
      rules: [match.constrainedArrayLike(null, length, length)],
    }));
}
