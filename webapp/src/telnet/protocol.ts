/** The numbers of RFC 854 and of the options that are spoken here. */

export const SE = 240;
export const IP = 244;
export const SB = 250;
export const WILL = 251;
export const WONT = 252;
export const DO = 253;
export const DONT = 254;
export const IAC = 255;
/** What Ctrl-C means where it is no character (RFC 854). */
export const INTERRUPT_PROCESS = Uint8Array.of(IAC, IP);

/** RFC 856. */
export const BINARY = 0;
/** RFC 857. */
export const ECHO = 1;
/** RFC 858. */
export const SUPPRESS_GO_AHEAD = 3;
/** RFC 860. */
export const TIMING_MARK = 6;
/** RFC 1091. */
export const TERMINAL_TYPE = 24;
/** RFC 1073. */
export const WINDOW_SIZE = 31;
/** RFC 2066. */
export const CHARSET = 42;
