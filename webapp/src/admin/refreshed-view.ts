import { AskingView } from './asking-view';

const PERIOD = 3000;

/** A part of the page that asks the gateway again and again, as long as it is shown. */
export abstract class RefreshedView extends AskingView {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Asks once. @throws Refused */
  protected abstract load(): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async refresh(): Promise<void> {
    await this.attempt(() => this.load());
    if (this.isConnected) this.timer = setTimeout(() => void this.refresh(), PERIOD);
  }
}
