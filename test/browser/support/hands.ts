/** A person at the page: presses buttons, reads headings, types at the console, keeps what is saved. @module */
import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";

/** On one page. */
export class Hands {
  constructor(readonly page: Page) {}

  press(name: string): Promise<void> {
    return this.page.getByRole("button", { name, exact: true }).click();
  }

  heading(name: RegExp): Promise<void> {
    return this.page.getByRole("heading", { name }).waitFor();
  }

  chooseFiles(files: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
    return this.page.locator(".drop input[multiple]").first().setInputFiles(files);
  }

  /** The finding of the doctor with that title. */
  finding(title: string): Locator {
    return this.page.locator(".finding", { has: this.page.getByRole("heading", { name: title }) });
  }

  /** What the plan says of the chip, a line for each row: "write boot sector 0x00000000..0x00000fff". */
  async planRows(): Promise<string[]> {
    const rows = await this.page.locator(".row").all();
    const parts = [".fate", ".name", ".range"];
    return Promise.all(
      rows.map(async (row) =>
        (await Promise.all(parts.map((part) => row.locator(part).textContent()))).join(" "),
      ),
    );
  }

  /** Presses a button, and gives the file that is saved then. */
  async save(button: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
    const download = this.page.waitForEvent("download");
    await this.press(button);
    const saved = await download;
    return { name: saved.suggestedFilename(), bytes: new Uint8Array(readFileSync(await saved.path())) };
  }

  async openConsole(): Promise<void> {
    await this.press("Open the console");
    await this.page.locator(".xterm").waitFor();
    await this.page.getByText("The console is closed.").waitFor({ state: "hidden" });
  }

  /** Types a line, and waits for what is to come of it. */
  async type(line: string, answer: string): Promise<void> {
    await this.page.locator(".xterm-helper-textarea").focus();
    await this.page.keyboard.type(`${line}\r`);
    await this.says(answer);
  }

  /** Waits until the console shows a text. */
  says(text: string): Promise<void> {
    return this.page.locator(".xterm-accessibility").getByText(text).first().waitFor();
  }
}
