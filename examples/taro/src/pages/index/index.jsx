import { Button, Input, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { readTypedNumber, typedNumberTexts } from 'mp-phone-button';
import { usePhoneButton } from 'mp-phone-button/react';
import { useState } from 'react';
import { api } from '../../config';
import './index.css';

export default function Index() {
  const { busy, outcome, buttonProps } = usePhoneButton({ endpoint: api });
  const [manualEntry, setManualEntry] = useState(false);
  const [typed, setTyped] = useState();

  if (outcome?.ok)
    return <Result phone={outcome.phone} note={outcome.result.bound ? '已绑定' : '未能绑定这个手机号'} />;
  if (typed) return <Result phone={typed} note="手动输入，尚未验证" />;

  const { action, message } = outcome ?? {};
  // Without buttonProps the platform has no phone button.
  const byHand = manualEntry || action === 'enter-manually' || !buttonProps;
  return (
    <View className="page">
      <View className="title">绑定手机号</View>
      <View className="hint">用于接收订单通知和找回账号，不会用于其他用途。</View>
      {buttonProps && (
        <Button id="phone" className="main" type="primary" loading={busy} disabled={busy} {...buttonProps}>
          手机号一键登录
        </Button>
      )}
      {message && <View className="message">{message.zh}</View>}
      {action === 'accept-privacy' && (
        <Button id="privacy" className="link" onClick={() => Taro.openPrivacyContract()}>
          查看隐私保护指引
        </Button>
      )}
      {action === 'open-settings' && (
        <Button id="settings" className="link" onClick={() => Taro.openSetting()}>
          打开设置
        </Button>
      )}
      {byHand ? (
        // Your code: a typed number may belong to anybody until it is verified. Let your server send an SMS.
        <Form onNumber={setTyped} />
      ) : (
        <Button id="by-hand" className="link" onClick={() => setManualEntry(true)}>
          手动输入手机号
        </Button>
      )}
    </View>
  );
}

function Result({ phone, note }) {
  return (
    <View className="page">
      <View className="title">您的手机号</View>
      <View className="number">{phone.e164 || phone.nationalNumber}</View>
      <View className="hint">{note}</View>
    </View>
  );
}

function Form({ onNumber }) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const confirm = () => {
    const number = readTypedNumber(text);
    setWrong(!number);
    if (number) onNumber(number);
  };
  return (
    <View>
      <View className="label">{typedNumberTexts.label.zh}</View>
      <Input
        id="typed"
        className="input"
        type="number"
        maxlength={11}
        placeholder={typedNumberTexts.placeholder.zh}
        value={text}
        onInput={(event) => setText(event.detail.value)}
      />
      {wrong && <View className="message">{typedNumberTexts.wrong.zh}</View>}
      <Button id="confirm" className="main" onClick={confirm}>
        {typedNumberTexts.submit.zh}
      </Button>
    </View>
  );
}
