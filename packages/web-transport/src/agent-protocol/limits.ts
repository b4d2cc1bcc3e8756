/** How much of everything. @module */

/** Limits that both sides know; the agent enforces them. */
export const agentLimits = {
  /** Bytes of one WebSocket frame, either way. */
  frameBytes: 0x10000,
  /** Bytes that a client may have sent to a port of which the agent has not yet said `written`. */
  unwrittenBytes: 0x40000,
  /** Bytes of the board that the agent may have sent and of which the client has not yet said `taken`. */
  untakenBytes: 0x40000,
  /** Bytes of the board that the agent keeps for a client that does not take them; what comes then is dropped. */
  bufferBytes: 0x100000,
  /** Frames with bytes of one socket that are not `written` yet. */
  unwrittenFrames: 1024,
  /** Requests of one socket that wait for their answer. */
  pendingRequests: 64,
  /** Steps of one sequence of signals. */
  signalSteps: 32,
  /** Milliseconds of all waits of one sequence. */
  signalMs: 10_000,
  /** Milliseconds of a break. */
  breakMs: 2000,
  baudRate: { min: 300, max: 4_000_000 },
  /** Milliseconds between two `alive` of the agent. */
  aliveMs: 5000,
  /** Milliseconds without a word after which either side gives the other up. */
  silenceMs: 20_000,
  /** Milliseconds after which a port is closed of which neither side has said anything. */
  idleMs: 3_600_000,
  /** Milliseconds that a client has to take what a port that has ended left behind. */
  deliverMs: 5000,
  /** Ports that are open at the same time. */
  openPorts: 16,
  /** Ports in a list. */
  listedPorts: 256,
  /** WebSockets that are open at the same time, of all clients. */
  sockets: 32,
  /** Bytes of the body of a request. */
  bodyBytes: 4096,
  /** Milliseconds for which the code of a link is good. */
  launchMs: 60_000,
  /** Milliseconds after which a token that nobody uses is no longer good. */
  tokenIdleMs: 12 * 3_600_000,
  /** Milliseconds for which a pairing waits for its page. */
  pairingMs: 120_000,
  /** Codes that a page may try. */
  pairingTries: 5,
  /** Milliseconds for which a pairing is kept: 30 days. */
  pairingKeptMs: 30 * 24 * 3_600_000,
  /** Pairings that are kept at the same time. */
  pairings: 32,
  /** Milliseconds for which a challenge waits for its proof. */
  challengeMs: 30_000,
} as const;
