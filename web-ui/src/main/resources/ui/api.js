// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// The REST interface: requests as the user that logged in, and refusals that a person can read.

const BASE = '/onos/overlane/v1/';
const KEY = 'overlane.credentials';
const PATIENCE = 15000;

let credentials = sessionStorage.getItem(KEY);

/** An answer that is not a success, or none at all (status 0). */
export class Failure extends Error {
  constructor(status, message, problems = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

export function isLoggedIn() {
  return credentials !== null;
}

/** Kept for this tab only; goes with it, or with logOut. */
export async function logIn(user, password) {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  credentials = btoa(String.fromCharCode(...bytes));
  try {
    await get('status');
    sessionStorage.setItem(KEY, credentials);
  } catch (failure) {
    logOut();
    throw failure;
  }
}

export function logOut() {
  credentials = null;
  sessionStorage.removeItem(KEY);
}

export function get(path) {
  return request('GET', path);
}

export async function request(method, path, body) {
  const headers = { Accept: 'application/json' };
  if (credentials !== null) {
    headers.Authorization = `Basic ${credentials}`;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      // Else the browser would ask for a password itself.
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (cause) {
    throw new Failure(0, 'The controller does not answer.');
  }
  const text = await response.text();
  if (response.ok) {
    return text === '' ? null : JSON.parse(text);
  }
  throw refusal(response.status, text);
}

function refusal(status, text) {
  if (status === 401) {
    return new Failure(status, 'The controller does not know this user, or the password is wrong.');
  }
  if (status === 403) {
    return new Failure(status, 'This user may look, but not change anything. Log in as a user with the role admin.');
  }
  try {
    const body = JSON.parse(text);
    return new Failure(status, body.message, body.problems ?? []);
  } catch (cause) {
    return new Failure(status, `The controller answers ${status}.`);
  }
}
