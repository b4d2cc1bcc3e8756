import { describe, expect, it } from "vitest";
import { forShadow } from "./shadow-style.js";

describe("style for a shadow", () => {
  it("counts no length from the letters of the page around it", () => {
    expect(forShadow("a{font:600 0.9rem/1 var(--sans);margin:-1rem .5rem 2em}")).toBe(
      "a{font:600 calc(0.9 * var(--rem))/1 var(--sans);margin:calc(-1 * var(--rem)) calc(.5 * var(--rem)) 2em}",
    );
  });

  it("leaves conditions, which may hold no calculation", () => {
    expect(forShadow("@media (max-width: 40rem){p{gap:1rem}}@media print{p{gap:2rem}}")).toBe(
      "@media (max-width: 40rem){p{gap:calc(1 * var(--rem))}}@media print{p{gap:calc(2 * var(--rem))}}",
    );
  });

  it("leaves conditions of containers as well", () => {
    expect(forShadow("@container (max-width: 46rem){p{gap:1rem}}")).toBe(
      "@container (max-width: 46rem){p{gap:calc(1 * var(--rem))}}",
    );
  });

  it("has its names at the host", () => {
    expect(forShadow(":root{--ink:#000}#app .x{color:var(--ink)}")).toBe(
      ":host{--ink:#000}:host .x{color:var(--ink)}",
    );
  });
});
