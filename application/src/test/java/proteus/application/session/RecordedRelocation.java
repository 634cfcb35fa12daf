package proteus.application.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import proteus.application.contract.Await;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.domain.peer.ConnectionRefusedReason;

/** Keeps what it is told of a move, in words. */
final class RecordedRelocation implements Relocation {

    private final List<String> told = new CopyOnWriteArrayList<>();

    List<String> told() {
        return List.copyOf(told);
    }

    void await(String... what) {
        Await.until(() -> List.of(what) + "; told: " + told, () -> told.equals(List.of(what)));
    }

    @Override
    public void busy(String with) {
        told.add("busy with " + with);
    }

    @Override
    public void ready() {
        told.add("ready");
    }

    @Override
    public void left() {
        told.add("left");
    }

    @Override
    public void arrived() {
        told.add("arrived");
    }

    @Override
    public void refused(ConnectionRefusedReason reason) {
        told.add("refused");
    }

    @Override
    public void dropped(CloseCause cause) {
        told.add("dropped " + cause);
    }

    @Override
    public void ended(SessionEnd end) {
        told.add("ended " + end.reason());
    }
}
