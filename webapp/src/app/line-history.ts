/** Lines that were sent, to be had back by the arrow keys; each once, the latest last. */
export class LineHistory {
  private at: number;

  /** @param most lines that are kept */
  constructor(
    private lines: readonly string[] = [],
    private readonly most = 200,
  ) {
    this.at = lines.length;
  }

  add(line: string): void {
    this.lines = [...this.lines.filter((other) => other !== line), line].slice(-this.most);
    this.at = this.lines.length;
  }

  /** What an arrow key brings: a line, empty after the latest; null where the key is no such. */
  recall(key: string): string | null {
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
    this.at = Math.min(this.lines.length, Math.max(0, this.at + (key === 'ArrowUp' ? -1 : 1)));
    return this.lines[this.at] ?? '';
  }

  get all(): readonly string[] {
    return this.lines;
  }
}
