package proteus.adapters.libp2p.engine.swarm;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.ViolatedProtocol;
import proteus.adapters.libp2p.engine.identify.IdentifyFailedException;
import proteus.adapters.libp2p.engine.identify.IdentifyInfo;
import proteus.adapters.libp2p.engine.identify.IdentifyLimits;
import proteus.adapters.libp2p.engine.identify.IdentifyProtocol;
import proteus.adapters.libp2p.engine.identify.IdentifyReader;
import proteus.adapters.libp2p.engine.identify.IdentifyWriter;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.ping.PingProtocol;
import proteus.adapters.libp2p.engine.ping.PingResponder;

/** What every host does by itself: it tells who it is, asks others who they are, and answers pings. */
final class BuiltInProtocols {

    private static final System.Logger LOG = System.getLogger(BuiltInProtocols.class.getName());

    private final HostSettings settings;
    private final ProtocolTable protocols;
    private final Supplier<List<Multiaddr>> listenAddresses;
    private final IdentifyLimits limits;

    BuiltInProtocols(HostSettings settings, ProtocolTable protocols, Supplier<List<Multiaddr>> listenAddresses) {
        this.settings = settings;
        this.protocols = protocols;
        this.listenAddresses = listenAddresses;
        IdentifyLimits usual = IdentifyLimits.usual();
        this.limits = new IdentifyLimits(
                usual.messageBytes(),
                usual.messages(),
                usual.protocols(),
                usual.addresses(),
                usual.textBytes(),
                settings.timeouts().identify());
    }

    /** Serves all of them from now on. */
    void serve() {
        protocols.put(IdentifyProtocol.ID, this::tell, KeepAlive.NO);
        protocols.put(IdentifyProtocol.PUSH_ID, this::bePushed, KeepAlive.NO);
        protocols.put(
                PingProtocol.ID, stream -> stream.channel().pipeline().addLast(new PingResponder()), KeepAlive.NO);
    }

    private void tell(Stream stream) {
        stream.channel().pipeline().addLast(new IdentifyWriter(own(stream), patience()));
    }

    /** Tells {@code connection}'s remote what this host is now, if it listens to such. */
    void push(SwarmConnection connection) {
        if (connection
                .remoteInfo()
                .filter(info -> info.protocols().contains(IdentifyProtocol.PUSH_ID))
                .isEmpty()) {
            return;
        }
        Future<Stream> opening = connection.open(List.of(IdentifyProtocol.PUSH_ID), this::tell, KeepAlive.NO);
        opening.addListener(opened -> {
            if (!opened.isSuccess()) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        () -> "nothing pushed to " + connection.remotePeer() + ": " + opened.cause());
            }
        });
    }

    private IdentifyInfo own(Stream stream) {
        return new IdentifyInfo(
                Optional.of(settings.identity().publicKey()),
                settings.announced().apply(listenAddresses.get()),
                protocols.ids(),
                Optional.of(stream.connection().remoteAddress()),
                text(settings.protocolVersion()),
                text(settings.agentVersion()),
                Optional.empty());
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private Duration patience() {
        return settings.timeouts().identify();
    }

    /** Asks a new connection's remote who it is. */
    void identify(SwarmConnection connection) {
        // Not the promise that others wait for: when that is done, the connection must know what was heard.
        Promise<IdentifyInfo> heard = connection.newPromise();
        heard.addListener(_ -> {
            told(connection, heard, false);
            connection.identified(heard);
        });
        Future<Stream> opening = connection.open(
                List.of(IdentifyProtocol.ID),
                stream -> stream.channel()
                        .pipeline()
                        .addLast(IdentifyReader.ofAnswer(connection.remotePeer(), limits, heard)),
                KeepAlive.NO);
        opening.addListener(opened -> {
            if (!opened.isSuccess()) {
                heard.tryFailure(opened.cause());
            }
        });
    }

    private void bePushed(Stream stream) {
        SwarmConnection connection = ((SwarmStream) stream).connection();
        Promise<IdentifyInfo> heard = connection.newPromise();
        heard.addListener(_ -> told(connection, heard, true));
        stream.channel().pipeline().addLast(IdentifyReader.ofPush(connection.remotePeer(), limits, heard));
    }

    private static void told(SwarmConnection connection, Future<IdentifyInfo> heard, boolean pushed) {
        if (heard.isSuccess()) {
            IdentifyInfo info = connection.heard(heard.getNow());
            connection
                    .account()
                    .tell(new ProtocolEvent.Identified(
                            connection.id(),
                            connection.remotePeer(),
                            info.protocolVersion().orElse(""),
                            info.agentVersion().orElse(""),
                            info.protocols(),
                            pushed));
            return;
        }
        LOG.log(
                System.Logger.Level.DEBUG,
                "peer {0}: does not say who it is: {1}",
                connection.remoteAddress(),
                heard.cause());
        if (heard.cause() instanceof IdentifyFailedException failed && isViolation(failed.reason())) {
            connection
                    .account()
                    .tell(new ProtocolEvent.Violated(
                            connection.id(), ViolatedProtocol.IDENTIFY, ConnectionAccount.text(failed)));
        }
    }

    private static boolean isViolation(IdentifyFailedException.Reason reason) {
        return switch (reason) {
            case MALFORMED, WRONG_KEY -> true;
            case TIMED_OUT, CLOSED -> false;
        };
    }
}
