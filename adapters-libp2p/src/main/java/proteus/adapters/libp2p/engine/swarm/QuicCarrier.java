package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.security.tls.TlsProtocol;
import proteus.adapters.libp2p.engine.transport.quic.QuicAcceptor;
import proteus.adapters.libp2p.engine.transport.quic.QuicConnection;
import proteus.adapters.libp2p.engine.transport.quic.QuicTransport;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;

/** QUIC, which is secured and multiplexed by itself. */
final class QuicCarrier implements Carrier {

    private static final String NAME = "quic";

    private final QuicTransport transport;
    private final Establisher establisher;
    private final Admission admission;
    private final QuicUpkeep upkeep;
    private final InstantSource clock;

    QuicCarrier(
            QuicTransport transport,
            Establisher establisher,
            Admission admission,
            QuicUpkeep upkeep,
            InstantSource clock) {
        this.transport = transport;
        this.establisher = establisher;
        this.admission = admission;
        this.upkeep = upkeep;
        this.clock = clock;
    }

    @Override
    public boolean carries(Multiaddr address) {
        return address.quicAddress().isPresent();
    }

    @Override
    public ChannelFuture listen(Multiaddr address, BooleanSupplier accepting) {
        return transport.listen(address.quicAddress().orElseThrow(), new Acceptor(accepting));
    }

    @Override
    public Future<Void> stopListening(Channel listener) {
        return transport.closeUnlessCarrying(listener);
    }

    @Override
    public Future<Void> keep(Channel listener) {
        return transport.keep(listener);
    }

    @Override
    public Multiaddr addressOf(Channel listener) {
        return Multiaddr.ofQuic((InetSocketAddress) listener.localAddress());
    }

    @Override
    public Dial.Abort dial(ConnectionAccount account, Optional<PeerId> expected, Dial.Attempt attempt) {
        account.securing(TlsProtocol.ID);
        InboundStreams streams = new InboundStreams(establisher.protocols());
        Future<QuicConnection> dialling =
                transport.dial(account.address().quicAddress().orElseThrow(), expected, streams, dialled -> {
                    if (dialled.isSuccess()) {
                        establish(dialled.getNow(), account, streams, Optional.of(attempt));
                    } else {
                        Throwable cause = dialled.isCancelled() ? Establisher.cancelled() : dialled.cause();
                        account.failed(cause);
                        attempt.failed(cause);
                    }
                });
        return () -> {
            account.failed(Establisher.cancelled());
            var _ = dialling.cancel(false);
        };
    }

    /** The last step, on the event loop of the connection, before any stream of it. */
    private void establish(
            QuicConnection quic, ConnectionAccount account, InboundStreams streams, Optional<Dial.Attempt> attempt) {
        try {
            account.secured(quic.session(), quic.remoteAddress());
            Establisher.claim(attempt);
        } catch (RefusedException refused) {
            account.failed(refused);
            attempt.ifPresent(dialled -> dialled.failed(refused));
            var _ = quic.close();
            return;
        }
        Multiaddr local = upkeep.localAddress(quic);
        SwarmConnection connection =
                establisher.connection(account, quic.role(), NAME, quic.session(), local, quic.channel(), quic);
        streams.belongTo(connection);
        upkeep.watch(quic, connection);
        establisher.established(connection, attempt);
        upkeep.begin(quic, connection);
    }

    /** What one listener decides. On its event loop. */
    private final class Acceptor implements QuicAcceptor {

        private final BooleanSupplier accepting;
        private final PendingAccounts pending = new PendingAccounts();
        private final RefusedDiallers refused = new RefusedDiallers(clock);

        private Acceptor(BooleanSupplier accepting) {
            this.accepting = accepting;
        }

        @Override
        public boolean admits(InetSocketAddress remote) {
            if (refused.goesOn(remote)) {
                return false;
            }
            Optional<ConnectionAccount> account =
                    admission.accept(remote, Multiaddr.ofQuic(remote), accepting.getAsBoolean());
            account.ifPresentOrElse(
                    opened -> {
                        opened.securing(TlsProtocol.ID);
                        pending.add(remote, opened);
                    },
                    () -> refused.add(remote));
            return account.isPresent();
        }

        @Override
        public ChannelHandler secured(QuicConnection quic) {
            InboundStreams streams = new InboundStreams(establisher.protocols());
            Optional<ConnectionAccount> account = pending.take(quic.remoteAddress());
            if (account.isPresent()) {
                establish(quic, account.get(), streams, Optional.empty());
            } else {
                // It has changed its address on the way, which a libp2p peer has no reason to do.
                var _ = quic.close();
            }
            return streams;
        }

        @Override
        public void failed(InetSocketAddress remote, SecurityFailedException why) {
            pending.take(remote).ifPresent(account -> account.failed(why));
        }
    }
}
