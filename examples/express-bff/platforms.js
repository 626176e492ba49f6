// The platforms, from environment variables. A platform is enabled if any of its variables is set; then all are required.

const VARIABLES = {
  wechat: { appId: 'WECHAT_APP_ID', appSecret: 'WECHAT_APP_SECRET' },
  alipay: {
    appId: 'ALIPAY_APP_ID',
    privateKey: 'ALIPAY_PRIVATE_KEY',
    alipayPublicKey: 'ALIPAY_PUBLIC_KEY',
    aesKey: 'ALIPAY_AES_KEY',
  },
  baidu: { appKey: 'BAIDU_APP_KEY', appSecret: 'BAIDU_APP_SECRET' },
  douyin: { appId: 'DOUYIN_APP_ID', appSecret: 'DOUYIN_APP_SECRET', privateKey: 'DOUYIN_PRIVATE_KEY' },
  kuaishou: { appId: 'KUAISHOU_APP_ID', appSecret: 'KUAISHOU_APP_SECRET' },
  xiaohongshu: { appId: 'XIAOHONGSHU_APP_ID', appSecret: 'XIAOHONGSHU_APP_SECRET' },
};

export class ConfigurationError extends Error {}

/** The `platforms` option of createPhoneService. @throws ConfigurationError that names every missing variable */
export function platformsOf(env) {
  const platforms = {};
  const missing = [];
  for (const [platform, variables] of Object.entries(VARIABLES)) {
    const options = Object.entries(variables);
    if (!options.some(([, name]) => env[name])) continue;
    missing.push(...options.filter(([, name]) => !env[name]).map(([, name]) => name));
    platforms[platform] = {
      ...Object.fromEntries(options.map(([option, name]) => [option, env[name]])),
      // Optional: the simulator, or a proxy.
      baseUrl: env[`${platform.toUpperCase()}_BASE_URL`],
    };
  }
  if (missing.length) throw new ConfigurationError(`not set: ${missing.join(', ')}`);
  if (!Object.keys(platforms).length)
    throw new ConfigurationError(
      'no platform: set WECHAT_APP_ID and WECHAT_APP_SECRET, or the variables of another one',
    );
  return platforms;
}
