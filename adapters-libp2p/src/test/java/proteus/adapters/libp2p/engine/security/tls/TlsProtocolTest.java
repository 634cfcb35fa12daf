package proteus.adapters.libp2p.engine.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

class TlsProtocolTest {

    private static final String YAMUX = "/yamux/1.0.0";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"));

    private final SecureRandom random = new SecureRandom();
    private final Identity alice = Identity.generate(random);
    private final Identity bob = Identity.generate(random);

    private TlsProtocol protocol(Identity identity, String... muxers) {
        return new TlsProtocol(identity, List.of(muxers), CLOCK, random);
    }

    private static RecordingUpgrader dialler(TlsProtocol protocol, PeerId expected) {
        return new RecordingUpgrader(protocol, Role.DIALLER, Optional.of(expected), Optional.empty());
    }

    private static RecordingUpgrader listener(TlsProtocol protocol) {
        return new RecordingUpgrader(protocol, Role.LISTENER, Optional.empty(), Optional.empty());
    }

    private static SslHandler ssl(Wire wire, Role role) {
        return (role == Role.DIALLER ? wire.dialler : wire.listener).pipeline().get(SslHandler.class);
    }

    @Test
    void provesBothIdentitiesAndAgreesOnTheMuxer() {
        RecordingUpgrader dialler = dialler(protocol(alice, YAMUX), bob.peerId());
        RecordingUpgrader listener = listener(protocol(bob, YAMUX));

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();

            assertThat(dialler.told)
                    .containsExactly(
                            new SecureSession("/tls/1.0.0", bob.publicKey(), bob.peerId(), Optional.of(YAMUX)));
            assertThat(listener.told)
                    .containsExactly(
                            new SecureSession("/tls/1.0.0", alice.publicKey(), alice.peerId(), Optional.of(YAMUX)));
            assertThat(ssl(wire, Role.DIALLER).engine().getSession().getProtocol())
                    .isEqualTo("TLSv1.3");
        }
    }

    @Test
    void carriesBytesBothWaysAfterTheSession() {
        RecordingUpgrader dialler =
                new RecordingUpgrader(protocol(alice), Role.DIALLER, Optional.empty(), Optional.of("from the dialler"));
        RecordingUpgrader listener =
                new RecordingUpgrader(protocol(bob), Role.LISTENER, Optional.empty(), Optional.of("from the listener"));

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();

            assertThat(dialler.told).containsExactly(dialler.session(), "from the listener");
            assertThat(listener.told).containsExactly(listener.session(), "from the dialler");
        }
    }

    @Test
    void leavesTheMuxerToMultistreamIfOneSideOffersNone() {
        RecordingUpgrader dialler = dialler(protocol(alice, YAMUX), bob.peerId());
        RecordingUpgrader listener = listener(protocol(bob));

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();

            assertThat(dialler.session().earlyMuxer()).isEmpty();
            assertThat(listener.session().earlyMuxer()).isEmpty();
        }
    }

    @Test
    void leavesTheMuxerToMultistreamIfNoneIsInCommon() {
        RecordingUpgrader dialler = dialler(protocol(alice, "/mplex/6.7.0"), bob.peerId());
        RecordingUpgrader listener = listener(protocol(bob, YAMUX));

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();

            assertThat(dialler.session().earlyMuxer()).isEmpty();
            assertThat(listener.session().earlyMuxer()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void takesARemoteThatSendsNoAlpn(Role ours) throws Exception {
        Libp2pCertificate certificate = Libp2pCertificate.create(bob, random);
        SslContext theirs = plain(ours == Role.DIALLER, certificate, ApplicationProtocolConfig.DISABLED);
        RecordingUpgrader own =
                new RecordingUpgrader(protocol(alice, YAMUX), ours, Optional.of(bob.peerId()), Optional.empty());

        try (Wire wire = wire(ours, own, theirs)) {
            wire.run();

            assertThat(own.session().remotePeer()).isEqualTo(bob.peerId());
            assertThat(own.session().earlyMuxer()).isEmpty();
        }
    }

    @Test
    void refusesAnotherPeerThanExpectedWithinTheHandshake() {
        PeerId somebody = Identity.generate(random).peerId();
        RecordingUpgrader dialler = dialler(protocol(alice), somebody);
        RecordingUpgrader listener = listener(protocol(bob));

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();

            assertThat(dialler.told).hasSize(1);
            assertThat(dialler.failure().reason()).isEqualTo(Reason.WRONG_PEER);
            assertThat(dialler.failure())
                    .hasMessageContaining(somebody.toString())
                    .hasMessageContaining(bob.peerId().toString());
            assertThat(listener.told).hasSize(1);
            assertThat(listener.failure()).hasMessageContaining("BAD_CERTIFICATE");
            assertThat(listener.failure().reason()).isEqualTo(Reason.UNAUTHENTIC);
        }
    }

    @Test
    void pinsThePeerOnTheListenersSideToo() {
        RecordingUpgrader dialler = dialler(protocol(alice), bob.peerId());
        RecordingUpgrader listener =
                new RecordingUpgrader(protocol(bob), Role.LISTENER, Optional.of(bob.peerId()), Optional.empty());

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();

            assertThat(listener.told).hasSize(1);
            assertThat(listener.failure().reason()).isEqualTo(Reason.WRONG_PEER);
        }
    }

    @Test
    void toldTheDiallerThatItWasRefusedThoughItsHandshakeWasDone() {
        RecordingUpgrader dialler = dialler(protocol(alice), bob.peerId());
        RecordingUpgrader listener =
                new RecordingUpgrader(protocol(bob), Role.LISTENER, Optional.of(bob.peerId()), Optional.empty());

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();

            assertThat(dialler.told).containsExactly(dialler.session(), dialler.failure());
            assertThat(dialler.failure().reason()).isEqualTo(Reason.UNAUTHENTIC);
        }
    }

    @Test
    void demandsACertificateOfTheDialler() throws Exception {
        RecordingUpgrader listener = listener(protocol(bob));
        SslContext nameless = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();

        try (Wire wire = wire(Role.LISTENER, listener, nameless)) {
            wire.run();

            assertThat(listener.told).hasSize(1);
            assertThat(listener.failure().reason()).isEqualTo(Reason.UNAUTHENTIC);
        }
    }

    @Test
    void refusesOlderVersionsOfTls() throws Exception {
        RecordingUpgrader listener = listener(protocol(bob));
        SslContext old = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.2")
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();

        try (Wire wire = wire(Role.LISTENER, listener, old)) {
            wire.run();

            assertThat(listener.failure().reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void refusesACertificateThatBreaksARule(Role ours) throws Exception {
        CertificateForge forge = new CertificateForge(bob)
                .issuer("300d310b300906035504060c0242" + "42")
                .libp2pExtensions(0);
        SslContext theirs = plain(ours == Role.DIALLER, forge);
        RecordingUpgrader own = new RecordingUpgrader(protocol(alice), ours, Optional.empty(), Optional.empty());

        try (Wire wire = wire(ours, own, theirs)) {
            wire.run();

            assertThat(own.told).hasSize(1);
            assertThat(own.failure().reason()).isEqualTo(Reason.UNAUTHENTIC);
            assertThat(own.failure()).hasMessageContaining("0 times");
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void takesACertificateWithoutAnIssuer(Role ours) throws Exception {
        SslContext theirs = plain(ours == Role.DIALLER, new CertificateForge(bob));
        RecordingUpgrader own =
                new RecordingUpgrader(protocol(alice), ours, Optional.of(bob.peerId()), Optional.empty());

        try (Wire wire = wire(ours, own, theirs)) {
            wire.run();

            assertThat(own.session().remotePeer()).isEqualTo(bob.peerId());
        }
    }

    @Test
    void saysMalformedOfBytesThatAreNoTls() {
        RecordingUpgrader listener = listener(protocol(bob));

        try (Wire wire = new Wire(new io.netty.channel.ChannelInboundHandlerAdapter(), listener)) {
            wire.listener.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", StandardCharsets.US_ASCII));
            wire.listener.runPendingTasks();

            assertThat(listener.told).hasSize(1);
            assertThat(listener.failure().reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void saysClosedOfAConnectionThatEndsTooEarly() {
        RecordingUpgrader listener = listener(protocol(bob));

        try (Wire wire = new Wire(new io.netty.channel.ChannelInboundHandlerAdapter(), listener)) {
            wire.listener.close();
            wire.listener.runPendingTasks();

            assertThat(listener.told).hasSize(1);
            assertThat(listener.failure().reason()).isEqualTo(Reason.CLOSED);
        }
    }

    @Test
    void saysResetOfAConnectionThatBreaks() {
        RecordingUpgrader listener = listener(protocol(bob));

        try (Wire wire = new Wire(new io.netty.channel.ChannelInboundHandlerAdapter(), listener)) {
            wire.listener.pipeline().fireExceptionCaught(new IOException("Connection reset"));
            wire.listener.runPendingTasks();

            assertThat(listener.told).hasSize(1);
            assertThat(listener.failure().reason()).isEqualTo(Reason.RESET);
        }
    }

    @Test
    void saysUnauthenticOfAChangedRecord() {
        RecordingUpgrader dialler = dialler(protocol(alice), bob.peerId());
        RecordingUpgrader listener = listener(protocol(bob));

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();
            wire.dialler.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8));
            ByteBuf record = wire.dialler.readOutbound();
            record.setByte(record.writerIndex() - 1, record.getByte(record.writerIndex() - 1) ^ 1);
            wire.listener.writeInbound(record);
            // BoringSSL answers with an alert at once, and Netty tells of it when the next bytes come.
            wire.dialler.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8));
            wire.run();

            assertThat(listener.told).containsExactly(listener.session(), listener.failure());
            assertThat(listener.failure().reason()).isEqualTo(Reason.UNAUTHENTIC);
        }
    }

    @Test
    void closesWhenTheRemoteHasClosed() {
        RecordingUpgrader dialler = dialler(protocol(alice), bob.peerId());
        RecordingUpgrader listener = listener(protocol(bob));

        try (Wire wire = new Wire(dialler, listener)) {
            wire.run();
            wire.dialler.close();
            wire.dialler.runPendingTasks();
            for (ByteBuf last = wire.dialler.readOutbound(); last != null; last = wire.dialler.readOutbound()) {
                wire.listener.writeInbound(last);
            }
            wire.listener.runPendingTasks();

            assertThat(wire.listener.isActive()).isFalse();
            assertThat(listener.told).containsExactly(listener.session());
        }
    }

    @Test
    void sendsNoServerNameAndNoTicket() {
        RecordingUpgrader dialler = dialler(protocol(alice, YAMUX), bob.peerId());
        RecordingUpgrader listener = listener(protocol(bob, YAMUX));

        try (Wire wire = new Wire(dialler, listener)) {
            ByteBuf hello = wire.dialler.readOutbound();
            byte[] sent = new byte[hello.readableBytes()];
            hello.getBytes(hello.readerIndex(), sent);
            wire.listener.writeInbound(hello);
            wire.listener.runPendingTasks();
            for (ByteBuf b = wire.listener.readOutbound(); b != null; b = wire.listener.readOutbound()) {
                wire.dialler.writeInbound(b);
            }
            wire.dialler.runPendingTasks();
            for (ByteBuf b = wire.dialler.readOutbound(); b != null; b = wire.dialler.readOutbound()) {
                wire.listener.writeInbound(b);
            }
            wire.listener.runPendingTasks();

            // Extensions are their number and length; ALPN is there, a server name is not, early data is not.
            List<Integer> extensions = ClientHello.extensions(sent);
            assertThat(extensions).contains(16, 43, 51).doesNotContain(0, 35, 41, 42);
            assertThat(listener.session().remotePeer()).isEqualTo(alice.peerId());
            // A ticket would go before the first bytes.
            wire.listener.writeAndFlush(Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII));
            ByteBuf first = wire.listener.readOutbound();
            assertThat(first.readableBytes())
                    .as("header, byte, its type and tag")
                    .isEqualTo(5 + 1 + 1 + 16);
            first.release();
        }
    }

    private static SslContext plain(boolean server, Libp2pCertificate own, ApplicationProtocolConfig alpn)
            throws Exception {
        SslContextBuilder builder = server
                ? SslContextBuilder.forServer(own.key(), own.certificate())
                : SslContextBuilder.forClient().keyManager(own.key(), own.certificate());
        return finish(builder, server).applicationProtocolConfig(alpn).build();
    }

    private static SslContext plain(boolean server, CertificateForge own) throws Exception {
        SslContextBuilder builder = server
                ? SslContextBuilder.forServer(new ForgedKey(own))
                : SslContextBuilder.forClient().keyManager(new ForgedKey(own));
        return finish(builder, server).build();
    }

    private static SslContextBuilder finish(SslContextBuilder builder, boolean server) {
        if (server) {
            builder.clientAuth(ClientAuth.REQUIRE);
        } else {
            builder.endpointIdentificationAlgorithm(null);
        }
        return builder.sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .trustManager(InsecureTrustManagerFactory.INSTANCE);
    }

    private static Wire wire(Role ours, ChannelHandler own, SslContext theirs) {
        ChannelHandler other = new ForeignTls(theirs);
        return ours == Role.DIALLER ? new Wire(own, other) : new Wire(other, own);
    }

    /** TLS as somebody else speaks it. */
    private static final class ForeignTls extends io.netty.channel.ChannelInboundHandlerAdapter {

        private final SslContext context;

        ForeignTls(SslContext context) {
            this.context = context;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.pipeline().addBefore(ctx.name(), null, context.newHandler(ctx.alloc()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // Its failure is expected; the test looks at ours.
        }
    }

    /** Shows a forged certificate; the JDK's own key managers refuse those without an issuer. */
    private static final class ForgedKey extends X509ExtendedKeyManager {

        private final PrivateKey key;
        private final X509Certificate certificate;

        ForgedKey(CertificateForge forge) {
            key = forge.privateKey();
            certificate = forge.forge();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"forged"};
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"forged"};
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return "forged";
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return "forged";
        }

        @Override
        public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
            return "forged";
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return keyType.startsWith("EC") ? "forged" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }

    /** Reads what the first message of a handshake says. */
    private static final class ClientHello {

        static List<Integer> extensions(byte[] record) {
            java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(record);
            in.position(5 + 4 + 2 + 32);
            in.position(in.position() + 1 + in.get(in.position()));
            in.position(in.position() + 2 + in.getShort(in.position()));
            in.position(in.position() + 1 + in.get(in.position()));
            int end = in.getShort() + in.position();
            List<Integer> found = new java.util.ArrayList<>();
            while (in.position() < end) {
                found.add((int) in.getShort());
                in.position(in.position() + 2 + in.getShort(in.position()));
            }
            assertThat(HexFormat.of().formatHex(record, 0, 1)).isEqualTo("16");
            return found;
        }
    }
}
