// The table of peers: a row each, of which only those cells are touched that have changed.

import { byId, element, keepFocus, place, setData, setHidden, setText, setWidth } from './dom.js';
import * as format from './format.js';

const AGE_MS = 5_000;

/** Made once: to compare by a locale is slow otherwise. */
const collator = new Intl.Collator('en', { numeric: true });

const text = (peer) =>
  [peer.address, peer.stack, peer.transport, peer.version, peer.agent, peer.state, peer.peerId, peer.key, peer.last].filter(Boolean).join(' ').toLowerCase();

const below = (...words) => words.filter(Boolean).join(' · ');

/** What the messages of a session are, by the protocol that carries them. */
const spoken = (session) => session && (session.startsWith('/proteus/') ? 'native' : 'gateway');

/** Columns: what stands in a cell, what below it, and what it is sorted by. */
const COLUMNS = [
  { name: 'Peer', key: (peer) => peer.address, head: true },
  { name: 'Stack', key: (peer) => `${peer.stack} ${peer.transport}` },
  { name: 'Direction', key: (peer) => (peer.inbound ? 'in' : 'out') },
  { name: 'Standing', key: (peer) => peer.standing, number: true },
  { name: 'Height', key: (peer) => peer.height, number: true },
  { name: 'Round trip', key: (peer) => peer.roundTrip ?? Infinity, number: true },
  { name: 'Traffic', key: (peer) => peer.bytesIn + peer.bytesOut, number: true },
  { name: 'Since', key: (peer) => -peer.since, number: true },
  { name: 'Migration', key: (peer) => peer.state ?? '' },
];

class Row {
  constructor(name, show) {
    this.name = name;
    this.cells = COLUMNS.map((column) => {
      const cell = element(column.head ? 'th' : 'td', column.number ? 'number' : '', '', element('span', 'value'), element('small'));
      if (column.head) {
        cell.scope = 'row';
      }
      return cell;
    });
    this.cells[0].firstChild.classList.add('mono');
    this.chip = element('span', 'stack');
    this.cells[1].firstChild.append(this.chip);
    this.gauge = element('span', 'gauge', '', element('span'));
    this.gauge.setAttribute('aria-hidden', 'true');
    this.cells[3].append(this.gauge);
    this.button = element('button', 'plain small', 'Journal');
    this.button.type = 'button';
    this.button.addEventListener('click', () => show(this.peer));
    this.line = element('tr', '', '', ...this.cells, element('td', 'action', '', this.button));
  }

  draw(peer) {
    this.peer = peer;
    this.text = text(peer);
    const [who, stack, direction, standing, height, roundTrip, traffic, , migration] = this.cells;
    this.#cell(who, peer.address, below(peer.agent ?? `version ${peer.version}`, peer.contested && 'contested id'));
    setText(this.chip, peer.stack);
    this.chip.className = `stack ${peer.stack}`;
    stack.title = peer.session ?? '';
    setText(stack.children[1], below(peer.transport, peer.security?.replace(/^\/([^/]*).*/, '$1'), spoken(peer.session)));
    this.#cell(direction, peer.inbound ? '↓ in' : '↑ out', '');
    setText(standing.firstChild, format.count(peer.standing));
    setWidth(this.gauge.firstChild, Math.abs(peer.standing) / peer.tolerance);
    setData(this.gauge, 'is', peer.standing < 0 ? 'bad' : peer.standing > 0 ? 'good' : 'none');
    this.#cell(height, format.count(peer.height), '');
    this.#cell(roundTrip, format.time(peer.roundTrip), '');
    this.#cell(traffic, `↓ ${format.bytes(peer.bytesIn)}`, `↑ ${format.bytes(peer.bytesOut)}`);
    this.#cell(
      migration,
      peer.state ?? format.NOTHING,
      below(peer.last && `last try: ${peer.last}`, peer.moves && `${peer.moves} moves in 24 h`, peer.notBefore && `not before ${format.moment(peer.notBefore)}`, peer.verdict && `guard: ${peer.verdict}`),
    );
    this.button.setAttribute('aria-label', `Journal of ${peer.address}`);
    setHidden(this.button, !peer.key);
    this.age(Date.now());
  }

  #cell(cell, value, small) {
    setText(cell.children[0], value);
    setText(cell.children[1], small);
  }

  age(now) {
    setText(this.cells[7].firstChild, format.span((now - this.peer.since) / 1000));
  }
}

export class Peers {
  #rows = new Map();
  #show;
  #sort = { column: 0, isDown: false };
  #filter = '';
  #stack = '';
  #reason;
  #heads;
  #body = byId('peers').tBodies[0];

