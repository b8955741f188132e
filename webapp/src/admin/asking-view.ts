import { View } from '../app/view';
import { Refused } from '../net/api';
import { refusalText } from '../net/problem';

/** A part of the page that asks the gateway and says what went wrong. */
export abstract class AskingView extends View {
  protected trouble = '';

  /** Does `action`; renders afterwards. */
  protected async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.trouble = '';
    } catch (failure) {
      this.trouble = failure instanceof Refused ? refusalText(failure.problem) : 'The gateway cannot be reached.';
    }
    this.requestUpdate();
  }
}
