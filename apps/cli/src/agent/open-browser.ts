/** Starts the user's browser, without a shell between. @module */
import { spawn } from "node:child_process";

/** A starter that has not failed by then has done its work; some stay as long as the browser. */
const STARTED_MS = 2000;

const STARTERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Opens an address in the user's browser.
 * @throws Error why no browser was started, in a few words
 */
export async function openBrowser(
  address: string,
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY) throw new Error("there is no screen");
  const [program, ...args] = STARTERS[platform] ?? ["xdg-open"];
  const child = spawn(program!, [...args, address], { stdio: "ignore", detached: true, env: { ...env } });
  child.unref();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, STARTED_MS);
    timer.unref();
    child.once("error", () => reject(new Error(`there is no program ${program}`)));
    child.once("exit", (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code}`));
    });
  });
}
