package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Genesis;
import proteus.domain.block.TransferBlock;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/**
 * What a peer may say to a node at genesis of regtest that it should not, or has no use for.
 *
 * @param name says what it is, and is different for each
 * @param version what the peer says its version is
 * @param bytes what it sends after the handshake, frames with their lengths
 * @param unfinished whether that ends within a frame
 */
record Nonsense(String name, String version, List<byte[]> bytes, boolean unfinished) {

    private static final String CURRENT = "0.19.4";

    private static final Genesis GENESIS = Genesis.of(Handshakes.REGTEST);
    private static final Digest UNKNOWN = new Digest(1, 2, 3, 4, 5);
    private static final MmrAccumulator ANCHOR =
            MmrAccumulator.EMPTY.append(GENESIS.digest()).orElseThrow().accumulator();

    Nonsense {
        bytes = List.copyOf(bytes);
    }

    /** All of it: written by hand, and every message that the real crates wrote for the project. */
    static List<Nonsense> all() throws IOException {
        return Stream.of(aboutBlocks(), aboutSync(), aboutTheSession(), brokenFrames(), writtenByUpstream())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Nonsense> aboutBlocks() throws IOException {
        return List.of(
                said("asks for genesis by height", byHeight(0)),
                times(9, "asks for genesis by height", byHeight(0)),
                times(10, "asks for genesis by height", byHeight(0)),
                said("asks for block 1", byHeight(1)),
                said("asks for the highest block there can be", byHeight(0xFFFF_FFFF_0000_0000L)),
                raw("asks for genesis in a field element not reduced", frame("04fd01000000ffffffff")),
                raw("asks for block 2^64 - 1", frame("04fdffffffffffffffff")),
                said("asks for genesis by hash", new PeerMessage.BlockRequestByHash(GENESIS.digest())),
                said("asks for an unknown hash", new PeerMessage.BlockRequestByHash(UNKNOWN)),
                said("asks for genesis, validated", validated(0)),
                said("asks for block 1, validated", validated(1)),
                said("asks for a batch after nothing", batch(List.of(), ANCHOR)),
                said("asks for a batch after genesis", batch(List.of(GENESIS.digest()), ANCHOR)),
                said(
                        "asks for a batch after genesis, anchor empty",
                        batch(List.of(GENESIS.digest()), MmrAccumulator.EMPTY)),
                said("asks for a batch after genesis, anchor too long", batch(List.of(GENESIS.digest()), longer())),
                said("asks for a batch after an unknown block", batch(List.of(UNKNOWN), ANCHOR)),
                said(
                        "asks for a batch after genesis and an unknown one",
                        batch(List.of(GENESIS.digest(), UNKNOWN), ANCHOR)),
                said(
                        "asks for a batch after 200 times genesis",
                        batch(Collections.nCopies(200, GENESIS.digest()), ANCHOR)),
                said(
                        "asks for a batch after 201 times genesis",
                        batch(Collections.nCopies(201, GENESIS.digest()), ANCHOR)),
                times(28, "asks for a batch after genesis", batch(List.of(GENESIS.digest()), ANCHOR)),
                times(29, "asks for a batch after genesis", batch(List.of(GENESIS.digest()), ANCHOR)),
                said(
                        "asks for the tip with its parent's accumulator",
                        new PeerMessage.TipWithParentAccumulatorRequest()),
                times(
                        1000,
                        "asks for the tip with its parent's accumulator",
                        new PeerMessage.TipWithParentAccumulatorRequest()),
                times(
                        1003,
                        "asks for the tip with its parent's accumulator",
                        new PeerMessage.TipWithParentAccumulatorRequest()),
                said("sends genesis as a block", genesisAsBlock()),
                said("asks for the tip", new PeerMessage.BlockNotificationRequest()),
                by("0.18.0", "asks for the tip", new PeerMessage.BlockNotificationRequest()),
                by("0.19.0", "asks for the tip", new PeerMessage.BlockNotificationRequest()),
                by("0.19.1-alpha.1", "asks for the tip", new PeerMessage.BlockNotificationRequest()),
                said("announces genesis with its witness", announcement(CURRENT)),
                said("announces genesis in the old form", announcement("0.18.0")),
                by("0.18.0", "announces genesis in the old form", announcement("0.18.0")),
                by("0.18.0", "announces genesis with its witness", announcement(CURRENT)),
                said("announces a block 1 that nobody worked for", falseAnnouncement()));
    }

    /** A child of genesis by its header, with the work and the witness of genesis. */
    private static PeerMessage falseAnnouncement() {
        BlockHeader genesis = GENESIS.header();
        BlockHeader child = new BlockHeader(
                genesis.version(),
                new BlockHeight(1),
                GENESIS.digest(),
                genesis.timestamp(),
                genesis.pow(),
                genesis.cumulativeProofOfWork(),
                genesis.difficulty(),
                genesis.guesserReceiverData());
        return new PeerMessage.BlockNotificationWithPowWitness(
                new BlockHeaderWithBlockHashWitness(child, GENESIS.witness()));
    }

    private static PeerMessage byHeight(long height) {
        return new PeerMessage.BlockRequestByHeight(new BlockHeight(height));
    }

    private static PeerMessage validated(long height) {
        return new PeerMessage.ValidatedBlockRequestByHeight(new BlockHeight(height), ANCHOR);
    }

    private static PeerMessage batch(List<Digest> known, MmrAccumulator anchor) {
        return new PeerMessage.BlockRequestBatch(known, 10, anchor);
    }

    private static MmrAccumulator longer() {
        return ANCHOR.append(UNKNOWN).orElseThrow().accumulator();
    }

    private static PeerMessage announcement(String forVersion) {
        return TipAnnouncement.of(GENESIS, forVersion);
    }

    /** Genesis' header over the body of some block that upstream wrote. */
    private static PeerMessage genesisAsBlock() throws IOException {
        for (byte[] wire : UpstreamMessages.read().values()) {
            try {
                if (PeerMessageCodec.decode(wire) instanceof PeerMessage.Block(TransferBlock other)) {
                    return new PeerMessage.Block(
                            new TransferBlock(GENESIS.header(), other.body(), other.appendix(), other.proof()));
                }
            } catch (MalformedMessageException e) {
                throw new AssertionError("a message of upstream does not decode", e);
            }
        }
        throw new AssertionError("no block among the messages of upstream");
    }

    private static List<Nonsense> aboutSync() {
        PeerMessage challenge = new PeerMessage.SyncChallenge(UNKNOWN, Collections.nCopies(10, new BlockHeight(1)));
        PeerMessage ofGenesis =
                new PeerMessage.SyncChallenge(GENESIS.digest(), Collections.nCopies(10, new BlockHeight(1)));
        return List.of(
                said("challenges for an unknown tip", challenge),
                said("challenges for genesis", ofGenesis),
                times(12, "challenges for an unknown tip", challenge),
                times(13, "challenges for an unknown tip", challenge),
                said("answers a batch with nothing", new PeerMessage.BlockResponseBatch(List.of())),
                said("declines a batch", new PeerMessage.UnableToSatisfyBatchRequest()));
    }

    private static List<Nonsense> aboutTheSession() {
        return List.of(
                said("says nothing"),
                said("says Bye", new PeerMessage.Bye()),
                said("accepts", new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Accepted())),
                said(
                        "refuses",
                        new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Refused(
                                new ConnectionRefusedReason.MaxPeerNumberExceeded()))),
                said("asks for peers", new PeerMessage.PeerListRequest()),
                said("tells of no peers", new PeerMessage.PeerListResponse(List.of())),
                said("tells of 10 peers", peers(10)),
                said("tells of 11 peers", peers(11)),
                said("asks for a proposal notification", new PeerMessage.BlockProposalNotificationRequest()),
                said("asks for an unknown proposal", new PeerMessage.BlockProposalRequest(UNKNOWN)));
    }

    private static PeerMessage peers(int count) {
        return new PeerMessage.PeerListResponse(IntStream.range(0, count)
                .mapToObj(i -> new PeerListEntry(
                        new PeerAddress(new IpAddress.V4(0x0808_0000 + i), 9798), new InstanceId(7, i)))
                .toList());
    }

    private static List<Nonsense> brokenFrames() {
        return List.of(
                raw("an empty frame", frame("")),
                raw("kind 33", frame("21")),
                raw("kind 33 in a frame of 100 bytes", frame("21" + "00".repeat(99))),
                raw("kind 251 in three bytes", frame("fbfb00")),
                raw("a peer list request with its kind in three bytes", frame("fb1100")),
                raw("a kind in a number of sixteen bytes", frame("fe" + "00".repeat(16))),
                raw("a kind that is not canonical, too large", frame("fc00000100")),
                raw("a kind cut short", frame("fb11")),
                raw("a peer list request and a byte", frame("1100")),
                raw("a request by height without a height", frame("04")),
                raw("a request by height cut short", frame("04fb01")),
                raw("a status of no kind", frame("1402")),
                raw("a refusal of no kind", frame("140006")),
                raw("a refusal of another reason", frame("14000507")),
                raw("a peer list longer than its frame", frame("12fcffffff7f")),
                raw("a peer list of 2^64 - 1 peers", frame("12fdffffffffffffffff")),
                raw("a request by height of 65537 bytes", announced(65_537, "04")),
                raw("a Bye of 65537 bytes", announced(65_537, "13")),
                raw("a peer list of 2 MiB and a byte", announced((2 << 20) + 1, "12")),
                raw("a block of 20 MiB and a byte", announced((20 << 20) + 1, "01")),
                raw("a frame of 300 MiB and a byte", announced((300 << 20) + 1, "07")),
                raw("a frame of 2^32 - 1 bytes", announced(-1, "07")),
                unfinished("a peer list of 2 MiB that ends early", announced(2 << 20, "12")),
                unfinished("half a length", new byte[2]),
                raw("kind 33 announced with 2^31 bytes", announced(Integer.MIN_VALUE, "21" + "00".repeat(70))));
    }

    private static List<Nonsense> writtenByUpstream() throws IOException {
        List<Nonsense> all = new ArrayList<>();
        UpstreamMessages.read()
                .forEach((name, wire) -> all.add(new Nonsense(name, CURRENT, List.of(framed(wire)), false)));
        return all;
    }

    private static Nonsense said(String name, PeerMessage... messages) {
        return new Nonsense(
                name,
                CURRENT,
                Stream.of(messages)
                        .map(PeerMessageCodec::encode)
                        .map(Nonsense::framed)
                        .toList(),
                false);
    }

    private static Nonsense by(String version, String name, PeerMessage message) {
        return new Nonsense(version + " " + name, version, List.of(framed(PeerMessageCodec.encode(message))), false);
    }

    private static Nonsense times(int times, String name, PeerMessage message) {
        return new Nonsense(
                times + " times: " + name,
                CURRENT,
                Collections.nCopies(times, framed(PeerMessageCodec.encode(message))),
                false);
    }

    private static Nonsense raw(String name, byte[] bytes) {
        return new Nonsense(name, CURRENT, List.of(bytes), false);
    }

    private static Nonsense unfinished(String name, byte[] bytes) {
        return new Nonsense(name, CURRENT, List.of(bytes), true);
    }

    private static byte[] frame(String hex) {
        return framed(HexFormat.of().parseHex(hex));
    }

    private static byte[] framed(byte[] payload) {
        return ByteBuffer.allocate(4 + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    /** The beginning of a frame that says it has {@code length} bytes. */
    private static byte[] announced(int length, String hex) {
        byte[] begin = HexFormat.of().parseHex(hex);
        return ByteBuffer.allocate(4 + begin.length).putInt(length).put(begin).array();
    }
}