  /** @param show is called with a peer whose journal is to be shown */
  constructor(show) {
    this.#show = show;
    this.#heads = COLUMNS.map((column, index) => this.#head(column, index));
    const action = element('th', '', '', element('span', 'unseen', 'Journal'));
    action.scope = 'col';
    byId('peers').tHead.rows[0].append(...this.#heads, action);
    byId('peer-filter').addEventListener('input', (event) => {
      this.#filter = event.target.value.trim().toLowerCase();
      this.#arrange();
    });
    byId('peer-stack').addEventListener('change', (event) => {
      this.#stack = event.target.value;
      this.#arrange();
    });
    byId('peer-reset').addEventListener('click', () => this.#reset());
    setInterval(() => this.#age(), AGE_MS);
    this.#tellSort();
  }

  #head(column, index) {
    const button = element('button', 'sort', column.name);
    button.type = 'button';
    button.addEventListener('click', () => {
      const isDown = this.#sort.column === index && !this.#sort.isDown;
      this.#sort = { column: index, isDown };
      this.#tellSort();
      this.#arrange();
    });
    const head = element('th', column.number ? 'number' : '', '', button);
    head.scope = 'col';
    return head;
  }

  #tellSort() {
    this.#heads.forEach((head, index) => {
      if (index === this.#sort.column) {
        head.setAttribute('aria-sort', this.#sort.isDown ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    });
  }

  draw(state, changed) {
    if (changed.peers.size) {
      keepFocus(this.#body, () => this.#take(state, changed), byId('peers-title'));
    }
  }

  #take(state, changed) {
    for (const name of changed.peers) {
      const peer = state.peers.get(name);
      if (!peer) {
        this.#rows.get(name)?.line.remove();
        this.#rows.delete(name);
        continue;
      }
      let row = this.#rows.get(name);
      if (!row) {
        row = new Row(name, this.#show);
        this.#rows.set(name, row);
      }
      row.draw(peer);
    }
    this.#arrange();
  }

  /** Shows the peers of a reason alone. */
  only(reason) {
    this.#reason = reason;
    this.#stack = 'legacy';
    byId('peer-stack').value = 'legacy';
    this.#arrange();
    byId('peers-title').focus();
    byId('peers-title').scrollIntoView();
  }

  #reset() {
    this.#reason = undefined;
    this.#filter = '';
    this.#stack = '';
    byId('peer-filter').value = '';
    byId('peer-stack').value = '';
    this.#arrange();
    byId('peer-filter').focus();
  }

  #isShown(row) {
    return (
      (!this.#stack || row.peer.stack === this.#stack) &&
      (this.#reason === undefined || (row.peer.state ?? 'not known yet') === this.#reason) &&
      (!this.#filter || row.text.includes(this.#filter))
    );
  }

  /** Rows are moved only if their order has changed, so that the scroll stays where it is. */
  #arrange() {
    const { key } = COLUMNS[this.#sort.column];
    const direction = this.#sort.isDown ? -1 : 1;
    const rows = [...this.#rows.values()].filter((row) => this.#isShown(row));
    const keyed = rows.map((row) => [key(row.peer), row]);
    keyed.sort(([one, a], [other, b]) => {
      const order = typeof one === 'string' ? collator.compare(one, other) : one === other ? 0 : one < other ? -1 : 1;
      return order * direction || (a.name < b.name ? -1 : 1);
    });
    const shown = new Set(rows);
    for (const row of this.#rows.values()) {
      if (!shown.has(row) && row.line.isConnected) {
        row.line.remove();
      }
    }
    keyed.forEach(([, row], index) => {
      if (this.#body.children[index] !== row.line) {
        place(this.#body, row.line, this.#body.children[index] ?? null);
      }
    });
    setText(byId('peers-reason'), this.#reason === undefined ? '' : `only: ${this.#reason}`);
    setHidden(byId('peers-reason'), this.#reason === undefined);
    const all = this.#rows.size;
    setText(byId('peers-count'), rows.length === all ? format.count(all) : `${format.count(rows.length)} of ${format.count(all)}`);
    setHidden(byId('peer-reset'), !this.#filter && !this.#stack && this.#reason === undefined);
    setHidden(byId('peers-none'), rows.length > 0);
    setText(byId('peers-none'), all ? 'No peer is like that.' : 'No peer is connected.');
  }

  #age() {
    const now = Date.now();
    for (const row of this.#rows.values()) {
      row.age(now);
    }
  }
}
