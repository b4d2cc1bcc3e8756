/** From the boot ROM's rate to the firmware's, at the moment at which the one hands over to the other. @module */
import { type BootEvent, type Clock, esp8266, type Statement, type Transport } from "@flashwright/core";

/** A second boot introduces itself within this time after the image's sum, or there is none; milliseconds. */
const SECOND_BOOT_MS = 300;
/** A board that was reset has handed over by then. */
const HANDOVER_MS = 3000;
/** eboot's last line. */
const EBOOT_JUMPS = /^~ld$/;

/** How a start is followed. */
export interface FollowOptions {
  readonly clock: Clock;
  /** The firmware's. */
  readonly baudRate: number;
  readonly note: (statement: Statement) => void;
}

/** Follows the boot messages of one start. */
export interface BootRate {
  see(event: BootEvent): void;
  stop(): void;
}

/**
 * Resets the board where the port can, and listens at the boot ROM's rate until the firmware begins. Without a reset line
 * somebody is asked to press RESET, and there is no end of waiting.
 * @throws FlasherError `port-baud-refused`, `port-lost`
 */
export async function followBoot(
  transport: Transport,
  { clock, baudRate, note }: FollowOptions,
): Promise<BootRate> {
  const { bootLogRate } = esp8266.uart;
  const canReset = transport.capabilities.lines !== "none";
  let cancel = () => {};
  let isOver = false;
  const switchRate = (code: "console-rate-switched" | "console-boot-unseen") => {
    if (isOver) return;
    stop();
    note({ code, params: { baudRate } });
    // A port that is gone by now ends the reading as well, which tells of it.
    transport.setBaudRate(baudRate).catch(() => {});
  };
  const switchAfter = (ms: number, code: Parameters<typeof switchRate>[0]) => {
    cancel();
    cancel = clock.setTimer(ms, () => switchRate(code));
  };
  const stop = () => {
    isOver = true;
    cancel();
  };
  await transport.setBaudRate(bootLogRate);
  await transport.discard();
  if (canReset) {
    await transport.signal(esp8266.resets.run.steps);
    switchAfter(HANDOVER_MS, "console-boot-unseen");
  } else note({ code: "console-press-reset", params: { baudRate: bootLogRate } });
  return {
    see(event) {
      if (isOver) return;
      if (event.type === "jump-to-user" || EBOOT_JUMPS.test(event.line)) switchRate("console-rate-switched");
      else if (event.type === "image-checksum") {
        switchAfter(SECOND_BOOT_MS, "console-rate-switched");
      } else if (event.type === "second-boot") switchAfter(HANDOVER_MS, "console-boot-unseen");
    },
    stop,
  };
}
