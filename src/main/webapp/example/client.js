/**
 * Calls Signet with the session in cookies. The tokens are in HttpOnly cookies, which the browser sends and scripts
 * cannot read. One cookie is readable: each unsafe request repeats its value in a header, which only a script of this
 * site can do.
 */

const api = new URL('../api/', import.meta.url);
const csrfCookie = '__Host-signet-csrf'; // signet.cookie.csrf
const csrfHeader = 'X-CSRF-Token';

/** An error response of Signet: a problem of RFC 9457. */
export class Refusal extends Error {
  /** @param status the HTTP status; 0 if there was no response */
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `Signet responded with status ${status}.`);
    this.name = 'Refusal';
    this.status = status;
    /** The faults of form fields: [{field, message}]. */
    this.errors = problem.errors ?? [];
  }
}

/** Receives an event for each call: {method, path, status, body}. */
export const calls = new EventTarget();

/**
 * Calls an operation and returns its response, or null if there is none. If the access token has expired, it is renewed
 * once and the call is repeated.
 *
 * @throws Refusal
 */
export async function call(method, path, body) {
  let answer = await send(method, path, body);
  if (answer.expired && csrfToken()) {
    await refresh();
    answer = await send(method, path, body);
  }
  return accepted(answer);
}

let refreshing = null;

/** Renews the tokens. Concurrent calls with expired tokens share one renewal. */
export function refresh() {
  refreshing ??= send('POST', 'refresh', {})
    .then(accepted)
    .finally(() => { refreshing = null; });
  return refreshing;
}

/** Whether there may be a session; only Signet knows whether it is still valid. */
export function mayBeLoggedIn() {
  return csrfToken() !== null;
}

async function send(method, path, body) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (method !== 'GET' && csrfToken()) {
    headers[csrfHeader] = csrfToken();
  }
  let response;
  let content;
  try {
    response = await fetch(new URL(path, api), { method, headers, body: body && JSON.stringify(body) });
    content = await json(response);
  } catch {
    tell(method, path, 0, null);
    throw new Refusal(0, { detail: 'Signet cannot be reached.' });
  }
  tell(method, path, response.status, content);
  return {
    ok: response.ok,
    status: response.status,
    content,
    expired: response.status === 401
      && (response.headers.get('WWW-Authenticate') ?? '').includes('error="invalid_token"'),
  };
}

function accepted(answer) {
  if (!answer.ok) {
    throw new Refusal(answer.status, answer.content ?? {});
  }
  return answer.content;
}

/** A proxy in between may respond with a page of its own. */
async function json(response) {
  const type = response.headers.get('Content-Type') ?? '';
  return /^application\/(json|problem\+json)\b/.test(type) ? response.json() : null;
}

function csrfToken() {
  const start = `${csrfCookie}=`;
  const cookie = document.cookie.split('; ').find((one) => one.startsWith(start));
  return cookie ? cookie.slice(start.length) : null;
}

function tell(method, path, status, body) {
  calls.dispatchEvent(new CustomEvent('call', { detail: { method, path, status, body } }));
}
