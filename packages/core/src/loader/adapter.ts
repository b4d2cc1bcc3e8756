/**
 * What is known of USB-UART bridges: how fast they go.
 *
 * @module
 */
import type { AdapterIdentity } from "../targets/reset-strategy.js";
import type { Target } from "../targets/target.js";

/**
 * Highest rates in bit/s by vendor and product, from the makers' data sheets; where one product id stands for several
 * types (CP210x), that of the slowest.
 */
const FASTEST: ReadonlyMap<string, number> = new Map([
  ["10c4:ea60", 1_000_000], // CP2102; CP2104 and CP2102N share its id and go faster
  ["10c4:ea64", 3_000_000], // CP2102C
  ["1a86:7523", 2_000_000], // CH340
  ["1a86:55d4", 4_000_000], // CH9102
  ["0403:6001", 3_000_000], // FT232R
  ["0403:6015", 3_000_000], // FT231X
  ["067b:2303", 1_228_800], // PL2303
]);

/** What an unknown adapter is trusted with. */
const SAFE_FAST_RATE = 460_800;

/** The rate that is aimed at through an adapter when nobody names one, in bit/s. */
export function usualRate(adapter: AdapterIdentity | undefined, target: Target): number {
  if (adapter === undefined) return SAFE_FAST_RATE;
  const fastest = FASTEST.get(`${adapter.vendorId}:${adapter.productId}`.toLowerCase());
  if (fastest === undefined) return SAFE_FAST_RATE;
  return (
    target.uart.ladder.find((rate) => rate <= Math.min(fastest, target.uart.practicalLimit)) ?? SAFE_FAST_RATE
  );
}
