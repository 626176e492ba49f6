// For uni-app: the button's logic as a composable of a page.
import { onShow } from '@dcloudio/uni-app';
import { type Ref, ref, shallowRef } from 'vue';
import { createPhoneButton, type Outcome, type PhoneButton, type PhoneButtonOptions } from '../index';

/**
 * Logs in when the page is shown. Bind `onPhone` to the button: `<button open-type="getPhoneNumber"
 * @getphonenumber="onPhone">`. Call it in a page's `setup`.
 */
export function usePhoneButton<Result = any>(
  options: PhoneButtonOptions,
): {
  button: PhoneButton<Result>;
  /** Whether a tap is on its way. */
  busy: Ref<boolean>;
  /** How the last tap ended. */
  outcome: Ref<Outcome<Result> | undefined>;
  onPhone: (event: unknown) => Promise<void>;
} {
  const button = createPhoneButton<Result>(options);
  const busy = ref(false);
  const outcome = shallowRef<Outcome<Result>>();
  onShow(() => void button.prepare());
  async function onPhone(event: unknown): Promise<void> {
    busy.value = true;
    outcome.value = undefined;
    outcome.value = await button.submit(event);
    busy.value = false;
  }
  return { button, busy, outcome, onPhone };
}
