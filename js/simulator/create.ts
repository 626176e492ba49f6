// Starts a simulator.

import { start } from './simulator';
import type { Simulator, SimulatorOptions } from './types';

/**
 * Starts a simulator: the servers of all platforms on one local address, and devices whose users tap the phone button.
 *
 * It plays the platforms' documented sides, their errors included, and seals with `node:crypto`, so that the rest of
 * this package is checked against something else than itself. WeChat, Alipay, Baidu and Douyin payloads have the shape
 * of the platforms' own samples; Kuaishou, Xiaohongshu, Huawei, DingTalk and Feishu are documented, unproven.
 *
 * ```js
 * const simulator = await createSimulator();
 * const service = createPhoneService({ platforms: { wechat: simulator.config('wechat') } });
 * const device = simulator.device('wechat');
 * const { session } = await service.login({ platform: 'wechat', code: await device.login() });
 * const { phone } = await service.phone({ platform: 'wechat', session, detail: await device.tap() });
 * ```
 *
 * @returns Once it listens, on 127.0.0.1. Rejects with Node's error where the port is taken.
 */
export function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  return start(options);
}
