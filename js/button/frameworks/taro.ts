// For Taro with React: a hook with the button's logic for a page.
import { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { createPhoneButton, type Outcome, type PhoneButton, type PhoneButtonOptions } from '../index';

/** Attributes and events of a Taro `Button`. */
export interface PhoneButtonProps {
  openType?: 'getPhoneNumber' | 'getAuthorize';
  scope?: 'phoneNumber';
  onGetPhoneNumber?: (event: unknown) => Promise<void>;
  onGetAuthorize?: (event: unknown) => Promise<void>;
  onError?: (event: unknown) => Promise<void>;
  onClick?: (event: unknown) => Promise<void>;
}

/**
 * The button's logic for a page. Logs in when the page is shown. Pass `buttonProps` to the button: `<Button
 * {...buttonProps}>`. Only the options of the first render are used.
 */
export function usePhoneButton<Result = any>(
  options: PhoneButtonOptions,
): {
  button: PhoneButton<Result>;
  /** `true` from a tap until its outcome. */
  busy: boolean;
  /** The outcome of the last tap; `undefined` before it and during a tap. */
  outcome: Outcome<Result> | undefined;
  onPhone: (event: unknown) => Promise<void>;
  /**
   * The attributes and events of the platform's button; `undefined` if the platform has no button: the user then types
   * the number.
   */
  buttonProps: PhoneButtonProps | undefined;
} {
  const [button] = useState(() => createPhoneButton<Result>(options));
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<Result>>();
  useDidShow(() => void button.prepare());
  const onPhone = async (event: unknown): Promise<void> => {
    setBusy(true);
    setOutcome(undefined);
    setOutcome(await button.submit(event));
    setBusy(false);
  };
  return { button, busy, outcome, onPhone, buttonProps: propsOf(button.platform, onPhone) };
}

function propsOf(
  platform: PhoneButton['platform'],
  onPhone: (event: unknown) => Promise<void>,
): PhoneButtonProps | undefined {
  switch (platform) {
    case undefined:
    case 'qq':
    case 'jd':
    case 'unionpay':
      return undefined;
    // Taro passes these attributes on unchanged. After the user's consent, `submit` calls my.getPhoneNumber.
    case 'alipay':
      return { openType: 'getAuthorize', scope: 'phoneNumber', onGetAuthorize: onPhone, onError: onPhone };
    case 'wecom':
    case 'dingtalk':
    case 'feishu':
      return { onClick: onPhone };
    default:
      return { openType: 'getPhoneNumber', onGetPhoneNumber: onPhone };
  }
}
