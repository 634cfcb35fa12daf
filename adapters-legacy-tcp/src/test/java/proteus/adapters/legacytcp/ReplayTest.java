package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.PeerMessage;

/**
 * Sessions between real nodes, frame by frame, with this adapter in the place of either node: it understands every frame
 * that it gets, and what it sends is the same to the byte.
 */
@Timeout(120)
final class ReplayTest {

    private static final String SESSION = "legacy-session";
    private static final String SYNC_BY_0_18_0 = "legacy-sync-by-0.18.0";

    @ParameterizedTest
    @ValueSource(strings = {SESSION, SYNC_BY_0_18_0})
    void inTheListenersPlace(String name) throws Exception {
        Recording recording = Recording.named(name);
        try (TestNode node = new TestNode(TestNode.PATIENT, recording.listener());
                RawPeer dialler = RawPeer.dial(node.address())) {
            dialler.sendFrame(recording.frames().get(0).payload());
            assertThat(dialler.readFrame()).isEqualTo(recording.frames().get(1).payload());
            assertThat(dialler.readFrame()).isEqualTo(recording.frames().get(2).payload());

            PeerConnection connection = node.gate().awaitConnection();
            assertThat(connection.description().handshake()).isEqualTo(recording.dialler());
            replay(recording, connection, dialler, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SESSION, SYNC_BY_0_18_0})
    void inTheDiallersPlace(String name) throws Exception {
        Recording recording = Recording.named(name);
        try (TestNode node = new TestNode(TestNode.PATIENT, recording.dialler());
                RawListener server = new RawListener()) {
            CompletableFuture<PeerConnection> dial = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    dial.complete(node.transport().dial(TestNode.endpoint(server.address())));
                } catch (Exception failure) {
                    dial.completeExceptionally(failure);
                }
            });
            try (RawPeer listener = server.accept()) {
                assertThat(listener.readFrame())
                        .isEqualTo(recording.frames().get(0).payload());
                listener.sendFrame(recording.frames().get(1).payload());
                listener.sendFrame(recording.frames().get(2).payload());

                PeerConnection connection = dial.get();
                assertThat(connection.description().handshake()).isEqualTo(recording.listener());
                replay(recording, connection, listener, false);
            }
        }
    }

    private static void replay(Recording recording, PeerConnection connection, RawPeer other, boolean otherDialled)
            throws Exception {
        RecordedEvents events = new RecordedEvents();
        connection.open(events);
        List<PeerMessage> expected = new ArrayList<>();
        for (Recording.Frame frame : recording.conversation()) {
            if (frame.fromDialler() == otherDialled) {
                expected.add(frame.message());
                connection.request();
                other.sendFrame(frame.payload());
                assertThat(events.awaitMessages(expected.size()).getLast()).isEqualTo(expected.getLast());
            } else {
                connection.send(frame.message());
                assertThat(other.readFrame()).isEqualTo(frame.payload());
            }
        }

        assertThat(events.messages()).isEqualTo(expected);
        assertThat(connection.traffic().framesIn()).isEqualTo(expected.size());
        assertThat(connection.traffic().framesOut())
                .isEqualTo(recording.conversation().size() - expected.size());
        connection.request();
        other.endOutput();
        assertThat(events.awaitClosed().cause()).isEqualTo(CloseCause.REMOTE);
    }
}
