/** Headers of every answer: what a browser may do with it. @module */
import { secureHeaders } from "hono/secure-headers";

/** The page may load its own three files and talk to its own agent, and nothing else; nobody may frame it. */
export function answerHeaders() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: "DENY",
    // There is no TLS on the loopback interface, and other servers share its name.
    strictTransportSecurity: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], serial: [], usb: [] },
  });
}
