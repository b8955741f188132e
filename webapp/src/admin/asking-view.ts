import { View } from '../app/view';
import { failureText } from '../net/api';

/** A part of the page that asks the gateway and says what went wrong. */
export abstract class AskingView extends View {
  protected trouble = '';

  /** Does `action`; renders afterwards. */
  protected async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.trouble = '';
    } catch (failure) {
      this.trouble = failureText(failure);
    }
    this.requestUpdate();
  }
}
