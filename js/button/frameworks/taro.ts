// For Taro with React: the button's logic as a hook of a page.
import { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { createPhoneButton, type Outcome, type PhoneButton, type PhoneButtonOptions } from '../index';

/** What a Taro `Button` takes. */
export interface PhoneButtonProps {
  openType?: 'getPhoneNumber' | 'getAuthorize';
  scope?: 'phoneNumber';
  onGetPhoneNumber?: (event: unknown) => Promise<void>;
  onGetAuthorize?: (event: unknown) => Promise<void>;
  onError?: (event: unknown) => Promise<void>;
  onClick?: (event: unknown) => Promise<void>;
}

/** Logs in when the page is shown. Hand `buttonProps` to the button: `<Button {...buttonProps}>`. The options of the first call count. */
export function usePhoneButton<Result = any>(
  options: PhoneButtonOptions,
): {
  button: PhoneButton<Result>;
  /** Whether a tap is on its way. */
  busy: boolean;
  /** How the last tap ended. */
  outcome: Outcome<Result> | undefined;
  onPhone: (event: unknown) => Promise<void>;
  /** The attributes and events of the platform's button; `undefined` where it has none, and the user types the number. */
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
    // Taro hands these over as they are; the button asks my.getPhoneNumber by itself.
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
