export default {
  pages: ['pages/index/index'],
  window: { navigationBarTitleText: '手机号' },
};
