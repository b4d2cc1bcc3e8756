/** Words for sizes, where a number alone would not say enough. @module */
export const unitMessages = {
  "size-bytes": { message: "{count} {count|one:byte|other:bytes}" },
  "size-kilobytes": { message: "{count} KB" },
  "size-megabytes": { message: "{count} MB" },
  "size-exact": { message: "{rounded} ({exact})" },
  "size-short-bytes": { message: "{count} B" },
} as const;
