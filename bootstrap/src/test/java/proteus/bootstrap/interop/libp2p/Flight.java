package proteus.bootstrap.interop.libp2p;

import java.time.Duration;

/**
 * All that one side said before the other said something.
 *
 * @param fromDialler which side
 * @param began when its first byte came to the proxy, since the first of all flights
 * @param bytes how much it was
 */
record Flight(boolean fromDialler, Duration began, long bytes) {}
