package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.address;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.identify.IdentifyLimits;
import proteus.adapters.libp2p.engine.identify.IdentifyProtocol;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.varint.Uvarint;
import proteus.application.contract.Await;
import proteus.application.port.Carrier;
import proteus.application.port.PeerConnection;

/** What peers may say of themselves beside their record. */
@Timeout(60)
final class GatewayIdentifyTest {

    private static final int BAD = 66;
    private static final String OWN_NETWORK = GatewayNode.PATIENT.protocolVersion();
    private static final String HOSTILE = "hostile";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private AttackedNode node(Carrier carrier) throws Exception {
        return opened(new AttackedNode(carrier));
    }

    private static void assertGoesOn(RawStream stream, HeardFrames frames) throws Exception {
        stream.send(frame(hex("0407")));
        assertThat(frames.next()).contains("BlockRequestByHeight");
    }

    private static IdentifyMessage.Builder about(Identity identity) {
        return IdentifyMessage.newBuilder()
                .setPublicKey(ByteString.copyFrom(identity.publicKey().encoded()))
                .setProtocolVersion(ByteString.copyFromUtf8(OWN_NETWORK))
                .setAgentVersion(ByteString.copyFromUtf8(HOSTILE));
    }

    /** Says all of {@code messages}, one after the other, and no more. */
    private static void say(proteus.adapters.libp2p.engine.Stream stream, List<IdentifyMessage> messages) {
        ByteBuf all = Unpooled.buffer();
        for (IdentifyMessage message : messages) {
            byte[] bytes = message.toByteArray();
            all.writeBytes(Uvarint.encode(bytes.length)).writeBytes(bytes);
        }
        stream.channel().writeAndFlush(all);
        stream.channel().shutdownOutput();
    }

    private static IdentifyMessage addresses(Identity identity, int first, int count) {
        IdentifyMessage.Builder message = about(identity);
        IntStream.range(first, first + count)
                .mapToObj(i -> address("/ip4/203.0.113.7/tcp/" + (1 + i)))
                .forEach(address -> message.addListenAddrs(ByteString.copyFrom(address.encoded())));
        return message.build();
    }

    private static IdentifyMessage protocols(Identity identity, int first, int count) {
        IdentifyMessage.Builder message = about(identity);
        IntStream.range(first, first + count)
                .forEach(i -> message.addProtocols(ByteString.copyFromUtf8("/planted/" + i)));
        return message.build();
    }

    private interface Saying {
        IdentifyMessage some(Identity identity, int first, int count);
    }

    private static List<IdentifyMessage> inPieces(Identity identity, Saying saying) {
        IntFunction<IdentifyMessage> piece = i -> saying.some(identity, 200 * i, 200);
        return IntStream.range(0, 5).mapToObj(piece).toList();
    }

    /** The handler of identify of a peer that says {@code messages}. */
    private RawStream shakeHands(AttackedNode node, Identity identity, List<IdentifyMessage> messages)
            throws Exception {
        RawPeer peer = opened(RawPeer.start(identity));
        peer.host().handle(IdentifyProtocol.ID, stream -> say(stream, messages), KeepAlive.NO);
        peer.awaitNothingToTell();
        return peer.shakeHands(node.endpoint(), SessionProtocol.V2, BAD);
    }

