// What came of a request to the service: its answer, its refusal, or why it was not reached.
import { post } from './host';
import type { Failure, PhoneButtonOptions, Platform } from './index';
import { parse, said, thrown } from './platform';
import { failure } from './say';

type Path = '/login' | '/phone';

/** Asks the service. Gives its answer, or the failure to get one: that has an `action`. Never rejects. */
export const asker = (send: PhoneButtonOptions['send'], host: any, platform: Platform | undefined) => async (path: Path, members: object): Promise<any> => {
  const body = { platform, ...members };
  let response;
  let cause;
  try {
    response = await (typeof send === 'string' ? post(host, send.replace(/\/$/, '') + path, body) : send(path, body));
    const { statusCode, status } = Object(response);
    cause = said({ statusCode, status });
  } catch (error) {
    response = error;
    cause = said(thrown(error));
  }
  // A host's response has the answer in it; to Alipay a refusal's status is a failure, with the answer in that.
  const answer = answerIn(path, response) || answerIn(path, Object(response).data);
  if (!answer) return failure('service', isFault(cause) ? 'enter-manually' : 'retry', cause);
  const { error } = answer;
  return isRefusal(error) ? { ...failure('service', 'enter-manually', cause), ...error } : answer;
};

/** Other servers have an error with a message, too; ours is in two languages. */
const isRefusal = (error: any): boolean => Object(Object(error).message).zh;

function answerIn(path: Path, response: any): any {
  const answer = parse(response);
  const { error, session, phone } = Object(answer);
  return isRefusal(error) || (path === '/login' ? session !== undefined : phone) ? answer : undefined;
}

/**
 * Whether only the developer can mend it: a domain that is not on the host's list (WeChat 600002, Alipay 11), a wrong address
 * or certificate, a cloud function that fails or is stopped (-504002, -504003), whatever answers in the service's place.
 */
const isFault = ({ errMsg, errno, status }: Partial<Failure>): boolean =>
  (status! < 500 && !/408|42[59]/.test(`${status}`)) ||
  /^(2|11|14|600002) |-50\d{4}|domain| url|ssl|tls|cert|permission/i.test(`${errno} ${errMsg}`);

/** Whether it is a refusal of the application's own, which the page gets as it is: its code is none of the service's. */
export const isOwn = ({ code }: Partial<Failure>): boolean => !/^(undefined|invalid_request|login_required|refused|unavailable|internal)$/.test(`${code}`);
