/** First status byte of the stub's replies. @module */
export const StubStatus = {
  ok: 0x00,
  badLength: 0xc0,
  badChecksum: 0xc1,
  unknownCommand: 0xc3,
  flashFailed: 0xc4,
  notBegun: 0xc6,
  inflateFailed: 0xc7,
  notEnoughData: 0xc8,
  tooMuchData: 0xc9,
  notImplemented: 0xff,
} as const;
export type StubStatus = (typeof StubStatus)[keyof typeof StubStatus];
