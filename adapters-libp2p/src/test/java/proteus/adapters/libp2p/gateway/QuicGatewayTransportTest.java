package proteus.adapters.libp2p.gateway;

import proteus.application.port.Carrier;

final class QuicGatewayTransportTest extends GatewayTransportContract {

    QuicGatewayTransportTest() {
        super(Carrier.LIBP2P_QUIC, SessionProtocol.V2);
    }
}
