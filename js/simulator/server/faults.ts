import type { Fault, SimulatedPlatform } from '../types';
import type { PlatformResponse } from './http';

interface Pending {
  platform: SimulatedPlatform;
  fault: Fault;
  left: number;
}

/** Faults that have not occurred yet. */
export class Faults {
  private pending: Pending[] = [];

  add(platform: SimulatedPlatform, fault: Fault): void {
    this.pending.push({ platform, fault, left: fault.times ?? 1 });
  }

  heal(platform?: SimulatedPlatform): void {
    this.pending = this.pending.filter((pending) => platform !== undefined && pending.platform !== platform);
  }

  /** The first fault that applies to a request, if there is such a fault. */
  next(platform: SimulatedPlatform, path: string, api: string | undefined): Fault | undefined {
    const due = this.pending.find(
      (pending) => pending.left > 0 && pending.platform === platform && concerns(pending.fault.endpoint, path, api),
    );
    if (!due) return undefined;
    due.left -= 1;
    return due.fault;
  }
}

/** Whether a request matches the endpoint of a fault. */
export function concerns(endpoint: string | undefined, path: string, api: string | undefined): boolean {
  return endpoint === undefined || path.includes(endpoint) || (api ?? '').includes(endpoint);
}

const PAGE = `<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`;

/** The response that a fault produces; `undefined` if the connection ends without a response. */
export function applyFault(
  fault: Fault,
  good: () => PlatformResponse,
  errorResponse: (code: number | string) => PlatformResponse,
): PlatformResponse | undefined {
  const { status, code, html, empty, text } = fault;
  const page = (body: string, type: string, usual = 200): PlatformResponse => ({
    status: status ?? usual,
    headers: { 'content-type': type },
    body,
  });
  if (code !== undefined) {
    const response = errorResponse(code);
    return { ...response, status: status ?? response.status };
  }
  if (html) return page(PAGE, 'text/html', 502);
  if (text !== undefined) return page(text, 'text/plain');
  if (empty || status !== undefined) return { status: status ?? 200, body: '' };
  return fault.delay === undefined ? undefined : good();
}
