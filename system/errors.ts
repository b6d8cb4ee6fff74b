/** A mistake of the user. The message is one sentence: what, where, what to do. It is shown without a stack. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** A target or tool that the command needs and cannot reach. */
export class UnavailableError extends UserError {
  override readonly name = 'UnavailableError';
}
