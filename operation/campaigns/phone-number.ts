/** Phone numbers of dial requests. */

/** The number without the hyphens that the model allows. A missing + is not added. */
export function dialled(phoneNumber: string): string {
  return phoneNumber.includes('-') ? phoneNumber.replaceAll('-', '') : phoneNumber;
}
