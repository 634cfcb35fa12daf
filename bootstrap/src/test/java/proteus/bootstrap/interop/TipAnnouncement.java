package proteus.bootstrap.interop;

import proteus.application.chain.ChainTip;
import proteus.domain.block.Genesis;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.VersionGate;

/** Announcements of genesis. */
final class TipAnnouncement {

    private TipAnnouncement() {}

    /** The announcement in the form for a peer of this version. */
    static PeerMessage of(Genesis genesis, String version) {
        return new ChainTip(genesis.header(), genesis.digest(), genesis.witness())
                .announcementFor(VersionGate.of(Handshakes.withVersion(Handshakes.fresh(), version)));
    }
}
