// Puts the page together: what the node tells goes into one state, and what has changed in it is drawn with the next frame.

import { byId, setData, setHidden, setText } from './dom.js';
import * as access from './access.js';
import { Adoption } from './adoption.js';
import { Comparison } from './comparison.js';
import { Events } from './events.js';
import { Journal } from './journal.js';
import { Overview } from './overview.js';
import { Peers } from './peers.js';
import { Reasons } from './reasons.js';
import { StageControl } from './stage.js';

const STATES = { waiting: 'Paused', live: 'Live', lost: 'Connection lost' };

const state = { parts: {}, peers: new Map(), history: [] };
const changed = { parts: new Set(), peers: new Set(), adoption: false };
let isDue = false;

const announce = (text) => setText(byId('announcement'), text);

const journal = new Journal();
const peers = new Peers((peer) => journal.show(peer));
const views = [
  new Overview(),
  new Adoption(),
  new Comparison(),
  new Reasons((reason) => peers.only(reason)),
  peers,
  journal,
];
const stage = new StageControl(announce, () => tellAccess(false));
views.push(stage);

function draw() {
  isDue = false;
  const now = { parts: new Set(changed.parts), peers: new Set(changed.peers), adoption: changed.adoption };
  changed.parts.clear();
  changed.peers.clear();
  changed.adoption = false;
  for (const view of views) {
    view.draw(state, now);
  }
}

function due() {
  if (!isDue) {
    isDue = true;
    requestAnimationFrame(draw);
  }
}

function takeParts(parts) {
  for (const [name, part] of Object.entries(parts)) {
    state.parts[name] = part;
    changed.parts.add(name);
  }
}

function takePeers(told) {
  for (const [name, peer] of Object.entries(told)) {
    state.peers.set(name, peer);
    changed.peers.add(name);
  }
}

function whole(event) {
  const gone = [...state.peers.keys()].filter((name) => !(name in event.peers));
  gone.forEach(leave);
  takeParts(event.parts);
  takePeers(event.peers);
  state.history = event.history;
  changed.adoption = true;
  due();
  // The node may have been started anew, and know nothing of this page.
  checkAccess();
}

function leave(name) {
  state.peers.delete(name);
  changed.peers.add(name);
}

function change(event) {
  takeParts(event.parts);
  event.gone.forEach(leave);
  takePeers(event.peers);
  const point = event.adoption;
  for (const series of state.history) {
    const last = series.points.at(-1);
    if (!last || Math.floor(last[0] / series.step) !== Math.floor(point[0] / series.step)) {
      series.points.push(point);
      if (series.points.length > 720) {
        series.points.shift();
      }
    }
  }
  changed.adoption = true;
  due();
}

function tellAccess(isAllowed) {
  const pill = byId('access');
  setText(pill, isAllowed ? 'May set the stage' : 'Read only');
  setData(pill, 'state', isAllowed ? 'open' : 'locked');
  stage.allow(isAllowed);
}

const checkAccess = () => access.check().then(tellAccess, () => tellAccess(false));

/** What the address brought, if it brought something; and what this page may do with it, or with what it had before. */
async function openAccess() {
  try {
    stage.tellRefusal(await access.open());
  } catch {
    stage.tellRefusal('The node did not answer to this link. Load the page again to try it again.');
  }
  await checkAccess();
}

function tellConnection(name) {
  const pill = byId('connection');
  setText(pill, STATES[name]);
  setData(pill, 'state', name);
  setData(document.body, 'connection', name);
}

const themes = ['system', 'dark', 'light'];
const themeButton = byId('theme');

function tellTheme() {
  setText(themeButton, `Theme: ${document.documentElement.dataset.theme ?? 'system'}`);
}

themeButton.addEventListener('click', () => {
  const next = themes[(themes.indexOf(document.documentElement.dataset.theme ?? 'system') + 1) % themes.length];
  if (next === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem('theme');
  } else {
    document.documentElement.dataset.theme = next;
    localStorage.setItem('theme', next);
  }
  tellTheme();
});

tellTheme();
setHidden(byId('peer-reset'), true);
openAccess();
window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) {
    openAccess();
  }
});
new Events({ whole, change, state: tellConnection }).open();
