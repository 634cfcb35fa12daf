/**
 * Perf, {@code /perf/1.0.0}: measures what a connection carries.
 *
 * <p>The opener of a stream writes how many bytes it wants back, then as many as it likes, and ends its side; then the
 * other side sends what was wanted and ends its own. {@link proteus.adapters.libp2p.engine.perf.PerfClient} is the
 * dialler's side, {@link proteus.adapters.libp2p.engine.perf.PerfServer} the listener's. Each is the last handler of a
 * stream's pipeline, added once multistream-select is over, and takes over the reading of its stream. A server serves
 * anybody's traffic, so it belongs on test nodes only. Source: libp2p specification, "Perf".
 */
package proteus.adapters.libp2p.engine.perf;
