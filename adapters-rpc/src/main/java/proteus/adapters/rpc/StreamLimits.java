package proteus.adapters.rpc;

import java.time.Duration;

/**
 * What a {@link FrameStream} takes from the other end, and how long it waits.
 *
 * @param maxPayloadBytes the longest payload taken
 * @param firstFrame how long it may be before the first frame begins
 * @param idle how long it may be between two frames
 * @param frame how long one frame may take from its first byte to its last, read or written
 */
record StreamLimits(int maxPayloadBytes, Duration firstFrame, Duration idle, Duration frame) {}
