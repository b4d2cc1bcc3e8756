/** The mark: a chip's flash, in the colours of the map. @module */

/** Decoration; the name stands beside it. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 14 22" width="14" height="22" aria-hidden="true">
      <rect width="14" height="3" class="mark-boot" />
      <rect y="4" width="14" height="9" class="mark-code" />
      <rect y="14" width="14" height="4" class="mark-yours" />
      <rect y="19" width="14" height="3" class="mark-sdk" />
    </svg>
  );
}
