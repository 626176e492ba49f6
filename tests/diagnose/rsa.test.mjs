// As diagnose.test.mjs, for the formats with RSA: Alipay's signature, the data of Douyin's code.
import { testGoodPayloads, testMistakes } from './accuracy.mjs';

for (const format of ['alipay', 'douyin-code']) {
  testGoodPayloads(format);
  testMistakes(format);
}
