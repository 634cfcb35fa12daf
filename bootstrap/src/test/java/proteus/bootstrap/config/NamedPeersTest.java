package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTarget.Protocol;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

class NamedPeersTest {

    private static final String ID = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
    private static final String OTHER_ID = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";

    private static PeerTarget target(String address, Protocol protocol) {
        return new PeerTarget(PeerAddress.parse(address).orElseThrow(), protocol);
    }

    @ParameterizedTest
    @CsvSource({
        "both,   both",
        "dial,   dial",
        "both,   accept",
        "dial,   off",
        "off,    both",
        "accept, dial",
    })
    void aPeerThatMaySpeakEitherStaysSoForTheStackThatDoesNotDialMayDoSoLater(String legacy, String libp2p)
            throws MisconfigurationException {
        assertThat(Said.regtest("legacy", legacy, "libp2p", libp2p, "peer", "203.0.113.7:9801")
                        .node()
                        .peers())
                .containsExactly(target("203.0.113.7:9801", Protocol.EITHER));
    }

    @Test
    void aPeerThatSpeaksOneProtocolIsNotTouched() throws MisconfigurationException {
        assertThat(Said.regtest("libp2p", "off", "peer", "203.0.113.7:9798")
                        .node()
                        .peers())
                .containsExactly(target("203.0.113.7:9798", Protocol.LEGACY));
        assertThat(Said.regtest("legacy", "accept", "peer", "/ip4/203.0.113.7/udp/9800/quic-v1")
                        .node()
                        .peers())
                .containsExactly(target("203.0.113.7:9800", Protocol.QUIC));
        assertThat(Said.regtest("legacy", "off", "peer", "/ip4/203.0.113.7/tcp/9801/p2p/" + ID)
                        .node()
                        .peers())
                .containsExactly(new PeerTarget(
                        PeerAddress.parse("203.0.113.7:9801").orElseThrow(), Protocol.LIBP2P, PeerId.parse(ID)));
    }

    @ParameterizedTest
    @CsvSource({
        "accept, both,   203.0.113.7:9798,                                   legacy, --legacy is accept",
        "off,    dial,   legacy:peer.example:1,                              legacy, --legacy is off",
        "both,   off,    /ip4/203.0.113.7/udp/9800/quic-v1,                  libp2p, --libp2p is off",
        "dial,   accept, /dns/peer.example/tcp/9801/p2p/" + ID + ",          libp2p, --libp2p is accept",
    })
    void aPeerWhoseStackDoesNotDialIsAnError(String legacy, String libp2p, String peer, String stack, String mode) {
        assertThat(Said.problems("legacy", legacy, "libp2p", libp2p, "peer", peer))
                .containsExactly("--peer: '" + peer + "' needs the " + stack + " stack to dial, and " + mode
                        + "; make it dial or both");
    }

    @Test
    void aPeerThatMaySpeakEitherIsAnErrorIfNoStackDials() {
        assertThat(Said.problems(
                        Said.host("PROTEUS_PEER", "203.0.113.7:9801", "PROTEUS_LEGACY", "off"), "libp2p", "accept"))
                .containsExactly(
                        "PROTEUS_PEER: '203.0.113.7:9801' needs a stack that dials, and --libp2p is accept and "
                                + "PROTEUS_LEGACY is off; make one of them dial or both");
    }

    @Test
    void aPeerOfAStackThatTheProgramDoesNotHaveIsAnErrorAndAllOthersAreDialledOverTheOther()
            throws MisconfigurationException {
        assertThat(Said.problems(Said.hostWithoutLegacy(), "peer", "203.0.113.7:9798", "peer", "legacy:peer.example:1"))
                .containsExactly(
                        "--peer: '203.0.113.7:9798' needs the legacy stack, which this build does not have",
                        "--peer: 'legacy:peer.example:1' needs the legacy stack, which this build does not have");
        assertThat(Said.problems(Said.hostWithoutLegacy(), "libp2p", "accept", "peer", "203.0.113.7:9801"))
                .containsExactly("--peer: '203.0.113.7:9801' needs the libp2p stack to dial, and --libp2p is accept; "
                        + "make it dial or both");
        assertThat(Said.regtest(Said.hostWithoutLegacy(), "peer", "203.0.113.7:9801")
                        .node()
                        .peers())
                .containsExactly(target("203.0.113.7:9801", Protocol.LIBP2P));
    }

