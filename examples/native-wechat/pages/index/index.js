const { createPhoneButton, readTypedNumber, typedNumberTexts } = require('mp-phone-button');
const { api } = require('../../config');

const button = createPhoneButton({ endpoint: api });

Page({
  data: { busy: false, phone: '', note: '', message: '', action: '', byHand: false, typedNumberTexts },

  // Log in before the tap: a later login would replace the session key under which the number is sealed.
  onShow() {
    button.prepare();
  },

  async onPhone(event) {
    this.setData({ busy: true, message: '', action: '' });
    const outcome = await button.submit(event);
    this.setData({ busy: false });
    if (outcome.ok) return this.show(outcome.phone, outcome.result.bound ? '已绑定' : '未能绑定这个手机号');
    const { message, action } = outcome;
    this.setData({ message: message.zh, action, byHand: this.data.byHand || action === 'enter-manually' });
  },

  openPrivacy() {
    wx.openPrivacyContract();
  },
  openSettings() {
    wx.openSetting();
  },
  typeByHand() {
    this.setData({ byHand: true });
  },

  onTyped({ detail }) {
    const phone = readTypedNumber(detail.value.phone);
    if (!phone) return this.setData({ message: typedNumberTexts.wrong.zh, action: '' });
    // Your code: a typed number may belong to anybody until it is verified. Let your server send an SMS.
    this.show(phone, '手动输入，尚未验证');
  },

  show(phone, note) {
    this.setData({ phone: phone.e164 || phone.nationalNumber, note, message: '', action: '' });
  },
});
