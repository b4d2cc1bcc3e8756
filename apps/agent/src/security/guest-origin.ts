/** Origins of other pages that may be paired at all. @module */

const LONGEST = 200;
const LOOPBACK = /^(127\.0\.0\.1|\[::1\]|localhost)$/;

/**
 * Whether a page of this origin may ask to be paired: it came over HTTPS or from this computer, so that nobody on the way
 * wrote it. Only the form that browsers send is taken, which is plain ASCII.
 */
export function canBePaired(origin: string): boolean {
  if (origin.length > LONGEST || !URL.canParse(origin)) return false;
  const { origin: canonical, protocol, hostname } = new URL(origin);
  if (canonical !== origin) return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}
