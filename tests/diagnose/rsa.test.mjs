// The tests of diagnose.test.mjs for the formats with RSA: Alipay's signature, and the data of Douyin's phone code.
import { testGoodPayloads, testMistakes } from './accuracy.mjs';

for (const format of ['alipay', 'douyin-code']) {
  testGoodPayloads(format);
  testMistakes(format);
}
