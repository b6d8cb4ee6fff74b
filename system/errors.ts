/** A mistake of the user's, told in one sentence: what, where, what to do. Never shown with a stack. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** A target or tool that the command needs and cannot reach. */
export class UnavailableError extends UserError {
  override readonly name = 'UnavailableError';
}
