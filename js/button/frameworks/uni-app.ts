// For uni-app: a composable with the button's logic for a page.
import { onShow } from '@dcloudio/uni-app';
import { type Ref, ref, shallowRef } from 'vue';
import { createPhoneButton, type Outcome, type PhoneButton, type PhoneButtonOptions } from '../index';

/**
 * The button's logic for a page. Call it in the page's `setup`. Logs in when the page is shown. Bind `onPhone` to the
 * button: `<button open-type="getPhoneNumber" @getphonenumber="onPhone">`.
 */
export function usePhoneButton<Result = any>(
  options: PhoneButtonOptions,
): {
  button: PhoneButton<Result>;
  /** `true` from a tap until its outcome. */
  busy: Ref<boolean>;
  /** The outcome of the last tap; `undefined` before it and during a tap. */
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
