package proteus.adapters.libp2p.gateway;

import proteus.application.port.Carrier;

final class QuicGatewayConnectionTest extends GatewayConnectionContract {

    QuicGatewayConnectionTest() {
        super(Carrier.LIBP2P_QUIC, SessionProtocol.V2);
    }
}
