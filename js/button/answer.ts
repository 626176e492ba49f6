// What came of a request to the service: its answer, its refusal, or why it was not reached.

import { readHostError, toMembers } from './host/failure';
import { failure } from './messages';
import type { Failure, PhoneButtonOptions, Platform } from './types';
import { parseJson } from './untrusted';

type Endpoint = Exclude<PhoneButtonOptions['endpoint'], string>;
type Path = '/login' | '/phone';

/** Asks the service. Gives its answer, or the failure to get one: that has an `action`. */
export const createServiceCaller =
  (endpoint: Endpoint, platform: Platform | undefined) =>
  async (path: Path, members: object): Promise<any> => {
    let response;
    let cause: Partial<Failure>;
    try {
      response = await endpoint(path, { platform, ...members });
      // A host says in errMsg that there was a response.
      cause = readHostError({ ...response, errMsg: '' });
    } catch (error) {
      // axios has the response in its error.
      response = toMembers(Object(error).response || error);
      cause = readHostError(response);
    }
    // A host's response has the answer in it; to Alipay a refusal's status is a failure, with the answer in that.
    const answer = [response, Object(response).data]
      .map(parseJson)
      .map(Object)
      .find(({ error, session, phone }) => isRefusal(error) || (path === '/login' ? session : phone));
    const isFault = response === undefined || FAULT.test(`${cause.errno} ${cause.errMsg} ${cause.status}`);
    const failed = failure('service', isFault ? 'enter-manually' : 'retry', cause);
    const refusal = Object(answer).error;
    return isRefusal(refusal) ? { ...failed, ...refusal } : answer || failed;
  };

/** Other servers have an error with a message, too; ours is in two languages. */
const isRefusal = (error: any): boolean => Object(Object(error).message).zh;

/**
 * What only the developer can mend: a mistake in `endpoint` (by its text, for a `fetch` without a network rejects with a TypeError,
 * too), a domain that is not on the host's list (WeChat 600002, Alipay 11), a wrong address or certificate, a cloud that was
 * not started, a cloud function that fails or is stopped (-504002, -504003), whatever answers in the service's place.
 */
const FAULT =
  /^(2|11|14|600002) |is not (an? |d)|of und| -[45]0....|domain|域名| url|ssl|tls|cert|permission|cloud.init| (4(?!08|2[59])|[1-3])..$/i;

/** Whether it is a refusal of the application's own, which the page gets as it is: its code is none of the service's. */
export const isApplicationRefusal = ({ code }: Partial<Failure>): boolean =>
  !/^(undefined|invalid_request|login_required|refused|unavailable|internal)$/.test(code!);
