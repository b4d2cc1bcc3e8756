/**
 * The style sheet of a drawing, for light ground, dark ground, or whichever the viewer has.
 *
 * @module
 */
import { inks, type OwnerColour, ownerColours } from "./colours.js";
import { element } from "./svg.js";

/** `auto` follows the viewer's setting where it has one, and is light where it has none. */
export type Theme = "light" | "dark" | "auto";

/** Style element and hatching patterns, under names that begin with `id`. */
export function styleSheet(id: string, theme: Theme): string {
  const rules = [`#${id} text{font-family:system-ui,"Segoe UI","DejaVu Sans",sans-serif}`, ...fixed(id)];
  const coloured =
    theme === "auto"
      ? [...colours(id, "light"), `@media (prefers-color-scheme:dark){${colours(id, "dark").join("")}}`]
      : colours(id, theme);
  return element("style", {}, [...rules, ...coloured].join("")) + patterns(id);
}

function fixed(id: string): string[] {
  return [
    `#${id} .name{font-size:13px;font-weight:600}`,
    `#${id} .small{font-size:11px}`,
    `#${id} .heading{font-size:15px;font-weight:700}`,
    `#${id} .leader{opacity:.22}`,
    `#${id} .rest{opacity:.45}`,
    `#${id} .sector{fill:transparent;stroke-opacity:.5}`,
  ];
}

function colours(id: string, ground: keyof OwnerColour): string[] {
  const fill = (name: string, colour: OwnerColour) => `#${id} .${name}{fill:${colour[ground]}}`;
  return [
    ...Object.entries(ownerColours).map(([owner, colour]) => fill(`owner-${owner}`, colour)),
    fill("ground", inks.ground),
    fill("name", inks.text),
    fill("heading", inks.text),
    fill("small", inks.faint),
    fill("alarm", inks.alarm),
    `#${id} .edge{stroke:${inks.ground[ground]};stroke-width:1;fill:none}`,
    `#${id} .line{stroke:${inks.line[ground]};stroke-width:1;fill:none}`,
    `#${id} .sector{stroke:${inks.ground[ground]};stroke-width:.75}`,
    `#${id} .outline{stroke:${inks.faint[ground]};stroke-width:1;stroke-dasharray:4 3;fill:none}`,
    `#${id} .alarm-edge{stroke:${inks.alarm[ground]};stroke-width:1.5;fill:none}`,
    `#${id} .hatch-blank{stroke:${inks.ground[ground]};stroke-width:3}`,
    `#${id} .hatch-listed{stroke:${inks.ground[ground]};stroke-width:1.5}`,
    `#${id} .hatch-unseen{fill:${inks.ground[ground]}}`,
    `#${id} .hatch-alarm{stroke:${inks.alarm[ground]};stroke-width:2.5}`,
  ];
}

function patterns(id: string): string {
  const stripe = (name: string, angle: number, step: number, mark: string) =>
    element(
      "pattern",
      {
        id: `${id}-${name}`,
        width: step,
        height: step,
        patternUnits: "userSpaceOnUse",
        patternTransform: `rotate(${angle})`,
      },
      mark,
    );
  const bar = (step: number, style: string) =>
    element("line", { x1: step / 2, y1: 0, x2: step / 2, y2: step, class: style });
  return element(
    "defs",
    {},
    stripe("blank", 45, 6, bar(6, "hatch-blank")),
    stripe("unseen", 0, 5, element("circle", { cx: 2.5, cy: 2.5, r: 1.1, class: "hatch-unseen" })),
    stripe("listed-free", 90, 5, bar(5, "hatch-listed")),
    stripe("conflict", -45, 7, bar(7, "hatch-alarm")),
    stripe(
      "damaged",
      45,
      7,
      bar(7, "hatch-alarm") + element("line", { x1: 0, y1: 3.5, x2: 7, y2: 3.5, class: "hatch-alarm" }),
    ),
  );
}
