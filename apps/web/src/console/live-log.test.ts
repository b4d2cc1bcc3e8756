import { describe, expect, it, vi } from "vitest";
import { LiveLog } from "./live-log.js";

/** A file as the browser has it: what is written is there when the stream is closed. */
function file() {
  let content = "";
  let broken = false;
  const handle = {
    name: "console.log",
    async createWritable({ keepExistingData }: { keepExistingData: boolean }) {
      if (broken) throw new DOMException("gone", "NotFoundError");
      let next = keepExistingData ? content : "";
      let at = 0;
      return {
        async seek(offset: number) {
          at = offset;
        },
        async write(data: Blob) {
          next = next.slice(0, at) + (await data.text());
        },
        async close() {
          content = next;
        },
      };
    },
  };
  return {
    handle: handle as unknown as FileSystemFileHandle,
    get content() {
      return content;
    },
    break: () => {
      broken = true;
    },
  };
}

describe("a log in a file", () => {
  it("is in the file after some seconds, and at the end", async () => {
    vi.useFakeTimers();
    try {
      const made = file();
      const log = new LiveLog(made.handle, () => expect.unreachable());
      log.add("one\n");
      log.add("two\n");
      expect([made.content, log.size]).toEqual(["", 8]);
      await vi.advanceTimersByTimeAsync(5000);
      await log.flush();
      expect(made.content).toBe("one\ntwo\n");
      log.add("three\n");
      await log.flush();
      expect([made.content, log.size, vi.getTimerCount()]).toEqual(["one\ntwo\nthree\n", 14, 0]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("begins with what was said before, whatever is added meanwhile", async () => {
    const made = file();
    const log = new LiveLog(made.handle, () => expect.unreachable());
    const begun = log.begin(["one\n", "two\n"]);
    log.add("three\n");
    await begun;
    await log.flush();
    expect([made.content, log.size]).toEqual(["one\ntwo\nthree\n", 14]);
  });

  it("says when the file cannot be written any more", async () => {
    const made = file();
    const failures: string[] = [];
    const log = new LiveLog(made.handle, () => failures.push("failed"));
    made.break();
    log.add("x");
    await log.flush();
    expect([failures, made.content]).toEqual([["failed"], ""]);
  });
});
