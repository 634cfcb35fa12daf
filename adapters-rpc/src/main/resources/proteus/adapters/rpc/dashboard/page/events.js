// What the node tells. A page that nobody sees lets go of its stream: a browser has few connections to one host, and the
// node tells all when it comes back.

const HIDDEN_MS = 30_000;
const AGAIN_MS = 3_000;

export class Events {
  #source;
  #hiding;
  #again;
  #handlers;

  /** Handlers: whole(event), change(event), state(text). */
  constructor(handlers) {
    this.#handlers = handlers;
    document.addEventListener('visibilitychange', () => this.#seen(!document.hidden));
    window.addEventListener('pagehide', () => this.#close());
    window.addEventListener('pageshow', (event) => event.persisted && this.open());
  }

  open() {
    this.#close();
    const source = new EventSource('/events');
    this.#source = source;
    source.addEventListener('whole', (event) => {
      this.#handlers.state('live');
      this.#handlers.whole(JSON.parse(event.data));
    });
    source.addEventListener('change', (event) => this.#handlers.change(JSON.parse(event.data)));
    source.addEventListener('error', () => {
      this.#handlers.state('lost');
      if (source.readyState === EventSource.CLOSED) {
        // Refused, since too many watch: the browser does not try again by itself.
        this.#again = setTimeout(() => this.open(), AGAIN_MS);
      }
    });
  }

  #close() {
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = undefined;
  }

  #seen(isSeen) {
    clearTimeout(this.#hiding);
    if (!isSeen) {
      this.#hiding = setTimeout(() => {
        this.#close();
        this.#handlers.state('waiting');
      }, HIDDEN_MS);
    } else if (!this.#source) {
      this.open();
    }
  }
}
