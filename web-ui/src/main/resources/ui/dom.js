// Copyright 2026 The Overlane Authors. SPDX-License-Identifier: Apache-2.0
// Elements, and tables that are updated in place, so that the focus stays where it is. Whatever comes from the
// controller becomes text, never markup.

/** An element with attributes (functions are listeners) and children; null children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A mark that says a state by word, colour and shape. */
export function badge(word, kind) {
  return h('span', { class: `badge ${kind}` }, word);
}

/** What a value is worth: good, doubtful, bad, or nothing to say. */
export function kindOf(state) {
  switch (state) {
    case 'IN_SYNC':
    case 'up':
    case 'proven':
      return 'good';
    case 'PENDING':
    case 'degraded':
      return 'doubtful';
    case 'FAILED':
    case 'OFFLINE':
    case 'down':
    case 'violated':
      return 'bad';
    default:
      return 'plain';
  }
}

export function word(state) {
  return state.toLowerCase().replaceAll('_', ' ');
}

/**
 * A table. Columns are { title, of: row => text or node, number: true }; rows are kept by key.
 * Returns the element and a function that shows other rows.
 */
export function table(caption, columns, key, emptyText = 'None.') {
  const body = h('tbody');
  const element = h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, columns.map((c) => h('th', { scope: 'col', class: c.number ? 'number' : null }, c.title)))),
      body,
    ),
  );
  const none = h('p', { class: 'none' }, emptyText);
  element.append(none);
  const show = (rows) => {
    none.hidden = rows.length > 0;
    const known = new Map([...body.children].map((tr) => [tr.dataset.key, tr]));
    const wanted = rows.map((row) => {
      const id = String(key(row));
      const tr = known.get(id) ?? h('tr', { 'data-key': id }, columns.map((c) => h('td', { class: c.number ? 'number' : null })));
      columns.forEach((column, i) => fill(tr.children[i], column.of(row)));
      return tr;
    });
    body.replaceChildren(...wanted);
  };
  show([]);
  return { element, show };
}

function fill(cell, content) {
  const value = content === undefined || content === null ? '' : content;
  if (value instanceof Node || Array.isArray(value)) {
    // Buttons keep the focus if nothing about them has changed.
    const fresh = h('div', {}, value);
    if (fresh.textContent !== cell.textContent || cell.children.length === 0) {
      cell.replaceChildren(...fresh.childNodes);
    }
  } else if (cell.textContent !== String(value)) {
    cell.textContent = String(value);
  }
}

/** Shows why something was refused, with field, value and remedy of each problem; the message has that of a single one. */
export function complaint(failure) {
  const problems = (failure.problems ?? []).map((p) =>
    h('li', {}, h('code', {}, p.path), p.value ? ` (${p.value})` : '', `: ${p.message}. ${p.remedy}`));
  return h('div', { class: 'complaint', role: 'alert' }, h('p', {}, failure.message), problems.length > 1 ? h('ul', {}, problems) : null);
}

/** A form with labelled fields [{ name, label, hint, required, type, options }]; done gets the values. */
export function form(title, fields, action, done) {
  const answer = h('div');
  const element = h(
    'form',
    {
      submit: async (event) => {
        event.preventDefault();
        const button = element.querySelector('button');
        button.disabled = true;
        answer.replaceChildren();
        try {
          const values = Object.fromEntries([...new FormData(element)].map(([k, v]) => [k, v.trim()]));
          const said = await done(values);
          if (said) {
            answer.replaceChildren(said instanceof Node ? said : h('p', { role: 'status' }, said));
          }
        } catch (failure) {
          answer.replaceChildren(complaint(failure));
        } finally {
          button.disabled = false;
        }
      },
    },
    h('fieldset', {}, h('legend', {}, title), fields.map(field), h('button', { type: 'submit' }, action)),
    answer,
  );
  return element;
}

function field(f) {
  const common = { name: f.name, required: f.required, value: f.value, placeholder: f.hint };
  let input;
  if (f.options) {
    input = h('select', { name: f.name }, f.options.map(([value, text]) => h('option', { value }, text)));
  } else if (f.type === 'checkbox') {
    input = h('input', { name: f.name, type: 'checkbox', value: 'true' });
  } else {
    input = h('input', { ...common, type: f.type ?? 'text', autocomplete: f.autocomplete ?? 'off', list: f.list });
  }
  return h('label', {}, h('span', {}, f.label), input);
}

/** '1 network', '2 networks'. */
export function count(number, one) {
  return `${number} ${one}${number === 1 ? '' : /[sh]$/.test(one) ? 'es' : 's'}`;
}

export function dash(value) {
  return value === undefined || value === null || value === '' ? '-' : value;
}
