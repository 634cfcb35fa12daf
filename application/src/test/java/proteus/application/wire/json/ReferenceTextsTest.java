package proteus.application.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.samples.WireSamples;
import proteus.application.samples.WireSamples.Vector;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.BlockHeight;
import proteus.domain.field.U32Sequence;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;
import proteus.domain.peer.TransferConnectionStatus;
import proteus.domain.peer.TransferSyncBitMask;

/** What serde wrote is read, and written again to the byte. */
class ReferenceTextsTest {

    static List<Vector> vectors() {
        return WireSamples.vectors();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorIsTheMessageThatItsBincodeIs(Vector vector) throws MalformedMessageException {
        assertThat(PeerMessageJson.decode(vector.json())).isEqualTo(PeerMessageCodec.decode(vector.wire()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorIsWrittenToTheByte(Vector vector) throws MalformedMessageException {
        byte[] text = PeerMessageJson.encode(PeerMessageCodec.decode(vector.wire()));

        assertThat(new String(text, StandardCharsets.UTF_8))
                .isEqualTo(new String(vector.json(), StandardCharsets.UTF_8));
    }

    @Test
    void theVectorsCoverEveryKind() throws MalformedMessageException {
        Set<PeerMessageKind> seen = EnumSet.noneOf(PeerMessageKind.class);
        for (Vector vector : vectors()) {
            seen.add(PeerMessageJson.decode(vector.json()).kind());
        }

        assertThat(seen).containsExactlyInAnyOrder(PeerMessageKind.values());
    }

    @ParameterizedTest
    @CsvSource({"legacy-session", "legacy-sync-by-0.18.0"})
    void everyRecordedMessageIsReadAgainAsItself(String name) throws MalformedMessageException {
        for (byte[] frame : WireSamples.recordedFrames(name)) {
            PeerMessage message = PeerMessageCodec.decode(frame);

            assertThat(PeerMessageJson.decode(PeerMessageJson.encode(message))).isEqualTo(message);
        }
    }

    static Stream<Arguments> spelledOut() {
        return Stream.of(
                Arguments.of(new PeerMessage.Bye(), "\"Bye\""),
                Arguments.of(
                        new PeerMessage.BlockRequestByHeight(new BlockHeight(55_000)),
                        "{\"BlockRequestByHeight\":55000}"),
                Arguments.of(
                        new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Accepted()),
                        "{\"ConnectionStatus\":\"Accepted\"}"),
                Arguments.of(
                        refused(new ConnectionRefusedReason.Other(0)),
                        "{\"ConnectionStatus\":{\"Refused\":{\"Other\":0}}}"),
                Arguments.of(
                        refused(new ConnectionRefusedReason.MaxPeerNumberExceeded()),
                        "{\"ConnectionStatus\":{\"Refused\":\"MaxPeerNumberExceeded\"}}"),
                Arguments.of(
                        new PeerMessage.SyncCoverage(new TransferSyncBitMask(40, 70, U32Sequence.of(255, 1))),
                        "{\"SyncCoverage\":{\"lower_bound\":40,\"upper_bound\":70,\"limbs\":[255,1]}}"),
                Arguments.of(
                        peerList(new IpAddress.V4(0xCB007107)), "{\"PeerListResponse\":[[\"203.0.113.7:9798\",1]]}"),
                Arguments.of(
                        peerList(new IpAddress.V6(0x20010DB800000000L, 1)),
                        "{\"PeerListResponse\":[[\"[2001:db8::1]:9798\",1]]}"));
    }

    @ParameterizedTest
    @MethodSource("spelledOut")
    void aMessageHasTheTextThatTheReferenceSpellsOut(PeerMessage message, String text)
            throws MalformedMessageException {
        assertThat(new String(PeerMessageJson.encode(message), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(PeerMessageJson.decode(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(message);
    }

    private static PeerMessage refused(ConnectionRefusedReason reason) {
        return new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Refused(reason));
    }

    private static PeerMessage peerList(IpAddress ip) {
        return new PeerMessage.PeerListResponse(
                List.of(new PeerListEntry(new PeerAddress(ip, 9798), new InstanceId(0, 1))));
    }
}
