/** One line of the error table. */
export interface ErrorEntry {
  /** HTTP status used where the transport has one. */
  status: number;
  /** Whether the same call may succeed later without anything being changed. */
  retryable: boolean;
  zh: string;
  en: string;
  /** What the person can do about it. */
  hintZh: string;
  hintEn: string;
}

export const entry = (
  status: number,
  retryable: boolean,
  zh: string,
  en: string,
  hintZh: string,
  hintEn: string,
): ErrorEntry => ({ status, retryable, zh, en, hintZh, hintEn });
