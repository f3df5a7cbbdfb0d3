import { call, calls, mayBeLoggedIn, refresh, Refusal } from './client.js';

const element = (id) => document.getElementById(id);
const KEPT_CALLS = 12;

/* Everything that Signet answers is set as text, never as HTML. */

async function showWhoIsLoggedIn() {
  const me = mayBeLoggedIn() ? await ifLoggedIn(call('GET', 'me')) : null;
  element('logged-in').hidden = me === null;
  element('logged-out').hidden = me !== null;
  if (me !== null) {
    element('username').textContent = me.username;
    element('email').textContent = me.email ?? 'none';
    element('groups').textContent = me.groups.join(', ');
    element('registered').textContent = moment(me.created_at);
    await showSessions();
  }
  return me;
}

async function showSessions() {
  const { items } = await call('GET', 'me/sessions?limit=100');
  element('sessions').replaceChildren(...items.map(sessionRow));
  element('end-others').hidden = items.length < 2;
}

function sessionRow(session) {
  const row = element('session').content.cloneNode(true);
  const button = row.querySelector('button');
  const device = session.label || deviceName(session.user_agent ?? '');
  row.querySelector('.device').textContent = device;
  row.querySelector('.source').textContent = session.source;
  setTime(row.querySelector('.used'), session.last_used_at);
  setTime(row.querySelector('.ends'), session.expires_at);
  if (session.current) {
    const here = document.createElement('strong');
    here.textContent = 'This session';
    button.replaceWith(here);
  } else {
    button.setAttribute('aria-label', `End the session of ${device}`);
    button.addEventListener('click', () => act(async () => {
      await call('DELETE', `me/sessions/${encodeURIComponent(session.id)}`);
      await showSessions();
      element('sessions-title').focus();
      say('The session has ended.');
    }));
  }
  return row;
}

element('login').addEventListener('submit', (event) => submit(event, logIn));

element('register').addEventListener('submit', (event) => submit(event, async ({ username, email, password }) => {
  await call('POST', 'register', email ? { username, email, password } : { username, password });
  await logIn({ username, password });
}));

element('protected').addEventListener('click', () => act(async () => {
  const answer = await call('GET', 'protected');
  say(`The protected API sees you as ${answer.logged_in_as}.`);
}));

element('refresh').addEventListener('click', () => act(async () => {
  const answer = await refresh();
  say(`New tokens: the access token lasts ${Math.round(answer.expires_in / 60)} minutes.`);
  await showSessions();
}));

element('end-others').addEventListener('click', () => act(async () => {
  await call('DELETE', 'me/sessions');
  await showSessions();
  element('sessions-title').focus();
  say('All other sessions have ended.');
}));

element('logout').addEventListener('click', () => act(async () => {
  await call('POST', 'logout', {});
  await showWhoIsLoggedIn();
  element('login-username').focus();
  say('You are logged out.');
}));

calls.addEventListener('call', ({ detail: { method, path, status, body } }) => {
  const row = element('call').content.cloneNode(true);
  row.querySelector('.request').textContent = `${method} api/${path}`;
  const answer = row.querySelector('.answer');
  answer.textContent = status || 'no response';
  answer.classList.toggle('refused', status === 0 || status >= 400);
  row.querySelector('pre').textContent = body === null ? 'Empty' : JSON.stringify(body, null, 2);
  element('no-calls').hidden = true;
  element('calls').prepend(row);
  element('calls').children[KEPT_CALLS]?.remove();
});

async function logIn({ username, password, label }) {
  const credentials = { username, password, delivery: 'cookie' };
  await call('POST', 'login', label ? { ...credentials, label } : credentials);
  if (await showWhoIsLoggedIn() === null) {
    throw new Refusal(0, { detail: 'The browser did not store the cookies. Use HTTPS or localhost.' });
  }
  element('login').reset();
  element('register').reset();
  element('who').focus();
  say('You are logged in.');
}

/** Sends a form and shows the faults that Signet reports next to their fields. */
async function submit(event, send) {
  event.preventDefault();
  const form = event.currentTarget;
  if (form.ariaBusy === 'true') {
    return; // sent already
  }
  clearFaults(form);
  form.ariaBusy = 'true';
  try {
    say('');
    await send(Object.fromEntries(new FormData(form)));
  } catch (refusal) {
    showFaults(form, expected(refusal));
  } finally {
    form.ariaBusy = 'false';
  }
}

function showFaults(form, refusal) {
  const elsewhere = refusal.errors
    .filter(({ field, message }) => !showFault(form.elements.namedItem(field), message));
  const invalid = form.querySelector('[aria-invalid]');
  if (!invalid || elsewhere.length > 0) {
    const fault = form.querySelector(':scope > .fault');
    fault.textContent = [refusal.message, ...elsewhere.map(({ field, message }) => `${field} ${message}`)].join(' ');
    fault.hidden = false;
  }
  (invalid ?? form.elements.password).focus();
}

/** @returns whether the form has this field */
function showFault(input, message) {
  if (!input) {
    return false;
  }
  const fault = element(`${input.id}-fault`); // which describes the input
  const label = input.labels[0].firstChild.textContent.trim();
  fault.textContent = `${label} ${message}.`;
  fault.hidden = false;
  input.setAttribute('aria-invalid', 'true');
  return true;
}

function clearFaults(form) {
  for (const fault of form.querySelectorAll('.fault')) {
    fault.hidden = true;
    fault.textContent = '';
  }
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
  }
}

/** Runs the action of a button. If the session has ended elsewhere, the forms are shown again. */
async function act(action) {
  try {
    say('');
    await action();
  } catch (error) {
    const refusal = expected(error);
    if (refusal.status === 401) {
      await ifReachable(showWhoIsLoggedIn());
    }
    say(refusal.message, true);
  }
}

async function ifLoggedIn(answer) {
  try {
    return await answer;
  } catch (error) {
    if (expected(error).status === 401) {
      return null;
    }
    throw error;
  }
}

async function ifReachable(shown) {
  try {
    await shown;
  } catch (error) {
    expected(error);
  }
}

/** Rethrows faults of this script itself, which the console shows. */
function expected(error) {
  if (!(error instanceof Refusal)) {
    throw error;
  }
  return error;
}

function say(text, refused = false) {
  element('status').textContent = text;
  element('status').classList.toggle('refused', refused);
}

/** A guess for display only: the client chooses its user agent string. */
function deviceName(userAgent) {
  const browsers = { 'Edg/': 'Edge', 'OPR/': 'Opera', 'Firefox/': 'Firefox', 'Chrome/': 'Chrome', 'Safari/': 'Safari' };
  const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'];
  const browser = Object.keys(browsers).find((word) => userAgent.includes(word));
  const system = systems.find((word) => userAgent.includes(word));
  return browser && system ? `${browsers[browser]} on ${system}` : userAgent || 'Unknown device';
}

function setTime(time, instant) {
  time.dateTime = instant;
  time.textContent = moment(instant);
}

function moment(instant) {
  return new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

act(showWhoIsLoggedIn);
