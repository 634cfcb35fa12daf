package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.PeerAddress;

final class DiallerTest {

    private static final PeerAddress ADDRESS = Places.at(2);

    private final InMemoryPeerStore store = new InMemoryPeerStore();
    private final AddressBook book = new AddressBook(store, new ManualScheduler());

    /** Where each dial fails alike. */
    private record Failing(Cause cause) implements PeerTransport {

        @Override
        public Stack stack() {
            return Stack.LIBP2P;
        }

        @Override
        public PeerEndpoint listen(PeerEndpoint endpoint) {
            return endpoint;
        }

        @Override
        public PeerConnection dial(PeerEndpoint endpoint) throws DialFailedException {
            throw new DialFailedException(cause);
        }

        @Override
        public HeldDial hold(PeerEndpoint endpoint, PeerGate gate) throws DialFailedException {
            throw new DialFailedException(cause);
        }

        @Override
        public void stopListening() {}

        @Override
        public void stopAccepting() {}

        @Override
        public void close() {}
    }

    private int failuresAfter(Cause cause) throws Exception {
        book.answered(ADDRESS, Carrier.LIBP2P_TCP);
        Dialler dialler = new Dialler(_ -> Optional.of(new Failing(cause)), _ -> Optional.empty(), book);

        assertThatThrownBy(() -> dialler.dial(new PeerTarget(ADDRESS, PeerTarget.Protocol.EITHER)))
                .isInstanceOfSatisfying(
                        DialFailedException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(cause));

        return store.addressBook().stream().mapToInt(AddressBookEntry::failures).sum();
    }

    @Test
    void aDialThatFailsCountsAgainstItsAddress() throws Exception {
        assertThat(failuresAfter(new Cause.TimedOut("connecting"))).isEqualTo(1);
    }

    static List<Cause> nothingAmiss() {
        return List.of(
                new Cause.AlreadyConnected(),
                new Cause.RefusedByPeer(new ConnectionRefusedReason.AlreadyConnected()),
                new Cause.Stopped());
    }

    @ParameterizedTest
    @MethodSource("nothingAmiss")
    void whoIsConnectedOtherwiseHasNotFailed(Cause cause) throws Exception {
        assertThat(failuresAfter(cause)).isZero();
    }
}
