// As diagnose.test.mjs, for the ways with RSA: Alipay's signature, the data of Douyin's code way.
import { judgeGood, judgeMistakes } from './judge.mjs';

for (const way of ['alipay', 'douyin-code']) {
  judgeGood(way);
  judgeMistakes(way);
}
