import { afterEach, describe, expect, it } from "vitest";
import { setLanguage } from "../messages/language.js";
import { regionKinds } from "./firmware/definition.js";
import type { FirmwareId } from "./firmware-id.js";
import { judgeMap } from "./judge-map.js";
import { RegionOwner } from "./layout.js";
import { layoutFor } from "./layout-for.js";
import { regionWords } from "./region-words.js";
import { ownerColours } from "./render/colours.js";
import { placeRows } from "./render/rows.js";
import { renderMap } from "./render-map.js";

const fourMB = (version: string): FirmwareId => ({ family: "espruino", build: "ESP8266_4MB", version });
const own = layoutFor(fourMB("2v09"), 6)!;

/** Attributes of every element with a class, in order. */
function shapes(svg: string, name: string): Record<string, string>[] {
  return [...svg.matchAll(/<(?:rect|polygon) ([^>]*)\/>/g)]
    .map(([, attributes]) =>
      Object.fromEntries([...attributes.matchAll(/(\S+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
    )
    .filter((shape) => shape.class === name);
}

/** Whether every element that is opened is closed, in order. */
function isWellFormed(markup: string): boolean {
  const open: string[] = [];
  for (const [tag, close, name, empty] of markup.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
    if (empty === "/" || tag === "") continue;
    if (close === "") open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0 && !/&(?!amp;|lt;|gt;|quot;|#39;)/.test(markup);
}

afterEach(() => setLanguage(undefined));

describe("renderMap", () => {
  it("draws the bar of the whole chip to scale", () => {
    const svg = renderMap(own, { theme: "light" });
    const { height } = placeRows(own.regions);
    const [bar] = shapes(svg, "owner-user2");
    expect(Number(bar.y)).toBeCloseTo((0x101000 / 0x400000) * height, 1);
    expect(Number(bar.height)).toBeCloseTo((0xff000 / 0x400000) * height, 1);
  });

  it("gives every region a row that holds two lines of text, also the sectors of a 4 MB chip", () => {
    const { rows, height } = placeRows(own.regions);
    for (const { region, height: row } of rows)
      expect(row).toBeGreaterThanOrEqual(region.id === "unused" ? 22 : 36);
    expect(rows.at(-1)!.top + rows.at(-1)!.height).toBeCloseTo(height);
    expect(rows.map(({ region }) => region)).toEqual(own.regions);
  });

  it("names every region for people and for the command line, with its bytes", () => {
    const svg = renderMap(own);
    expect(svg).toContain("Your files and settings<tspan");
    expect(svg).toContain(">storage</tspan>");
    expect(svg).toContain("0x000cb000 – 0x000fafff · 192 KB");
    expect(svg).toContain("<title>Your files and settings (0x000cb000 – 0x000fafff): Storage:");
  });

  it("is as wide as the words of a language need, and in English as wide as ever", () => {
    const widths = () =>
      [true, false].map((compact) => Number(/ width="(\d+)"/.exec(renderMap(own, { compact }))![1]));
    expect(widths()).toEqual([314, 548]);
    const title = "Das Rundfunkkalibrierungsdatenaufbewahrungsgebiet";
    setLanguage({ tag: "de", messages: { "region-rf-cal": { title, message: "Daten." } } });
    expect(widths()).toEqual([491, 606]);
  });

  it("is an image with a title and a description in words", () => {
    const svg = renderMap(own, { title: "Espruino 2v09", id: "one" });
    expect(svg).toContain(`id="one" role="img" aria-labelledby="one-title one-desc"`);
    expect(svg).toContain(`<title id="one-title">Espruino 2v09</title>`);
    expect(svg).toMatch(/<desc id="one-desc">Espruino 2v09 Boot loader: 0x00000000 up to 0x00001000\. /);
  });

  it("shows how much of its region the image fills", () => {
    const svg = renderMap(own, { imageEnd: 0xbe000 });
    expect(svg).toContain("808 KB · 756 KB used");
    const [whole, used] = [shapes(svg, "owner-user1 rest")[0], shapes(svg, "owner-user1")[0]];
    expect(Number(used.height) / Number(whole.height)).toBeCloseTo(0xbd000 / 0xca000, 2);
  });

  it("hatches bytes that two regions claim, and says so below", () => {
    const { layout } = judgeMap({ firmware: fourMB("1v95"), map: 4 })!;
    const svg = renderMap(layout);
    expect(svg).toContain("url(#flash-map-conflict)");
    expect(svg).toContain(">claimed twice</text>");
    expect(renderMap(own)).not.toContain("url(#flash-map-");
  });

  it("stays calm where a sound layout only calls free what the radio and the system use", () => {
    const svg = renderMap(layoutFor(fourMB("1v95"), 6)!, { imageEnd: 0x7d594 });
    expect(svg).not.toContain("url(#flash-map-conflict)");
    // Four regions and the legend: the list of free flash, and the three of the SDK that it covers.
    expect(svg.match(/url\(#flash-map-listed-free\)/g)).toHaveLength(2 * 4 + 1);
    expect(svg).toContain(">in use, called free</text>");
    expect(shapes(svg, "alarm-edge")).toEqual([]);
  });

  it("keeps the alarm where the list of free flash covers code or files", () => {
    const svg = renderMap(layoutFor(fourMB("2v09"), 4)!, { imageEnd: 0xc0000 });
    expect(svg).toContain("url(#flash-map-conflict)");
  });

  it("does not hatch what the image leaves of its region to others", () => {
    const { layout } = judgeMap({ firmware: fourMB("1v94"), map: 6 })!;
    expect(renderMap(layout)).toContain("url(#flash-map-conflict)");
    expect(renderMap(layout, { imageEnd: 0x7b000 })).not.toContain("url(#flash-map-");
  });

  it("hatches what is blank, was not looked at, or is damaged", () => {
    const states = own.regions.map((region) => ({
      region,
      content: region.id === "storage" ? ("blank" as const) : ("data" as const),
    }));
    const blank = renderMap(own, { states });
    expect(blank.match(/url\(#flash-map-blank\)/g)).toHaveLength(3);
    expect(blank).not.toContain("unseen)");
    const damaged = renderMap(own, { damaged: [{ offset: 0x7b000, size: 0x1000 }] });
    expect(damaged.match(/url\(#flash-map-damaged\)/g)).toHaveLength(3);
    expect(damaged).toContain(">damaged</text>");
  });

  it("draws a second layout beside the first, at the same height", () => {
    const svg = renderMap(layoutFor(fourMB("2v09"), 4)!, {
      title: "before",
      beside: { layout: own, title: "after" },
    });
    expect(svg).toContain(">before</text>");
    expect(svg).toContain(">after</text>");
    const bottoms = [...svg.matchAll(/<line x1="52" y1="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(bottoms[4]).toBe(bottoms[9]);
  });

  it("lists what lies beyond the chip without a place on the chip", () => {
    const svg = renderMap(layoutFor(fourMB("2v09"), 0, 0x80000)!);
    expect(svg).toContain("0x000cb000 – 0x000fafff · 192 KB · beyond the chip");
    expect(shapes(svg, "leader owner-storage")).toEqual([]);
  });

  it("escapes what people named, and stays well-formed", () => {
    const svg = renderMap(own, { title: `<img src=x onerror="alert('1')"> & \u0000\ud800` });
    expect(svg).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; \ufffd\ufffd");
    expect(svg).not.toContain("<img");
    expect(isWellFormed(svg)).toBe(true);
  });

  it("refuses an id that is no name", () => {
    expect(() => renderMap(own, { id: `x"}</style>` })).toThrow(RangeError);
  });

  it("follows the viewer's ground, or the one that is asked for", () => {
    const { light, dark } = ownerColours.user1;
    const grounds = (theme: "light" | "dark" | "auto") => {
      const svg = renderMap(own, { theme });
      return [svg.includes(light), svg.includes(dark), svg.includes("prefers-color-scheme")];
    };
    expect(grounds("light")).toEqual([true, false, false]);
    expect(grounds("dark")).toEqual([false, true, false]);
    expect(grounds("auto")).toEqual([true, true, true]);
  });

  it("draws a region that no data file names by its own name", () => {
    const region = { ...own.regions[1], id: "<custom>" };
    const svg = renderMap({ flashSize: 0x40_0000, regions: [region] });
    expect(svg).toContain(">&lt;custom&gt;<tspan");
    expect(isWellFormed(svg)).toBe(true);
  });

  it("gives the same text for the same layout", () => {
    expect(renderMap(own, { title: "a" })).toBe(renderMap(layoutFor(fourMB("2v09"), 6)!, { title: "a" }));
  });

  it("draws every firmware under every map", () => {
    for (const family of ["at", "nonos", "arduino", "tasmota", "nodemcu", "micropython", "rboot"] as const) {
      for (const map of [0, 2, 4, 6, 9]) {
        const svg = renderMap(layoutFor({ family }, map, 0x40_0000)!);
        expect(isWellFormed(svg) && !/NaN|undefined|Infinity|="-/.test(svg)).toBe(true);
      }
    }
  });
});

describe("regionWords", () => {
  it("has a name and a sentence for every region of every firmware", () => {
    for (const id of Object.keys(regionKinds)) {
      expect([id, regionWords(id)]).toEqual([
        id,
        { name: expect.stringMatching(/^[A-Z]/), holds: expect.stringMatching(/\.$/) },
      ]);
    }
    expect(regionWords("constructor")).toEqual({ name: "constructor", holds: "" });
  });
});

describe("ownerColours", () => {
  it("has a colour for every owner", () => {
    expect(Object.keys(ownerColours).sort()).toEqual(Object.values(RegionOwner).sort());
  });
});

describe("renderMap of a part", () => {
  const storage = own.regions.find(({ id }) => id === "storage")!;
  const window = { offset: storage.offset, size: 0x10000 };

  it("draws that part as high as the whole, with its sectors, each by its offset", () => {
    const svg = renderMap(own, { theme: "light", window });
    const { height } = placeRows([{ ...storage, ...window }]);
    const bars = [...svg.matchAll(/data-sector="(\d+)"/g)].map(([, offset]) => Number(offset));
    expect(bars).toEqual(Array.from({ length: 16 }, (_, sector) => window.offset + sector * 0x1000));
    const [bar] = shapes(svg, "owner-storage");
    expect([bar.y, bar.height]).toEqual(["0", String(height)]);
    expect(svg).toContain(">0xcb000</text>");
    expect(isWellFormed(svg)).toBe(true);
  });

  it("cuts regions at its edges and leaves out those beside it", () => {
    const svg = renderMap(own, { window: { offset: storage.offset - 0x1000, size: 0x2000 } });
    const regions = [
      ...svg.matchAll(/class="region" data-region="([^"]*)" data-offset="(\d+)" data-size="(\d+)"/g),
    ];
    expect(regions.map(([, id, , size]) => [id, Number(size)])).toEqual([
      ["user1", 0x1000],
      ["storage", 0x1000],
    ]);
  });

  it("keeps the hatching of what is blank", () => {
    const states = [{ region: storage, content: "blank" as const }];
    expect(renderMap(own, { window, states })).toContain("url(#flash-map-blank)");
  });
});

describe("renderMap for a narrow screen", () => {
  it("is no wider than a telephone, and leaves out last bytes and ids", () => {
    const svg = renderMap(own, { compact: true });
    expect(Number(/ width="(\d+)"/.exec(svg)![1])).toBeLessThanOrEqual(340);
    expect(svg).toContain("0xcb000 · 192 KB");
    expect(svg).not.toContain(">storage</tspan>");
    expect(isWellFormed(svg)).toBe(true);
  });
});
