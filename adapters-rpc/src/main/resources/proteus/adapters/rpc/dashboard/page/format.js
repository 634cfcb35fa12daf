// Figures as people read them.

const whole = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export const NOTHING = '–';

export const count = (number) => whole.format(number);

export const percent = (part) => `${Math.round(part * 100)} %`;

/** A stage, with the share if it has one. */
export const rollout = ({ stage, share }) => (stage === 'migrate' ? `migrate ${share} %` : stage);

const digits = (number) => (number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2));

export function bytes(number) {
  if (number < 1000) {
    return `${Math.round(number)} B`;
  }
  let rest = number;
  let unit = -1;
  while (rest >= 1000 && unit < 4) {
    rest /= 1000;
    unit += 1;
  }
  return `${digits(rest)} ${['kB', 'MB', 'GB', 'TB', 'PB'][unit]}`;
}

/** A short time, in seconds. */
export function time(seconds) {
  if (seconds === null || seconds === undefined) {
    return NOTHING;
  }
  if (seconds < 0.001) {
    return `${digits(seconds * 1e6)} µs`;
  }
  if (seconds < 1) {
    return `${digits(seconds * 1000)} ms`;
  }
  return seconds < 60 ? `${digits(seconds)} s` : span(seconds);
}

/** A long time, in seconds. */
export function span(seconds) {
  const rounded = Math.max(0, Math.floor(seconds));
  if (rounded < 60) {
    return `${rounded} s`;
  }
  if (rounded < 3600) {
    return `${Math.floor(rounded / 60)} min`;
  }
  if (rounded < 86400) {
    return `${Math.floor(rounded / 3600)} h ${Math.floor((rounded % 3600) / 60)} min`;
  }
  return `${Math.floor(rounded / 86400)} d ${Math.floor((rounded % 86400) / 3600)} h`;
}

/** A moment, with its day if that is not today. */
export function moment(time) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) {
    return NOTHING;
  }
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : day.format(date);
}

/** The two ends of something long that is known by its beginning. */
export const short = (text, length = 16) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
