/**
 * The WebSocket of one open port. Binary frames are the bytes, both ways; text frames are these messages. Both keep
 * their order: a request takes effect after the bytes that were sent before it.
 *
 * @module
 */
import * as v from "valibot";
import { errorData } from "./error.js";
import { agentLimits } from "./limits.js";

const { signalSteps, signalMs, breakMs, baudRate } = agentLimits;
const id = v.pipe(v.number(), v.integer(), v.minValue(0));
const byteCount = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const step = v.strictObject({
  dtr: v.optional(v.boolean()),
  rts: v.optional(v.boolean()),
  brk: v.optional(v.boolean()),
  waitMs: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(signalMs))),
});
const steps = v.pipe(
  v.array(step),
  v.maxLength(signalSteps),
  v.check((all) => all.reduce((sum, { waitMs = 0 }) => sum + waitMs, 0) <= signalMs),
);

/**
 * What a client asks once the port is `open`. Each but `taken` and `close` is answered with `done` or `failed` and the
 * same number.
 */
export const portRequest = v.variant("do", [
  /** A whole sequence, waits and all, beside the port. */
  v.strictObject({ id, do: v.literal("signal"), steps }),
  /** bit/s; what was written before leaves at the old rate. */
  v.strictObject({
    id,
    do: v.literal("baud"),
    baudRate: v.pipe(v.number(), v.integer(), v.minValue(baudRate.min), v.maxValue(baudRate.max)),
  }),
  /** Holds the line to the chip low, in order with bytes and signals. */
  v.strictObject({
    id,
    do: v.literal("break"),
    durationMs: v.pipe(v.number(), v.minValue(1), v.maxValue(breakMs)),
  }),
  v.strictObject({ id, do: v.literal("drain") }),
  /** Throws away what the board has sent; bytes that come after `done` are newer. */
  v.strictObject({ id, do: v.literal("discard") }),
  /** Drains, a second at most, lets go of the port, then `ended`. */
  v.strictObject({ do: v.literal("close") }),
  /** All bytes of the board's frames so far that have been read or thrown away, since the port was opened. */
  v.strictObject({ do: v.literal("taken"), byteCount }),
]);
export type PortRequest = v.InferOutput<typeof portRequest>;

/** What a client of an open port hears. */
export const portMessage = v.variant("type", [
  /** The first message: the port is open, its lines released. */
  v.object({
    type: v.literal("open"),
    label: v.string(),
    capabilities: v.object({
      lines: v.picklist(["dtr-rts", "rts", "none"]),
      linesOneByOne: v.optional(v.literal(true)),
      reopensForRate: v.optional(v.literal(true)),
      baudRate: v.picklist(["any", "fixed"]),
    }),
  }),
  /** The only message: the port did not open. */
  v.object({ type: v.literal("refused"), error: errorData }),
  v.object({ type: v.literal("done"), id }),
  /** A request failed; without a number: a write. */
  v.object({ type: v.literal("failed"), id: v.optional(id), error: errorData }),
  /** All bytes so far that the operating system has taken, or of which `failed` told, since the port was opened. */
  v.object({ type: v.literal("written"), byteCount }),
  /** Bytes of the board that came between the frames before and after this and found no room. */
  v.object({ type: v.literal("overrun"), droppedBytes: byteCount }),
  v.object({ type: v.literal("alive") }),
  /** The port has ended, and all that it had sent came before this; the socket is closed after it. */
  v.object({
    type: v.literal("ended"),
    reason: v.picklist(["closed", "lost"]),
    detail: v.optional(v.string()),
  }),
]);
export type PortMessage = v.InferOutput<typeof portMessage>;
