import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

/** A line of a chart. */
export interface Line {
  readonly name: string;
  /** A custom property of the style sheet, such as `--water`. */
  readonly color: string;
  readonly dashed?: boolean;
  readonly filled?: boolean;
}

export interface ChartOptions {
  readonly lines: readonly Line[];
  /** How a value is written at the axis. */
  readonly text: (value: number) => string;
  /** Samples that are kept. */
  readonly length: number;
  /** Whether values are bytes, whose axis goes by powers of two. */
  readonly binary?: boolean;
  /** The least value that the axis reaches up to. */
  readonly atLeast?: number;
}

const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300];
const POWERS = Array.from({ length: 45 }, (_, power) => 2 ** power);

/** A moving chart of the last samples over time; gaps are null. */
export class Chart {
  private readonly data: (number | null)[][];
  private readonly plot: uPlot;
  private readonly observer: ResizeObserver;
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly recolor = () => this.plot.redraw(false);

  constructor(
    private readonly host: HTMLElement,
    private readonly options: ChartOptions,
  ) {
    this.data = [[], ...options.lines.map(() => [])];
    const color = (name: string) => () => getComputedStyle(host).getPropertyValue(name).trim();
    const axis = { stroke: color('--soft'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
    this.plot = new uPlot(
      {
        ...this.place(),
        legend: { show: false },
        cursor: { show: false },
        padding: [6, 8, 0, 0],
        scales: { y: { range: (_plot, _least, most) => [0, Math.max(options.atLeast ?? 0, most || 0) * 1.1 || 1] } },
        axes: [
          { ...axis, space: 70, size: 24, incrs: SECONDS, values: [[1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1]] },
          { ...axis, size: 74, space: 28, ...(options.binary ? { incrs: POWERS } : {}), values: (_plot, values) => values.map(options.text) },
        ],
        series: [
          {},
          ...options.lines.map(({ name, color: property, dashed, filled }) => ({
            label: name,
            stroke: color(property),
            width: 2,
            points: { show: false },
            ...(dashed ? { dash: [6, 4] } : {}),
            ...(filled ? { fill: () => `${color(property)()}2e` } : {}),
          })),
        ],
      },
      this.data as uPlot.AlignedData,
      host,
    );
    this.observer = new ResizeObserver(() => this.plot.setSize(this.place()));
    this.observer.observe(host);
    this.dark.addEventListener('change', this.recolor);
  }

  private place(): { width: number; height: number } {
    return { width: Math.max(120, this.host.clientWidth), height: Math.max(80, this.host.clientHeight) };
  }

  /** Adds one sample of each line. */
  push(values: readonly (number | null)[], at = Date.now()): void {
    [at / 1000, ...values].forEach((value, i) => {
      const line = this.data[i];
      line?.push(value);
      if (line && line.length > this.options.length) line.shift();
    });
    this.plot.setData(this.data as uPlot.AlignedData);
  }

  destroy(): void {
    this.observer.disconnect();
    this.dark.removeEventListener('change', this.recolor);
    this.plot.destroy();
  }
}
