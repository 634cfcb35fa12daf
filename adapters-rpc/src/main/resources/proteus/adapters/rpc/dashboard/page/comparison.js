// Both stacks side by side, with what the difference means.

import { byId, element, setData, setText, setWidth } from './dom.js';
import * as format from './format.js';

const value = (distribution, show) => (distribution.count ? show(distribution.median) : format.NOTHING);
/** What nearly all stay within, and how many there were. */
const range = (distribution, show) => (distribution.count ? `95 % ≤ ${show(distribution.most)} · ${format.count(distribution.count)} ×` : 'nothing seen yet');
const rate = (perSecond) => `${format.bytes(perSecond)}/s`;

/** Which of two is better, and by how much. */
function ratio(legacy, libp2p, isLessBetter, better, worse) {
  if (!legacy || !libp2p) {
    return { text: format.NOTHING, is: 'same' };
  }
  const factor = isLessBetter ? legacy / libp2p : libp2p / legacy;
  if (factor > 0.95 && factor < 1.05) {
    return { text: 'about the same', is: 'same' };
  }
  return factor > 1
    ? { text: `${factor.toFixed(factor < 10 ? 1 : 0)} × ${better}`, is: 'better' }
    : { text: `${(1 / factor).toFixed(1 / factor < 10 ? 1 : 0)} × ${worse}`, is: 'worse' };
}

const measured = (name, key, show, isLessBetter, better, worse) => ({
  name,
  text: (stack) => value(stack[key], show),
  small: (stack) => range(stack[key], show),
  size: (stack) => (stack[key].count ? stack[key].median : 0),
  verdict: (legacy, libp2p) => ratio(legacy[key].median, libp2p[key].median, isLessBetter, better, worse),
});

const ended = (cause, name) => ({
  name,
  text: (stack) => format.count(stack.ends[cause]),
  size: (stack) => stack.ends[cause],
});

const ROWS = [
  { name: 'Sessions now', text: (_, sessions) => format.count(sessions), size: (_, sessions) => sessions },
  measured('Round trip, median', 'roundTrip', format.time, true, 'faster', 'slower'),
  measured('Handshake, median', 'handshake', format.time, true, 'faster', 'slower'),
  measured('Block rate, median', 'blockRate', rate, false, 'faster', 'slower'),
  measured('Session length, median', 'session', format.time, false, 'longer', 'shorter'),
  { name: 'Received', text: (stack) => format.bytes(stack.bytesIn), small: (stack) => `${format.count(stack.framesIn)} messages`, size: (stack) => stack.bytesIn },
  { name: 'Sent', text: (stack) => format.bytes(stack.bytesOut), small: (stack) => `${format.count(stack.framesOut)} messages`, size: (stack) => stack.bytesOut },
  ended('peer', 'Ended by the peer'),
  ended('ours', 'Ended by this node'),
  ended('fault', 'Ended for a fault'),
  ended('broken', 'Broken'),
  ended('slow', 'Ended for slowness'),
  ended('moved', 'Moved away'),
];

export class Comparison {
  #rows;

  constructor() {
    this.#rows = ROWS.map((row) => {
      const head = element('th', '', row.name);
      head.scope = 'row';
      const cells = ['legacy', 'libp2p'].map((stack) => {
        const cell = element('td', 'measure', '', element('span', 'value'), element('span', 'bar ' + stack), element('small'));
        cell.children[1].setAttribute('aria-hidden', 'true');
        return cell;
      });
      const verdict = element('td', 'verdict');
      const line = element('tr', '', '', head, ...cells, verdict);
      return { ...row, cells, verdictCell: verdict, line };
    });
    byId('stacks').tBodies[0].append(...this.#rows.map(({ line }) => line));
  }

  draw(state, changed) {
    if (!changed.parts.has('stacks') && !changed.parts.has('migration')) {
      return;
    }
    const { legacy, libp2p } = state.parts.stacks;
    if (!legacy || !libp2p) {
      return;
    }
    const { migration } = state.parts;
    for (const row of this.#rows) {
      const sizes = [row.size(legacy, migration.legacy), row.size(libp2p, migration.libp2p)];
      const most = Math.max(...sizes, Number.MIN_VALUE);
      [legacy, libp2p].forEach((stack, index) => {
        const [text, bar, small] = row.cells[index].children;
        setText(text, row.text(stack, index ? migration.libp2p : migration.legacy));
        setWidth(bar, sizes[index] / most);
        setText(small, row.small?.(stack) ?? '');
      });
      const verdict = row.verdict?.(legacy, libp2p) ?? { text: '', is: 'same' };
      setText(row.verdictCell, verdict.text);
      setData(row.verdictCell, 'is', verdict.is);
    }
  }
}
