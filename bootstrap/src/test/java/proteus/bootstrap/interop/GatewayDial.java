package proteus.bootstrap.interop;

import java.io.IOException;
import java.util.Optional;
import proteus.application.frame.FrameEncoding;
import proteus.application.port.PeerEndpoint;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.domain.peer.HandshakeData;

/**
 * Dials a node over libp2p on TCP, each time as somebody else.
 *
 * @param target where the node listens
 * @param form what is spoken on the gateway
 */
record GatewayDial(PeerEndpoint target, GatewayForm form) implements NonsenseTable.Dial {

    @Override
    public Talk from(String source, HandshakeData own) throws IOException {
        SourceRelay relay = SourceRelay.from(source, target);
        GatewayHost host = GatewayHost.speaking(form);
        try {
            GatewayPeer peer = host.dial(relay.address());
            peer.shakeHands(own);
            return new Dialled(relay, host, peer);
        } catch (IOException | AssertionError failed) {
            host.close();
            relay.close();
            throw failed;
        }
    }

    @Override
    public String attemptFrom(String source) throws IOException {
        try (SourceRelay relay = SourceRelay.from(source, target);
                GatewayHost host = GatewayHost.speaking(form)) {
            GatewayPeer peer = host.dial(relay.address());
            peer.sendFrame(HandshakeRecordCodec.encode(Handshakes.fresh()));
            int frames = 0;
            while (peer.readFrame().isPresent()) {
                frames++;
            }
            return frames == 0 ? "closed without a word" : "a record, closed";
        } catch (IOException refused) {
            return "closed without a word";
        }
    }

    private record Dialled(SourceRelay relay, GatewayHost host, GatewayPeer peer) implements Talk {

        @Override
        public FrameEncoding encoding() {
            return peer.encoding();
        }

        @Override
        public void sendRaw(byte... bytes) throws IOException {
            peer.sendRaw(bytes);
        }

        @Override
        public void sendFrame(byte... payload) throws IOException {
            peer.sendFrame(payload);
        }

        @Override
        public void endOutput() throws IOException {
            peer.endOutput();
        }

        @Override
        public Optional<byte[]> readFrame() throws IOException {
            return peer.readFrame();
        }

        @Override
        public void close() throws IOException {
            host.shutdown();
            relay.close();
        }
    }
}
