// Peers that are not on libp2p, by what the migration makes of them. Each reason shows its peers below.

import { byId, element, keepFocus, place, setHidden, setText, setWidth } from './dom.js';
import * as format from './format.js';

const MOST = 10;

export class Reasons {
  #choose;
  #items = new Map();

  /** @param choose is called with a reason whose peers are to be shown */
  constructor(choose) {
    this.#choose = choose;
  }

  draw(state, changed) {
    if (!changed.peers.size) {
      return;
    }
    const groups = new Map();
    let all = 0;
    for (const peer of state.peers.values()) {
      if (peer.stack === 'legacy') {
        all += 1;
        const reason = peer.state ?? 'not known yet';
        const group = groups.get(reason) ?? { count: 0, outcomes: new Map(), next: undefined };
        group.count += 1;
        if (peer.last) {
          group.outcomes.set(peer.last, (group.outcomes.get(peer.last) ?? 0) + 1);
        }
        if (peer.notBefore && (!group.next || peer.notBefore < group.next)) {
          group.next = peer.notBefore;
        }
        groups.set(reason, group);
      }
    }
    setText(byId('reasons-count'), `${format.count(all)} of ${format.count(state.peers.size)}`);
    setHidden(byId('reasons-none'), all > 0);
    const sorted = [...groups].sort(([, one], [, other]) => other.count - one.count);
    keepFocus(byId('reasons'), () => this.#list(sorted.slice(0, MOST), all), byId('reasons-title'));
    this.#tellRest(sorted.slice(MOST));
  }

  #list(groups, all) {
    const shown = groups.map(([reason, group]) => {
      const item = this.#items.get(reason) ?? this.#item(reason);
      this.#items.set(reason, item);
      setText(item.count, format.count(group.count));
      setWidth(item.bar, group.count / all);
      setText(item.small, this.#details(group));
      return item;
    });
    for (const [reason, item] of this.#items) {
      if (!groups.some(([shownReason]) => shownReason === reason)) {
        item.line.remove();
        this.#items.delete(reason);
      }
    }
    const list = byId('reasons');
    shown.forEach(({ line }, index) => {
      if (list.children[index] !== line) {
        place(list, line, list.children[index] ?? null);
      }
    });
  }

  #tellRest(groups) {
    const peers = groups.reduce((sum, [, { count }]) => sum + count, 0);
    setText(byId('reasons-more'), `and ${format.count(groups.length)} more reasons, of ${format.count(peers)} peers`);
    setHidden(byId('reasons-more'), groups.length === 0);
  }

  #details(group) {
    const outcomes = [...group.outcomes].map(([outcome, times]) => `${outcome} × ${times}`).join(', ');
    const last = outcomes ? `last tries: ${outcomes}` : '';
    const next = group.next ? `not before ${format.moment(group.next)}` : '';
    return [last, next].filter(Boolean).join('; ');
  }

  #item(reason) {
    const count = element('span', 'count');
    const bar = element('span', 'bar legacy');
    bar.setAttribute('aria-hidden', 'true');
    const small = element('small');
    const button = element('button', 'reason', '', element('span', 'name', reason), count, bar, small);
    button.type = 'button';
    button.addEventListener('click', () => this.#choose(reason));
    return { line: element('li', '', '', button), count, bar, small };
  }
}
