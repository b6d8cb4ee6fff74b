/** The bytes of 25 contacts. */
export const BODY_BYTES = 11_506;
