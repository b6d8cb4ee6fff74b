/** The form of phone numbers. */

/** E.164 form, as in the PhoneNumber pattern of the Connect model. */
export const E164 = /^\+[1-9]\d{1,14}$/;
