// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// Log-in, the views, and the one loop that keeps the view in front of the user up to date.

import { Failure, get, isLoggedIn, logIn, logOut } from './api.js';
import { form, h } from './dom.js';
import { topology } from './views/topology.js';
import { networks } from './views/networks.js';
import { packets } from './views/packets.js';
import { paths } from './views/paths.js';
import { trace } from './views/trace.js';
import { verification } from './views/verification.js';
import { events } from './views/events.js';

const PAUSE = 2000;
const VIEWS = { topology, networks, packets, paths, trace, verification, events };
const TITLES = {
  topology: 'Topology',
  networks: 'Networks',
  packets: 'Large packets',
  paths: 'Path MTU',
  trace: 'Trace',
  verification: 'Verification',
  events: 'Events',
};

const place = document.getElementById('view');
const live = document.getElementById('live');
const trouble = document.getElementById('trouble');
const leave = document.getElementById('leave');
let current = null;
let round = 0;

function wanted() {
  const [name, argument] = location.hash.replace(/^#\/?/, '').split('/', 2);
  return VIEWS[name] ? { name, argument: argument && decodeURIComponent(argument) } : { name: 'topology' };
}

function open() {
  if (!isLoggedIn()) {
    askForUser();
    return;
  }
  leave.hidden = false;
  const { name, argument } = wanted();
  document.title = `${TITLES[name]} - Overlane`;
  document.getElementById('views').replaceChildren(
    ...Object.keys(VIEWS).map((v) => h('a', { href: `#/${v}`, 'aria-current': v === name ? 'page' : null }, TITLES[v])));
  if (current?.name !== name) {
    current = { name, view: VIEWS[name]({ refresh }) };
    place.replaceChildren(current.view.element);
  }
  current.view.select?.(argument);
  refresh();
}

/** Reads what the view needs, shows it, and does so again after a pause; the newest call wins. */
async function refresh() {
  const own = ++round;
  const view = current?.view;
  if (!view || !isLoggedIn()) {
    return;
  }
  try {
    const sources = view.sources();
    const answers = await Promise.all(Object.values(sources).map(read));
    if (own !== round) {
      return;
    }
    view.show(Object.fromEntries(Object.keys(sources).map((name, i) => [name, answers[i]])));
    live.textContent = `as of ${new Date().toLocaleTimeString()}`;
    trouble.hidden = true;
  } catch (failure) {
    if (own !== round) {
      return;
    }
    if (failure.status === 401) {
      logOut();
      askForUser(failure);
      return;
    }
    trouble.textContent = failure instanceof Failure ? `${failure.message} What is shown may be old; trying again.` : String(failure);
    trouble.hidden = false;
  }
  setTimeout(() => own === round && refresh(), document.hidden ? 5 * PAUSE : PAUSE);
}

/** What this controller does not have (404) is null, and its part of the view says so. */
async function read(path) {
  try {
    return await get(path);
  } catch (failure) {
    if (failure.status === 404) {
      return null;
    }
    throw failure;
  }
}

function askForUser(failure) {
  round++;
  current = null;
  leave.hidden = true;
  live.textContent = '';
  document.getElementById('views').replaceChildren();
  const fields = [
    { name: 'user', label: 'User', required: true, autocomplete: 'username' },
    { name: 'password', label: 'Password', required: true, type: 'password', autocomplete: 'current-password' },
  ];
  const element = form('An account of the controller', fields, 'Log in', async (values) => {
    await logIn(values.user, values.password);
    open();
  });
  element.classList.add('login');
  place.replaceChildren(element);
  if (failure) {
    element.append(h('p', { role: 'alert' }, failure.message));
  }
  element.querySelector('input').focus();
}

leave.addEventListener('click', () => {
  logOut();
  askForUser();
});
window.addEventListener('hashchange', open);
document.addEventListener('visibilitychange', () => document.hidden || refresh());
open();
