package proteus.adapters.libp2p.nativeprotocol;

import java.util.Optional;
import proteus.adapters.libp2p.nativeprotocol.proto.ChainMessages.EmptyMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.HandshakeExchange;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.HelloMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.NetworkMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.NodeMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.StatusMessage;
import proteus.adapters.libp2p.nativeprotocol.proto.SessionMessages.StatusMessage.Refusal;
import proteus.application.bridge.HandshakeExchange.Bye;
import proteus.application.bridge.HandshakeExchange.Hello;
import proteus.application.bridge.HandshakeExchange.Status;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.TransferConnectionStatus;

/** Who nodes are, and whether they take each other. */
final class NodeForm {

    private NodeForm() {}

    static HandshakeExchange of(proteus.application.bridge.HandshakeExchange exchange) {
        HandshakeExchange.Builder message = HandshakeExchange.newBuilder();
        return switch (exchange) {
            case Hello(MagicValue magic, HandshakeData data) ->
                message.setHello(HelloMessage.newBuilder()
                                .setMagic(Packed.of(magic.bytes()))
                                .setNode(of(data)))
                        .build();
            case Status(TransferConnectionStatus status) ->
                message.setStatus(of(status)).build();
            case Bye() -> message.setBye(EmptyMessage.getDefaultInstance()).build();
        };
    }

    static proteus.application.bridge.HandshakeExchange exchange(HandshakeExchange message) {
        return switch (message.getBodyCase()) {
            case HELLO ->
                new Hello(
                        new MagicValue(Packed.octets(message.getHello().getMagic())),
                        node(message.getHello().getNode()));
            case STATUS -> new Status(status(message.getStatus()));
            case BYE -> new Bye();
            case BODY_NOT_SET -> throw Unsurveyed.message();
        };
    }

    static NodeMessage of(HandshakeData data) {
        NodeMessage.Builder message = NodeMessage.newBuilder()
                .setTip(BlockForm.of(data.tipHeader()))
                .setNetwork(of(data.network()))
                .setInstanceId(
                        Packed.of(data.instanceId().high(), data.instanceId().low()))
                .setVersion(data.version())
                .setArchival(data.isArchivalNode())
                .setBootstrapper(data.isBootstrapperNode())
                .setSeconds(data.timestamp().seconds())
                .setNanos(data.timestamp().nanos())
                .setExtra(data.extraData());
        data.listenPort().ifPresent(message::setListenPort);
        return message.build();
    }

    static HandshakeData node(NodeMessage message) {
        return new HandshakeData(
                BlockForm.header(message.getTip()),
                message.hasListenPort() ? Optional.of(message.getListenPort()) : Optional.empty(),
                network(message.getNetwork()),
                new InstanceId(Packed.high(message.getInstanceId()), Packed.low(message.getInstanceId())),
                message.getVersion(),
                message.getArchival(),
                message.getBootstrapper(),
                new PeerTime(message.getSeconds(), message.getNanos()),
                message.getExtra());
    }

    private static NetworkMessage of(Network network) {
        NetworkMessage.Builder message = NetworkMessage.newBuilder();
        return switch (network) {
            case Network.Main() ->
                message.setMain(EmptyMessage.getDefaultInstance()).build();
            case Network.TestnetMock() ->
                message.setTestnetMock(EmptyMessage.getDefaultInstance()).build();
            case Network.RegTest() ->
                message.setRegtest(EmptyMessage.getDefaultInstance()).build();
            case Network.Testnet(int number) -> message.setTestnet(number).build();
        };
    }

    private static Network network(NetworkMessage message) {
        return switch (message.getNetworkCase()) {
            case MAIN -> new Network.Main();
            case TESTNET_MOCK -> new Network.TestnetMock();
            case REGTEST -> new Network.RegTest();
            case TESTNET -> new Network.Testnet(message.getTestnet());
            case NETWORK_NOT_SET -> throw Unsurveyed.message();
        };
    }

    private static StatusMessage of(TransferConnectionStatus status) {
        StatusMessage.Builder message = StatusMessage.newBuilder();
        return switch (status) {
            case TransferConnectionStatus.Accepted() ->
                message.setAccepted(EmptyMessage.getDefaultInstance()).build();
            case TransferConnectionStatus.Refused(ConnectionRefusedReason reason) ->
                switch (reason) {
                    case ConnectionRefusedReason.AlreadyConnected() ->
                        message.setRefused(Refusal.REFUSAL_ALREADY_CONNECTED).build();
                    case ConnectionRefusedReason.BadStanding() ->
                        message.setRefused(Refusal.REFUSAL_BAD_STANDING).build();
                    case ConnectionRefusedReason.IncompatibleVersion() ->
                        message.setRefused(Refusal.REFUSAL_INCOMPATIBLE_VERSION).build();
                    case ConnectionRefusedReason.MaxPeerNumberExceeded() ->
                        message.setRefused(Refusal.REFUSAL_NO_PLACE).build();
                    case ConnectionRefusedReason.SelfConnect() ->
                        message.setRefused(Refusal.REFUSAL_SELF_CONNECT).build();
                    case ConnectionRefusedReason.Other(int code) ->
                        message.setRefusedOtherwise(code).build();
                };
        };
    }

    private static TransferConnectionStatus status(StatusMessage message) {
        return switch (message.getStatusCase()) {
            case ACCEPTED -> new TransferConnectionStatus.Accepted();
            case REFUSED -> new TransferConnectionStatus.Refused(reason(message.getRefused()));
            case REFUSED_OTHERWISE ->
                new TransferConnectionStatus.Refused(new ConnectionRefusedReason.Other(message.getRefusedOtherwise()));
            case STATUS_NOT_SET -> throw Unsurveyed.message();
        };
    }

    private static ConnectionRefusedReason reason(Refusal refusal) {
        return switch (refusal) {
            case REFUSAL_ALREADY_CONNECTED -> new ConnectionRefusedReason.AlreadyConnected();
            case REFUSAL_BAD_STANDING -> new ConnectionRefusedReason.BadStanding();
            case REFUSAL_INCOMPATIBLE_VERSION -> new ConnectionRefusedReason.IncompatibleVersion();
            case REFUSAL_NO_PLACE -> new ConnectionRefusedReason.MaxPeerNumberExceeded();
            case REFUSAL_SELF_CONNECT -> new ConnectionRefusedReason.SelfConnect();
            case REFUSAL_UNSPECIFIED -> throw Unsurveyed.message();
        };
    }
}
