/** Headers of every answer: what a browser may do with it. @module */
import { secureHeaders } from "hono/secure-headers";

/**
 * The page may load its own files and talk to its own agent, and nothing else; nobody may frame it. The terminal in it
 * (xterm.js) writes its colours and sizes as style elements.
 */
export function answerHeaders() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      workerSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: "DENY",
    // There is no TLS on the loopback interface, and other servers share its name.
    strictTransportSecurity: false,
    // The browser's own ports are as good as the agent's; nothing in a frame gets at either.
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], serial: ["self"], usb: [] },
  });
}
