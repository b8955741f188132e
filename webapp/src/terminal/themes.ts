import type { ITheme } from '@xterm/xterm';

const DARK: ITheme = {
  background: '#0b1016', foreground: '#e5ecf2', cursor: '#62b0ee', cursorAccent: '#0b1016', selectionBackground: '#2f5c80',
  black: '#2c3843', red: '#ff7b72', green: '#62cf94', yellow: '#e3b341', blue: '#62b0ee', magenta: '#c4a3f3', cyan: '#56d4dd', white: '#cbd5de',
  brightBlack: '#8795a3', brightRed: '#ffa198', brightGreen: '#7ee6ac', brightYellow: '#f2cc60', brightBlue: '#8fc8f7', brightMagenta: '#d9c2fa', brightCyan: '#86e5ec', brightWhite: '#ffffff',
};

const LIGHT: ITheme = {
  background: '#ffffff', foreground: '#17212b', cursor: '#0f68ab', cursorAccent: '#ffffff', selectionBackground: '#b9d8f0',
  black: '#17212b', red: '#b3261e', green: '#1a7544', yellow: '#7d5c00', blue: '#0f68ab', magenta: '#7a4fb5', cyan: '#0b6e79', white: '#55636f',
  brightBlack: '#55636f', brightRed: '#c4362d', brightGreen: '#1f8750', brightYellow: '#8a6700', brightBlue: '#1b7ac4', brightMagenta: '#8c5fc9', brightCyan: '#0d808c', brightWhite: '#3a4650',
};

/** The terminal's colours as the system prefers them. */
export function theme(dark: boolean): ITheme {
  return dark ? DARK : LIGHT;
}
