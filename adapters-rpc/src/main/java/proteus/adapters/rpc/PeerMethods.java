package proteus.adapters.rpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import proteus.adapters.rpc.value.Multiaddress;
import proteus.application.port.NodeControl;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerTarget;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerStanding;

/** Methods about peers, their standing, bans and dials. */
final class PeerMethods {

    private final NodeControl control;

    PeerMethods(NodeControl control) {
        this.control = control;
    }

    void addTo(MethodTable methods) {
        methods.put("peer_info", this::peerInfo);
        methods.put("all_punished_peers", this::allPunishedPeers);
        methods.put("clear_all_standings", this::clearAllStandings);
        methods.put("clear_standing_by_ip", this::clearStandingByIp);
        methods.put("ban", this::ban);
        methods.put("unban", this::unban);
        methods.put("unban_all", this::unbanAll);
        methods.put("dial", this::dial);
    }

    private Answer peerInfo(Arguments arguments) {
        List<ConnectedPeer> peers = control.peers();
        return Answer.of(json -> {
            json.writeStartArray();
            peers.forEach(peer -> PeerJson.writePeerInfo(json, peer));
            json.writeEndArray();
        });
    }

    private Answer allPunishedPeers(Arguments arguments) throws StoreException {
        Map<IpAddress, PeerStanding> standings = new TreeMap<>(control.punishedPeers());
        return Answer.of(json -> {
            json.writeStartObject();
            standings.forEach((ip, standing) -> {
                json.writeName(ip.toString());
                PeerJson.writeStanding(json, standing);
            });
            json.writeEndObject();
        });
    }

    private Answer clearAllStandings(Arguments arguments) throws StoreException {
        control.clearAllStandings();
        return Answer.nothing();
    }

    private Answer clearStandingByIp(Arguments arguments) throws CallException, StoreException {
        Optional<IpAddress> ip = Multiaddress.parseIp(arguments.text("ip"));
        control.clearStanding(ip.orElseThrow(() -> CallException.invalidInput("argument ip is no IP address")));
        return Answer.nothing();
    }

    private Answer ban(Arguments arguments) throws CallException, StoreException {
        control.ban(multiaddress(arguments, "ip").ip());
        return Answer.nothing();
    }

    private Answer unban(Arguments arguments) throws CallException, StoreException {
        control.unban(multiaddress(arguments, "ip").ip());
        return Answer.nothing();
    }

    private Answer unbanAll(Arguments arguments) throws StoreException {
        control.unbanAll();
        return Answer.nothing();
    }

    private Answer dial(Arguments arguments) throws CallException, StoreException {
        Optional<PeerTarget> target = PeerTarget.parse(arguments.text("address"));
        boolean begins = control.dial(target.orElseThrow(() -> CallException.failed("only addresses such as "
                + "/ip4/1.2.3.4/tcp/9801 and /ip4/1.2.3.4/udp/9800/quic-v1 can be dialled, with or without /p2p/ID")));
        if (!begins) {
            throw CallException.failed("too many dials are under way; try again later");
        }
        return Answer.nothing();
    }

    private static Multiaddress multiaddress(Arguments arguments, String name) throws CallException {
        return Multiaddress.parse(arguments.text(name))
                .orElseThrow(() -> CallException.failed("the address must start with /ip4/ or /ip6/ and an IP"));
    }
}
