/** The screens of the page that an agent serves, and how one gets there. @module */
import { startAgent } from "./agent.mjs";
import { button, heading } from "./screens.mjs";

async function open(page, agent) {
  await page.goto(await agent.link());
  await button(page, "virtual:esp-12f").waitFor();
}

async function connect(page, agent) {
  await open(page, agent);
  await button(page, "virtual:esp-12f").click();
  await heading(page, /ESP8266EX/).waitFor({ timeout: 60_000 });
  await page.locator(".drawing svg").first().waitFor();
}

/** Each brings a fresh page to one screen, with an agent of its own. */
const screens = {
  agent: open,
  "agent-taken": async (page, agent) => {
    const other = await page.context().newPage();
    await connect(other, agent);
    await open(page, agent).catch(() => {});
    await page.getByRole("button", { name: /in use/ }).waitFor();
  },
  buttons: async (page, agent) => {
    await open(page, agent);
    await page.getByRole("button", { name: /ttyUSB0/ }).click();
    await page.locator(".hands-picture").first().waitFor({ timeout: 60_000 });
  },
  lost: async (page, agent) => {
    await connect(page, agent);
    await agent.end();
    await page.locator(".failure").waitFor({ timeout: 60_000 });
  },
  "link-used": async (page, agent) => {
    const link = await agent.link();
    const other = await page.context().newPage();
    await other.goto(link);
    await button(other, "virtual:esp-12f").waitFor();
    await page.goto(link);
    await page.locator(".failure").waitFor({ timeout: 60_000 });
  },
};

/** The same as functions of the page alone. */
export const agentScreens = Object.fromEntries(
  Object.entries(screens).map(([name, show]) => [
    name,
    async (page) => {
      const agent = await startAgent();
      page.once("close", () => void agent.close());
      await show(page, agent);
    },
  ]),
);