    private static Stream<Arguments> floods() {
        Saying addresses = GatewayIdentifyTest::addresses;
        Saying protocols = GatewayIdentifyTest::protocols;
        return Stream.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC)
                .flatMap(carrier -> Stream.of(
                        Arguments.of("addresses", carrier, addresses), Arguments.of("protocols", carrier, protocols)));
    }

    private static Stream<Arguments> keptFloods() {
        int most = IdentifyLimits.usual().protocols();
        return floods().map(Arguments::get)
                .map(flood -> Arguments.of(flood[0], flood[1], flood[2], flood[0].equals("protocols") ? most : 0));
    }

    /**
     * neptune-core takes no message above 4096 bytes; here as many are heard as ten of 8 KiB can say, and some kept. How many
     * addresses that are no session shows; the attacks on the engine have it.
     */
    @ParameterizedTest(name = "1000 {0} over {1}: {3} protocols")
    @MethodSource("keptFloods")
    void whoSaysMuchOfItselfIsHeardInPart(String what, Carrier carrier, Saying saying, int protocols) throws Exception {
        AttackedNode node = node(carrier);
        Identity identity = node.smaller();
        RawStream stream = shakeHands(node, identity, inPieces(identity, saying));
        PeerConnection connection = node.gate().awaitConnection();
        HeardFrames frames = HeardFrames.of(connection);

        Await.until("what it says of itself", () -> connection.layers().agent().equals(Optional.of(HOSTILE)));

        assertThat(connection.layers().agent()).contains(HOSTILE);
        assertThat(connection.layers().protocols()).as(what).hasSize(protocols);
        assertGoesOn(stream, frames);
        node.assertUnharmed();
    }

    /** The session has begun when that is known, or not; it works all the same. */
    @ParameterizedTest(name = "1000 {0} over {1}")
    @MethodSource("floods")
    void whoSaysAllOfItInOneMessageIsNotHeard(String what, Carrier carrier, Saying saying) throws Exception {
        AttackedNode node = node(carrier);
        Identity identity = node.smaller();
        IdentifyMessage message = saying.some(identity, 0, 1000);
        assertThat(message.getSerializedSize())
                .isGreaterThan(IdentifyLimits.usual().messageBytes());

        RawStream stream = shakeHands(node, identity, List.of(message));

        PeerConnection connection = node.gate().awaitConnection();
        HeardFrames frames = HeardFrames.of(connection);
        assertGoesOn(stream, frames);
        node.assertUnharmed();
        assertThat(connection.layers().agent()).as(what).isNotEqualTo(Optional.of(HOSTILE));
        assertGoesOn(stream, frames);
    }

    private static Stream<Arguments> otherNetworks() {
        return Stream.of(
                Arguments.of(Carrier.LIBP2P_TCP, "/neptune/-main"),
                Arguments.of(Carrier.LIBP2P_QUIC, "/neptune/-main"),
                Arguments.of(Carrier.LIBP2P_TCP, "/neptune/-regtest/"),
                Arguments.of(Carrier.LIBP2P_TCP, "/NEPTUNE/-regtest"),
                Arguments.of(Carrier.LIBP2P_TCP, "/ipfs/0.1.0"),
                Arguments.of(Carrier.LIBP2P_TCP, ""));
    }

    /** neptune-core disconnects at once, whatever the record says. */
    @ParameterizedTest(name = "{1} over {0}")
    @MethodSource("otherNetworks")
    void whoIsOfAnotherNetworkIsDisconnected(Carrier carrier, String network) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.start(node.smaller(), with -> with.protocolVersion(network)));

        Connection connection = peer.dial(node.endpoint());
        connection.open(RawPeer.gatewayIds(), stream -> RawStream.over(stream).send(RawPeer.record(BAD)));

        RawPeer.awaitClosed(connection);
        node.awaitConnections(1);
        node.assertFriendServed();
    }

    private static Stream<Arguments> pushes() {
        return Stream.of(
                Arguments.of("another network", Optional.of("/neptune/-main"), true),
                Arguments.of("this network", Optional.of(OWN_NETWORK), false),
                Arguments.of("nothing of networks", Optional.empty(), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pushes")
    void whoSaysLaterThatItIsOfAnotherNetworkIsDisconnectedThen(String what, Optional<String> network, boolean ends)
            throws Exception {
        AttackedNode node = node(Carrier.LIBP2P_TCP);
        RawPeer peer = opened(RawPeer.start(node.smaller()));
        peer.awaitNothingToTell();
        RawStream stream = peer.shakeHands(node.endpoint(), SessionProtocol.V2, BAD);
        PeerConnection connection = node.gate().awaitConnection();
        HeardFrames frames = HeardFrames.of(connection);
        Await.until("what it says of itself", () -> connection.layers().agent().isPresent());
        IdentifyMessage.Builder push = IdentifyMessage.newBuilder().setAgentVersion(ByteString.copyFromUtf8(HOSTILE));
        network.ifPresent(said -> push.setProtocolVersion(ByteString.copyFromUtf8(said)));

        stream.stream()
                .connection()
                .open(List.of(IdentifyProtocol.PUSH_ID), pushing -> say(pushing, List.of(push.build())));

        if (ends) {
            RawPeer.awaitClosed(stream.stream().connection());
            node.assertFriendServed();
            return;
        }
        Await.until("the push", () -> connection.layers().agent().equals(Optional.of(HOSTILE)));
        assertGoesOn(stream, frames);
        assertThat(stream.stream().connection().closed().isDone()).as(what).isFalse();
        node.assertFriendServed();
    }

    /** Whoever does not say who it is may have no such protocol, or may say nothing when it is asked. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSaysNothingOfItselfHasASessionAsWell(boolean hasProtocol) throws Exception {
        AttackedNode node = node(Carrier.LIBP2P_TCP);
        RawPeer peer = opened(RawPeer.start(node.smaller()));
        if (hasProtocol) {
            peer.host().handle(IdentifyProtocol.ID, _ -> {}, KeepAlive.NO);
        } else {
            peer.host().stopHandling(IdentifyProtocol.ID);
        }

        RawStream stream = peer.shakeHands(node.endpoint(), SessionProtocol.V2, BAD);

        PeerConnection connection = node.gate().awaitConnection();
        assertGoesOn(stream, HeardFrames.of(connection));
        node.assertUnharmed();
        assertThat(connection.layers().security()).isPresent();
    }
}