    @Test
    void onePeerCannotBeSpokenToInTwoWays() {
        assertThat(Said.problems("peer", "203.0.113.7:9801", "peer", "legacy:203.0.113.7:9801"))
                .containsExactly("--peer: 203.0.113.7:9801 is named twice, to speak EITHER and LEGACY with it");
        assertThat(Said.problems("peer", "/ip4/203.0.113.7/udp/9801/quic-v1", "peer", "203.0.113.7:9801"))
                .containsExactly("--peer: 203.0.113.7:9801 is named twice, to speak QUIC and EITHER with it");
    }

    @Test
    void twoNamesThatComeToTheSameAreOnePeer() throws MisconfigurationException {
        assertThat(Said.regtest("peer", "legacy:203.0.113.9:9801", "peer", "legacy:peer.example:9801")
                        .node()
                        .peers())
                .containsExactly(target("203.0.113.9:9801", Protocol.LEGACY));
        assertThat(Said.regtest("peer", "/dns/peer.example/tcp/1/p2p/" + ID, "peer", "/ip4/203.0.113.9/tcp/1/p2p/" + ID)
                        .node()
                        .peers())
                .hasSize(1);
    }

    @Test
    void twoIdentitiesCannotBeExpectedAtOneAddress() {
        String place = "/ip4/203.0.113.7/tcp/9801";

        assertThat(Said.problems("peer", place + "/p2p/" + ID, "peer", place + "/p2p/" + OTHER_ID))
                .containsExactly(
                        "--peer: 203.0.113.7:9801 is named twice, to find " + ID + " and " + OTHER_ID + " there");
        assertThat(Said.problems("peer", place, "peer", place + "/p2p/" + ID))
                .containsExactly("--peer: 203.0.113.7:9801 is named twice, to find anybody and " + ID + " there");
    }

    @Test
    void onePeerMayBeNamedAtTwoAddresses() throws MisconfigurationException {
        assertThat(Said.regtest(
                                "peer",
                                "/ip4/203.0.113.7/tcp/9801/p2p/" + ID,
                                "peer",
                                "/ip4/203.0.113.7/udp/9800/quic-v1/p2p/" + ID)
                        .node()
                        .peers())
                .extracting(PeerTarget::expected)
                .containsExactly(PeerId.parse(ID), PeerId.parse(ID))
                .doesNotContain(Optional.empty());
    }

    @Test
    void whereEveryStackDialsEachFormIsTakenInItsOrder() throws MisconfigurationException {
        assertThat(NamedPeers.read(
                        List.of(
                                "legacy:peer.example:1",
                                "203.0.113.7:9801",
                                "/ip4/203.0.113.7/udp/9800/quic-v1",
                                "203.0.113.7:9801"),
                        "--join",
                        Said.host()))
                .containsExactly(
                        target("203.0.113.9:1", Protocol.LEGACY),
                        target("203.0.113.7:9801", Protocol.EITHER),
                        target("203.0.113.7:9800", Protocol.QUIC));
    }

    @Test
    void whatIsWrongIsSaidOfTheOptionThatNamedIt() {
        assertThat(catchThrowableOfType(
                                MisconfigurationException.class,
                                () -> NamedPeers.read(
                                        List.of("203.0.113.7", "legacy:nobody.example:1"), "--join", Said.host()))
                        .problems())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("--join: '203.0.113.7' lacks a port"),
                        second -> assertThat(second).startsWith("--join: the host 'nobody.example' is not known here"));
    }
}
