// Sends requests to the phone service, and reads the response, the service's error or the cause of a failed request.

import { readHostError, toMembers } from './host/failure';
import { failure } from './messages';
import type { Failure, PhoneButtonOptions, Platform } from './types';
import { parseJson } from './untrusted';

type Endpoint = Exclude<PhoneButtonOptions['endpoint'], string>;
type Path = '/login' | '/phone';

/**
 * Returns a function that sends a request and resolves with the body of the service's response, or with a `Failure`.
 * Only a `Failure` has an `action`.
 */
export const createServiceCaller =
  (endpoint: Endpoint, platform: Platform | undefined) =>
  async (path: Path, members: object): Promise<any> => {
    let response;
    let cause: Partial<Failure>;
    try {
      response = await endpoint(path, { platform, ...members });
      // The errMsg of a response is `request:ok`, which is not a cause.
      cause = readHostError({ ...response, errMsg: '' });
    } catch (error) {
      // axios puts the response into its error.
      response = toMembers(Object(error).response || error);
      cause = readHostError(response);
    }
    // The service's body is the response or its `data`. Alipay's request fails for a status of 4xx; the body is then
    // the error's `data`.
    const serviceResponse = [response, Object(response).data]
      .map(parseJson)
      .map(Object)
      .find(({ error, session, phone }) => isServiceError(error) || (path === '/login' ? session : phone));
    const isFault = response === undefined || DEVELOPER_FAULT.test(`${cause.errno} ${cause.errMsg} ${cause.status}`);
    const failed = failure('service', isFault ? 'enter-manually' : 'retry', cause);
    if (!serviceResponse) return failed;
    return isServiceError(serviceResponse.error) ? { ...failed, ...serviceResponse.error } : serviceResponse;
  };

/**
 * Whether an error comes from the service: its `message` has two languages. The messages of other servers are plain texts.
 */
const isServiceError = (error: any): boolean => Object(Object(error).message).zh;

/**
 * Failures that only the developer can fix: an error in the code of `endpoint` (recognized by the text, because a
 * `fetch` without a network also rejects with a TypeError), a domain that is not on the host's list (WeChat 600002,
 * Alipay 11), a wrong address or certificate, a missing call of `wx.cloud.init`, a cloud function that fails or is
 * stopped (-504002, -504003), another server that responds in place of the service.
 */
const DEVELOPER_FAULT =
  /^(2|11|14|600002) |is not (an? |d)|of und| -[45]0....|domain|域名| url|ssl|tls|cert|permission|cloud.init| (4(?!08|2[59])|[1-3])..$/i;

/**
 * Whether the failure is a `PhoneRefusal` of the application, which the page receives unchanged: its code is not the
 * service's.
 */
export const isApplicationRefusal = (result: Partial<Failure>): boolean =>
  !/^(undefined|invalid_request|login_required|refused|unavailable|internal)$/.test(result.code!);
