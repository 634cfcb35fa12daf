package proteus.application.node;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.application.migration.MigratingNode;
import proteus.application.migration.MovableSession;
import proteus.application.node.ConnectedPeers.Member;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.PeerTransport;
import proteus.application.port.Rollout;
import proteus.application.port.RolloutRefusedException;
import proteus.application.port.Stack;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;

/**
 * The node as its migration sees it.
 *
 * @param reception who is connected
 * @param listeners the stacks
 * @param book what is remembered of addresses
 */
record NodeOfMigration(Reception reception, Listeners listeners, AddressBook book) implements MigratingNode {

    @Override
    public PeerGate gate() {
        return reception;
    }

    @Override
    public List<MovableSession> sessions() {
        return List.copyOf(reception.connectedPeers().all());
    }

    @Override
    public Optional<PeerTransport> dialling(Stack stack) {
        return listeners.dialling(stack);
    }

    @Override
    public boolean has(Stack stack) {
        return listeners.has(stack);
    }

    @Override
    public boolean uses(Stack stack) {
        return listeners.uses(stack);
    }

    @Override
    public void use(Rollout rollout) throws RolloutRefusedException {
        use(StackUses.of(rollout.stage()));
    }

    @Override
    public void useAsTold() throws RolloutRefusedException {
        use(reception.settings().stacks());
    }

    private void use(Map<Stack, StackUse> uses) throws RolloutRefusedException {
        try {
            listeners.use(uses);
        } catch (IOException taken) {
            throw new RolloutRefusedException(String.valueOf(taken.getMessage()));
        }
    }

    @Override
    public List<AddressBookEntry> addressBook() {
        return book.best();
    }

    @Override
    public long nextWord() {
        return reception.nextWord();
    }

    @Override
    public void answered(PeerEndpoint place) {
        book.answered(place.address(), place.carrier());
    }

    @Override
    public HandshakeVerdict judgeSuccessor(
            MovableSession session, HandshakeData own, HandshakeData theirs, PeerGate.Remote remote) {
        return session instanceof Member member
                ? reception.judgeSuccessor(member, own, theirs, remote)
                : reception.judge(own, theirs, remote);
    }
}
