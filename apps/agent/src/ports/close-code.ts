/** Why a WebSocket is closed. Source: RFC 6455, section 7.4.1. @module */
export const CloseCode = { normal: 1000, goingAway: 1001, policyViolation: 1008, tooBig: 1009 } as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];
