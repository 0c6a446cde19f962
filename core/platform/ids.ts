/** Identifiers of everything the studio stores. */
import { v7 } from 'uuid';

/** A UUID v7 (RFC 9562) in lower case: unique across machines, and ordered by the time it was made. */
export function newId(): string {
  return v7();
}
