/**
 * Backups: regions of a flash in one ZIP with a manifest.
 *
 * @module
 */
export {};
