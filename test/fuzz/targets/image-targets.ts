/** Images, and who they are. @module */
import { esp8266ImageTarget, inspectEspImage, parseEspImage, patchHeader } from "@flashwright/core";
import { identifyBootLoader, identifyImage, identifyText } from "@flashwright/core/packages";
import { boots, images } from "../samples.js";
import { checkStatement, type FuzzTarget, must } from "../target.js";

const samples = () => [...boots(), ...images()];

/** All targets of images. */
export const imageTargets: readonly FuzzTarget[] = [
  { name: "parseEspImage", samples, run: (bytes) => parseEspImage(bytes, esp8266ImageTarget) },
  {
    name: "inspectEspImage",
    samples,
    run: (bytes) => {
      const { image, segments, findings } = inspectEspImage(bytes, esp8266ImageTarget);
      for (const finding of findings) checkStatement(finding);
      for (const { offset, size } of segments)
        must(offset + size <= bytes.length, "segments within the file");
      must(image === undefined || image.size <= bytes.length, "an image within the file");
    },
  },
  {
    name: "patchHeader",
    samples,
    run: (bytes) =>
      patchHeader(bytes, 0, { size: esp8266ImageTarget.flashParams.sizes[6] }, esp8266ImageTarget),
  },
  {
    name: "identifyImage, identifyText, identifyBootLoader",
    samples,
    run: (bytes) => {
      const found = [identifyImage(bytes), identifyText(bytes, 0x1000), identifyBootLoader(bytes)];
      for (const one of found) for (const statement of one?.evidence ?? []) checkStatement(statement);
    },
  },
];
