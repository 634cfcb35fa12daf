/**
 * The JSON of the peer protocol, which nodes up to 0.19.0 speak on the libp2p gateway. The only package of this module
 * that uses Jackson, and of Jackson only what streams.
 *
 * <p>Public are {@link proteus.application.wire.json.PeerMessageJson} and {@link
 * proteus.application.wire.json.BlockKernelJson}. In the classes named for a topic stand beside each
 * other, for each type, what reads and what writes it; nothing is reflective, and nothing builds a tree.
 *
 * <p>Decoding trusts nothing. Whatever the bytes are, the outcome is a value or a {@link
 * proteus.application.wire.MalformedMessageException}; depth, names, numbers and strings have limits, and all memory
 * taken is at most 64 times the input and 1 MiB, for lists of peers 128 times.
 */
package proteus.application.wire.json;
