package proteus.adapters.libp2p.engine.security.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.security.tls.PeerTrust.PeerCheck;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.SecurityProtocol;

/**
 * {@code /tls/1.0.0}: TLS 1.3 in which both sides show a certificate that carries their identity.
 *
 * <p>No server name is sent, no session is resumed. Multiplexers are offered by ALPN before {@code libp2p}; a remote that
 * chooses none of them, or sends no ALPN at all, is asked by multistream-select later, as go and js do it. BoringSSL
 * orders the three cipher suites by what the processor does fastest.
 *
 * <p>How long a handshake may take is the upgrader's to bound. One certificate serves an instance for its lifetime.
 */
public final class TlsProtocol implements SecurityProtocol {

    /** The protocol id. */
    public static final String ID = "/tls/1.0.0";

    /** What a handshake chooses that leaves the multiplexer to multistream-select. */
    static final String NO_MUXER = "libp2p";

    private final List<String> muxers;
    private final PeerTrust trust;
    private final SslContext dialler;
    private final SslContext listener;

    /**
     * A protocol that proves to be {@code identity}.
     *
     * @param muxers the protocol ids of the multiplexers to offer in the handshake, the best first; may be empty
     * @param clock says whether certificates are valid
     * @param random makes the key of the certificate
     */
    public TlsProtocol(Identity identity, List<String> muxers, InstantSource clock, SecureRandom random) {
        this.muxers = List.copyOf(muxers);
        trust = new PeerTrust(new CertificateRules(clock));
        Libp2pCertificate own = Libp2pCertificate.create(identity, random);
        try {
            dialler = configured(SslContextBuilder.forClient()
                    .keyManager(own.key(), own.certificate())
                    .endpointIdentificationAlgorithm(null));
            listener = configured(
                    SslContextBuilder.forServer(own.key(), own.certificate()).clientAuth(ClientAuth.REQUIRE));
        } catch (SSLException missing) {
            throw new IllegalStateException("this machine has no TLS 1.3 by BoringSSL", missing);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void secure(ChannelHandlerContext upgrader, Role role, Optional<PeerId> expected) {
        ChannelPipeline pipeline = upgrader.pipeline();
        SslContext context = switch (role) {
            case DIALLER -> dialler;
            case LISTENER -> listener;
        };
        SslHandler tls = context.newHandler(upgrader.alloc());
        tls.setHandshakeTimeoutMillis(0);
        refuseResumption(tls.engine());
        PeerCheck check = trust.watch(tls.engine(), expected);
        pipeline.addBefore(upgrader.name(), null, tls);
        pipeline.addBefore(upgrader.name(), null, new TlsOutcome(tls, check, muxers));
    }

    private SslContext configured(SslContextBuilder builder) throws SSLException {
        List<String> offers = new ArrayList<>(muxers);
        offers.add(NO_MUXER);
        return builder.sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .trustManager(trust)
                .option(OpenSslContextOption.GROUPS, new String[] {"x25519", "secp256r1", "secp384r1"})
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        offers))
                .build();
    }

    // Resumption would skip the certificates. Netty switches tickets of TLS 1.3 by a system property only, so each
    // connection is told. Sessions of diallers have no address here, by which Netty would keep them.
    private static void refuseResumption(SSLEngine engine) {
        SSL.setOptions(((ReferenceCountedOpenSslEngine) engine).sslPointer(), SSL.SSL_OP_NO_TICKET);
    }
}
