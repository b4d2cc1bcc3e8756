import {
  commands,
  eraseChip,
  eraseRegion,
  esp8266,
  type FlashEvent,
  runOperation,
  type Session,
} from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { firstDifference, mixedContent, noise } from "../support/content.js";
import { type Desk, setUpDesk, writeImages } from "./support/desk.js";

const content = noise(0x400000, 13);
const image = { name: "image", offset: 0x100000, bytes: mixedContent(0x20000, 14) };
const written = content.slice();
written.set(image.bytes, image.offset);

const loaders = ["stub", "rom"] as const;
const PROTECTED = 0x1c;

/** Ends a session of the ROM as its own command does, which locks the flash. */
async function endWithFlashEnd({ connection, target }: Session): Promise<void> {
  await connection.send(commands.romFlashBegin(0, 0, target.rom.dataBlockSize, 0, 0));
  await connection.send(commands.flashEnd(1000));
}

/** Sets status register 1 of the flash from the loader. */
async function setFlashStatus({ connection }: Session, status: number): Promise<void> {
  const writes = esp8266.spi.clearStatus.map((write) =>
    write.address === esp8266.spi.statusRegister ? { ...write, value: status } : write,
  );
  await connection.send(commands.writeRegs(writes));
}

describe("a flash that an earlier session of the ROM has protected", () => {
  const protectedDesk = async (): Promise<Desk> => {
    const desk = setUpDesk({ flash: content });
    await endWithFlashEnd(await desk.connect({ stub: false }));
    expect(desk.board.state.statusRegister).toBe(PROTECTED);
    desk.board.reconnect();
    return desk;
  };

  it.each(loaders)("is unprotected by connecting, and the %s writes what it says", async (loader) => {
    const { board, connect } = await protectedDesk();
    const session = await connect({ stub: loader === "stub" });
    expect(board.state.statusRegister).toBe(0);
    await writeImages(session, [image]);
    expect(firstDifference(board.flash, written)).toBeUndefined();
  });

  it("is unprotected before a write by a stub that was there already, and that is noted", async () => {
    const desk = setUpDesk({ flash: content, wiring: "none" });
    await setFlashStatus(await desk.connect(), PROTECTED);
    expect(desk.board.state.statusRegister).toBe(PROTECTED);
    desk.board.reconnect();
    const session = await desk.connect();
    const events: FlashEvent[] = [];
    await writeImages(session, [image], { onEvent: (event) => events.push(event) });
    expect(events.filter(({ type }) => type === "note")).toEqual([
      { type: "note", code: "protection-cleared", params: { status: PROTECTED } },
    ]);
    expect(firstDifference(desk.board.flash, written)).toBeUndefined();
  });
});

describe("a protection that comes back", () => {
  type Work = (session: Session, onEvent: (event: FlashEvent) => void) => Promise<unknown>;
  const works: Readonly<Record<string, Work>> = {
    writing: (session, onEvent) => writeImages(session, [image], { onEvent }),
    "erasing a region": (session, onEvent) =>
      eraseRegion(session, { offset: image.offset, size: 0x20000 }, { onEvent }),
    "erasing the chip": (session, onEvent) => eraseChip(session, { onEvent }),
  };
  const cases = loaders.flatMap((loader) =>
    [PROTECTED, 0x04, 0x10].flatMap((bits) =>
      Object.keys(works)
        .filter((name) => loader === "stub" || name !== "erasing the chip")
        .map((name) => ({ loader, bits, name })),
    ),
  );

  it.each(cases)("stops $name with the $loader (bits $bits) before anything happens", async (given) => {
    const { loader, bits, name } = given;
    const faults = [{ kind: "returning-protection" as const, bits }];
    const { board, connect } = setUpDesk({ flash: content, faults });
    const session = await connect({ stub: loader === "stub" });
    expect(board.state.statusRegister).toBe(bits);
    const events: FlashEvent[] = [];
    const onEvent = (event: FlashEvent) => events.push(event);
    const work = runOperation(onEvent, async () => {
      await works[name](session, onEvent);
      return { result: { code: "chip-erased", params: {} } };
    });
    await expect(work).rejects.toMatchObject({ code: "flash-protected", params: { status: bits } });
    expect(events).toEqual([
      {
        type: "failed",
        error: expect.objectContaining({ code: "flash-protected", params: { status: bits } }),
      },
    ]);
    expect(firstDifference(board.flash, content)).toBeUndefined();
  });
});
