/** Whether the browser lets this page reach its own computer, as far as the browser says. Asks nobody. @module */

/**
 * `none-needed`: the page is of this computer itself. `unknown`: the browser has no such permission, so that it allows
 * everything, or what it allows cannot be asked.
 */
export type LoopbackPermission = "granted" | "prompt" | "denied" | "none-needed" | "unknown";

/** What is asked of the browser. */
export interface PermissionParts {
  readonly hostname: string;
  /** `navigator.permissions.query`. */
  readonly query: (name: string) => Promise<{ readonly state: string }>;
}

/**
 * Newest first. Chromium 156 knows both, but only the first decides on 127.0.0.1; before it was split in two, the last
 * did. Firefox and Safari know none.
 */
const NAMES = ["loopback-network", "local-network-access"];
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The permission, now. */
export async function loopbackPermission(parts: PermissionParts = thisPage()): Promise<LoopbackPermission> {
  if (LOOPBACK.test(parts.hostname)) return "none-needed";
  for (const name of NAMES) {
    const found = await parts.query(name).catch(() => undefined);
    if (found?.state === "granted" || found?.state === "prompt" || found?.state === "denied")
      return found.state;
  }
  return "unknown";
}

function thisPage(): PermissionParts {
  const query = async (name: string) =>
    navigator.permissions.query({ name } as unknown as PermissionDescriptor);
  return { hostname: location.hostname, query };
}
