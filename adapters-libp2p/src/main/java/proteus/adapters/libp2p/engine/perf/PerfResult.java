package proteus.adapters.libp2p.engine.perf;

/**
 * What a finished measurement has moved, and in what time.
 *
 * @param uploadedBytes how many bytes were sent, without the header
 * @param uploadNanos from the start until the last of them and the end of the own side were written out
 * @param downloadedBytes how many bytes came
 * @param downloadNanos from there until the remote's end of stream
 */
public record PerfResult(long uploadedBytes, long uploadNanos, long downloadedBytes, long downloadNanos) {}
