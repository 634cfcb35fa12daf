/**
 * How this node's own messages are written: Protobuf by the schema in {@code src/main/proto}, for the stream of {@code
 * /proteus/<network>/session/1}.
 *
 * <p>{@link proteus.adapters.libp2p.nativeprotocol.NativeFrames} is the form of frames, {@link
 * proteus.adapters.libp2p.nativeprotocol.NativeRecord} that of the records before them. What a peer sent is first looked
 * through as bytes, by a {@link proteus.adapters.libp2p.nativeprotocol.Survey} that knows the schema and takes no memory
 * for what it sees; only what passes is given to the runtime of Protobuf. In the other classes stand, for each type, what
 * writes and what reads it. Nothing here knows of streams.
 */
package proteus.adapters.libp2p.nativeprotocol;
