// The share of sessions on libp2p over time, as a picture, in words and as a table.

import { byId, element, setText, svg } from './dom.js';
import * as format from './format.js';

const HEIGHT = 260;
const MARGIN = { top: 26, right: 14, bottom: 26, left: 48 };
const WINDOWS = [600_000, 43_200_000, 1_296_000_000];
const LEAST_MS = 60_000;
const MOST_ROWS = 40;
const LABEL_PX = 84;

const total = ([, legacy, libp2p]) => legacy + libp2p;
const share = (point) => (total(point) ? point[2] / total(point) : 0);

export class Adoption {
  #range = 0;
  #width = 0;
  #points = [];
  #marks = [];
  #at;
  #drawing;

  constructor() {
    this.#build();
    for (const choice of document.querySelectorAll('input[name=range]')) {
      choice.addEventListener('change', () => {
        this.#range = Number(choice.value);
        this.#at = undefined;
        this.#redraw();
      });
    }
    new ResizeObserver(([entry]) => {
      this.#width = entry.contentRect.width;
      this.#redraw();
    }).observe(byId('chart'));
    byId('chart').addEventListener('keydown', (event) => this.#key(event));
    byId('chart').addEventListener('focus', () => this.#speak());
    byId('chart').addEventListener('pointermove', (event) => this.#point(event));
    byId('chart').addEventListener('pointerleave', () => this.#read(undefined));
    document.querySelector('.adoption details').addEventListener('toggle', () => this.#redraw());
  }

  #build() {
    const hatch = svg(
      'pattern',
      { id: 'hatch', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('rect', { width: 8, height: 8, class: 'hatch-ground' }),
      svg('rect', { width: 3, height: 8, class: 'hatch-line' }),
    );
    const fade = svg(
      'linearGradient',
      { id: 'fade', x1: 0, y1: 0, x2: 0, y2: 1 },
      svg('stop', { offset: 0, class: 'fade-top' }),
      svg('stop', { offset: 1, class: 'fade-bottom' }),
    );
    this.#drawing = {
      legacy: svg('path', { class: 'area legacy', fill: 'url(#hatch)' }),
      libp2p: svg('path', { class: 'area libp2p', fill: 'url(#fade)' }),
      grid: svg('g', { class: 'grid' }),
      marks: svg('g', { class: 'marks' }),
      line: svg('path', { class: 'line' }),
      cursor: svg('g', { class: 'cursor' }),
    };
    this.#drawing.svg = svg(
      'svg',
      { 'aria-hidden': 'true', focusable: 'false' },
      svg('defs', {}, hatch, fade),
      this.#drawing.legacy,
      this.#drawing.libp2p,
      this.#drawing.grid,
      this.#drawing.marks,
      this.#drawing.line,
      this.#drawing.cursor,
    );
    byId('chart').append(this.#drawing.svg);
  }

  #history = [];

  draw(state, changed) {
    if (changed.parts.has('journal')) {
      this.#marks = state.parts.journal.filter((entry) => entry.kind === 'stage').map((entry) => ({
        time: Date.parse(entry.time),
        label: entry.to.stage === 'migrate' ? `${entry.to.share} %` : entry.to.stage,
      }));
    }
    if (changed.adoption || changed.parts.has('journal')) {
      this.#history = state.history;
      this.#redraw();
    }
  }

  #select() {
    const points = this.#history[this.#range]?.points ?? [];
    const latest = this.#history[0]?.points.at(-1);
    if (!latest) {
      return [];
    }
    const from = latest[0] - WINDOWS[this.#range];
    const shown = points.filter((point) => point[0] >= from && point[0] < latest[0]);
    shown.push(latest);
    return shown;
  }

  #redraw() {
    this.#points = this.#select();
    if (!this.#points.length || !this.#width) {
      return;
    }
    const to = this.#points.at(-1)[0];
    const from = Math.min(this.#points[0][0], to - LEAST_MS);
    const right = this.#width - MARGIN.right;
    const bottom = HEIGHT - MARGIN.bottom;
    this.x = (time) => MARGIN.left + ((time - from) / (to - from)) * (right - MARGIN.left);
    this.y = (part) => bottom - part * (bottom - MARGIN.top);
    this.#drawing.svg.setAttribute('viewBox', `0 0 ${this.#width} ${HEIGHT}`);
    this.#drawing.svg.setAttribute('height', HEIGHT);
    this.#areas(right);
    this.#grid(from, to, right);
    this.#stageMarks(from, right);
    this.#tell();
    this.#cursor();
    this.#table();
  }

  /** Steps, since a session is on one stack or the other; nothing where there was no session. */
  #areas(right) {
    let line = '';
    let libp2p = '';
    let legacy = '';
    for (let begin = 0; begin < this.#points.length; ) {
      if (!total(this.#points[begin])) {
        begin += 1;
        continue;
      }
      let end = begin;
      while (end < this.#points.length && total(this.#points[end])) {
        end += 1;
      }
      const run = this.#points.slice(begin, end);
      const until = end < this.#points.length ? this.x(this.#points[end][0]) : right;
      const first = this.x(run[0][0]).toFixed(1);
      let path = `M${first} ${this.y(share(run[0])).toFixed(1)}`;
      let before = share(run[0]);
      for (const point of run) {
        if (share(point) !== before) {
          path += `H${this.x(point[0]).toFixed(1)}V${this.y(share(point)).toFixed(1)}`;
          before = share(point);
        }
      }
      path += `H${until.toFixed(1)}`;
      line += path;
      libp2p += `${path}V${this.y(0)}H${first}Z`;
      legacy += `${path}V${this.y(1)}H${first}Z`;
      begin = end;
    }
    this.#drawing.line.setAttribute('d', line);
    this.#drawing.libp2p.setAttribute('d', libp2p);
    this.#drawing.legacy.setAttribute('d', legacy);
  }

  #grid(from, to, right) {
    const lines = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
      const y = this.y(part);
      const label = svg('text', { x: MARGIN.left - 8, y: y + 4, 'text-anchor': 'end' });
      label.textContent = format.percent(part);
      return [svg('line', { x1: MARGIN.left, x2: right, y1: y, y2: y }), label];
    });
    const steps = Math.max(1, Math.min(6, Math.floor((right - MARGIN.left) / 110)));
    for (let step = 0; step <= steps; step += 1) {
      const time = from + ((to - from) * step) / steps;
      const anchor = step === 0 ? 'start' : step === steps ? 'end' : 'middle';
      const label = svg('text', { x: this.x(time), y: HEIGHT - 7, 'text-anchor': anchor });
      label.textContent = format.moment(time);
      lines.push(label);
    }
    this.#drawing.grid.replaceChildren(...lines);
  }

  #stageMarks(from, right) {
    let free = right;
    const drawn = [];
    // The latest comes first; an older one whose label has no room is a line alone.
    for (const mark of this.#marks.filter(({ time }) => time >= from)) {
      const x = Math.min(this.x(mark.time), right);
      drawn.push(svg('line', { x1: x, x2: x, y1: MARGIN.top - 6, y2: this.y(0) }));
      if (x + LABEL_PX / 2 <= free + LABEL_PX / 2 && x <= free) {
        const label = svg('text', { x: Math.min(x, right - 2), y: MARGIN.top - 11, 'text-anchor': x > right - 40 ? 'end' : 'middle' });
        label.textContent = mark.label;
        drawn.push(label);
        free = x - LABEL_PX * 0.6;
      }
    }
    this.#drawing.marks.replaceChildren(...drawn);
  }

  #tell() {
    const first = this.#points.find(total);
    const last = this.#points.at(-1);
    const now = total(last) ? `${format.percent(share(last))} of ${format.count(total(last))} sessions are on libp2p` : 'There are no sessions';
    const before = first && total(last) ? `; ${format.span((last[0] - first[0]) / 1000)} ago it was ${format.percent(share(first))} of ${format.count(total(first))}` : '';
    setText(byId('chart-text'), `${now}${before}.`);
  }

  #table() {
    if (!document.querySelector('.adoption details').open) {
      return;
    }
    const every = Math.ceil(this.#points.length / MOST_ROWS);
    const rows = this.#points.filter((_, index) => (this.#points.length - 1 - index) % every === 0).reverse();
    byId('adoption-table').tBodies[0].replaceChildren(
      ...rows.map((point) => {
        const row = element('tr');
        row.append(element('th', '', format.moment(point[0])));
        row.firstChild.scope = 'row';
        for (const text of [format.count(point[2]), format.count(point[1]), total(point) ? format.percent(share(point)) : format.NOTHING]) {
          row.append(element('td', 'number', text));
        }
        return row;
      }),
    );
  }

  #key(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, Escape: 0 }[event.key];
    if (move === undefined || !this.#points.length) {
      return;
    }
    event.preventDefault();
    if (move === 0) {
      this.#read(undefined);
      return;
    }
    const at = Math.max(0, Math.min(this.#points.length - 1, this.#index() + move));
    this.#read(this.#points[at][0]);
    this.#speak();
  }

  /** Of the point that is read, or of the latest. */
  #index() {
    const at = this.#at === undefined ? -1 : this.#points.findIndex((point) => point[0] >= this.#at);
    return at < 0 ? this.#points.length - 1 : at;
  }

  /** Only for who comes or moves by keys: what a pointer passes, and what is new each second, is not to be read aloud. */
  #speak() {
    if (!this.#points.length) {
      return;
    }
    const index = this.#index();
    const chart = byId('chart');
    chart.setAttribute('aria-valuemax', this.#points.length - 1);
    chart.setAttribute('aria-valuenow', index);
    chart.setAttribute('aria-valuetext', this.#words(this.#points[index]));
  }

  #words(point) {
    return total(point)
      ? `${format.moment(point[0])}: ${format.count(point[2])} on libp2p, ${format.count(point[1])} on legacy, ${format.percent(share(point))}`
      : `${format.moment(point[0])}: no sessions`;
  }

  #point(event) {
    if (!this.x) {
      return;
    }
    const x = event.clientX - byId('chart').getBoundingClientRect().left;
    const near = this.#points.reduce((best, point) => (Math.abs(this.x(point[0]) - x) < Math.abs(this.x(best[0]) - x) ? point : best), this.#points[0]);
    this.#read(near?.[0]);
  }

  #read(time) {
    this.#at = time;
    this.#cursor();
  }

  #cursor() {
    const point = this.#at === undefined ? undefined : this.#points.find((each) => each[0] >= this.#at);
    if (!point) {
      this.#drawing.cursor.replaceChildren();
      setText(byId('chart-point'), '');
      return;
    }
    const x = this.x(point[0]);
    this.#drawing.cursor.replaceChildren(
      svg('line', { x1: x, x2: x, y1: MARGIN.top, y2: this.y(0) }),
      svg('circle', { cx: x, cy: this.y(share(point)), r: 4.5 }),
    );
    setText(byId('chart-point'), this.#words(point));
  }
}
