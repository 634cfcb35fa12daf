package proteus.domain.block;

import proteus.domain.hash.Digest;

/**
 * Where the guesser's reward goes.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code guesser_receiver_data.rs}.
 *
 * @param receiverDigest lets the guesser claim the reward
 * @param lockScriptHash the lock script of the reward's outputs
 */
public record GuesserReceiverData(Digest receiverDigest, Digest lockScriptHash) {}
