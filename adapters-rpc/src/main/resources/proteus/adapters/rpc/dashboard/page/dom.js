// Everything that peers say goes into the page as text, here and nowhere else. No markup is ever parsed.

export const byId = (id) => document.getElementById(id);

/** A new element with a class, some text, and children. */
export function element(name, className = '', text = '', ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text) {
    made.textContent = text;
  }
  made.append(...children);
  return made;
}

/** Touches the page only if there is something new. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) {
    node.hidden = hidden;
  }
}

export function setData(node, name, value) {
  if (node.dataset[name] !== value) {
    node.dataset[name] = value;
  }
}

/** A part of 1 as a width. */
export function setWidth(node, part) {
  const width = `${(Math.max(0, Math.min(1, part)) * 100).toFixed(1)}%`;
  if (node.style.width !== width) {
    node.style.width = width;
  }
}

/** Puts a node before another one of a parent. Where browsers can, one that is moved within it keeps the focus. */
export function place(parent, node, before) {
  if (node.parentNode === parent && parent.moveBefore) {
    parent.moveBefore(node, before);
  } else {
    parent.insertBefore(node, before);
  }
}

/** Does something that may take away the focus, and brings it back; to something else if what had it is gone. */
export function keepFocus(within, change, otherwise) {
  const focused = within.contains(document.activeElement) ? document.activeElement : undefined;
  change();
  if (focused && document.activeElement !== focused) {
    (focused.isConnected ? focused : otherwise).focus({ preventScroll: true });
  }
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}
