/** A line that is edited and echoed here, for servers that want whole lines (RFC 854, NVT). */
export class LineEditor {
  private line = '';

  /**
   * @param echo shows on the terminal
   * @param submit gets a whole line, without its end
   * @param interrupt for Ctrl-C
   */
  constructor(
    private readonly echo: (text: string) => void,
    private readonly submit: (line: string) => void,
    private readonly interrupt: () => void,
  ) {}

  typed(text: string): void {
    // cursor keys and the like mean nothing to a line
    for (const char of text.replace(/\x1b(\[[0-9;]*[ -/]*[@-~]|O.)?/g, '')) this.char(char);
  }

  private char(char: string): void {
    if (char === '\r' || char === '\n') {
      const { line } = this;
      this.line = '';
      this.echo('\r\n');
      this.submit(line);
    } else if (char === '\x7f' || char === '\b') this.erase(1);
    else if (char === '\x15') this.erase(Infinity);
    else if (char === '\x03') {
      this.line = '';
      this.echo('^C\r\n');
      this.interrupt();
    } else if (char >= ' ' || char === '\t') {
      this.line += char;
      this.echo(char);
    }
  }

  private erase(count: number): void {
    const chars = [...this.line];
    const erased = Math.min(count, chars.length);
    this.line = chars.slice(0, chars.length - erased).join('');
    this.echo('\b \b'.repeat(erased));
  }
}
