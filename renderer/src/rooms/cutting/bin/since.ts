/** When yesterday began on this computer's calendar, milliseconds since 1970. A day may have 23 or 25 hours: the calendar knows. */
export const startOfYesterday = (now: Date): number =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).getTime();
