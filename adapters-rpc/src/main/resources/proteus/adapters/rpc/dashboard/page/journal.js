// What was done, and what came of it: of all peers as the node tells it, of one as it is asked for.

import { byId, element, setData, setHidden, setText } from './dom.js';
import * as format from './format.js';

const GOOD = new Set(['settled']);
const BAD = new Set(['lost', 'fell-back', 'went-back', 'slot-lost']);

/** The node reads all of its journal for that of one peer. */
const REFRESH_MS = 5_000;

export class Journal {
  #of;
  #all = [];
  #fetched = 0;
  #timer;

  constructor() {
    byId('journal-all').addEventListener('click', () => {
      this.#of = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#draw(this.#all);
      byId('journal-title').focus();
    });
  }

  draw(state, changed) {
    if (!changed.parts.has('journal')) {
      return;
    }
    this.#all = state.parts.journal;
    if (this.#of) {
      this.#fetchLater();
    } else {
      this.#draw(this.#all);
    }
  }

  /** Shows what was done with one peer. */
  show(peer) {
    this.#of = peer;
    this.#fetch();
    byId('journal-title').focus();
    byId('journal-title').scrollIntoView();
  }

  async #fetch() {
    const peer = this.#of;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#fetched = performance.now();
    try {
      const answer = await fetch(`/journal?peer=${encodeURIComponent(peer.key)}`);
      if (this.#of !== peer) {
        return;
      }
      if (answer.ok) {
        this.#draw(await answer.json());
      } else {
        this.#fetchLater();
      }
    } catch {
      // The pill at the top says that the connection is lost; it brings a new journal when it is back.
    }
  }

  /** Again, when there is something new or it failed, but not at once. */
  #fetchLater() {
    if (this.#timer === undefined) {
      this.#timer = setTimeout(() => this.#of && this.#fetch(), Math.max(0, this.#fetched + REFRESH_MS - performance.now()));
    }
  }

  #draw(entries) {
    setText(byId('journal-of'), this.#of ? `of ${this.#of.address}` : 'latest of all');
    setHidden(byId('journal-all'), !this.#of);
    setHidden(byId('journal-none'), entries.length > 0);
    setText(byId('journal-none'), this.#of ? 'Nothing was done with this peer.' : 'Nothing was moved yet.');
    byId('journal').tBodies[0].replaceChildren(...entries.map((entry) => this.#row(entry)));
  }

  #row(entry) {
    const time = element('th', 'mono', format.moment(entry.time));
    time.scope = 'row';
    const isStage = entry.kind === 'stage';
    const what = isStage ? `${format.rollout(entry.from)} → ${format.rollout(entry.to)}` : `move to ${entry.to}`;
    const outcome = element('td');
    if (isStage) {
      outcome.append(element('span', 'outcome', 'stage'));
    } else {
      const badge = element('span', 'outcome', entry.outcome);
      setData(badge, 'is', GOOD.has(entry.outcome) ? 'good' : BAD.has(entry.outcome) ? 'bad' : 'same');
      const gap = entry.gap_us === null ? '' : entry.gap_us ? `gap ${format.time(entry.gap_us / 1e6)}` : 'no gap';
      outcome.append(badge, element('small', '', gap));
    }
    const why = [entry.cause, entry.detail].filter(Boolean).join(': ');
    const peer = element('span', 'mono', format.short(entry.peer ?? '', 26));
    const small = element('small', '', '', ...(isStage ? [] : [peer, ' · ']), why);
    return element('tr', isStage ? 'stage-entry' : '', '', time, element('td', '', '', element('span', '', what), small), outcome);
  }
}
