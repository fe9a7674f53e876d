import { accountErrors } from './account.js';
import { issueErrors } from './issue.js';
import { deliveryErrors } from './delivery.js';
import { organisationErrors } from './organisation.js';
import { listImportErrors } from './list-import.js';
import type { CatalogueEntry } from './error-entry.js';

/** Every error a user may meet. A code's prefix names the part of the system that raises it. */
export const errorCatalogue = {
  ...issueErrors,
  ...deliveryErrors,
  ...organisationErrors,
  ...listImportErrors,
  ...accountErrors,
} satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** The Chinese sentence for the user, filled from the details. */
export function errorText(code: ErrorCode, details: Record<string, unknown> = {}): string {
  return errorCatalogue[code].text(details);
}

/** An expected refusal: the message may be shown to the user as it stands. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: Record<string, unknown> = {},
  ) {
    super(errorText(code, details));
    this.name = 'DomainError';
  }

  /** HTTP status that fits the code. */
  get status(): number {
    return errorCatalogue[this.code].status;
  }
}
