/** Phone numbers of dial requests. Campaigns take dashes in a number. Contacts do not. */

export function withoutDashes(phoneNumber: string): string {
  return phoneNumber.includes('-') ? phoneNumber.replaceAll('-', '') : phoneNumber;
}
