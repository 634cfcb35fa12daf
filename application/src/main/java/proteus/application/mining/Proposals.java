package proteus.application.mining;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import proteus.application.chain.ChainState;
import proteus.application.chain.TipChange;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockVerdict;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.NativeCurrencyAmount;

/**
 * The proposal that a node holds: one at most, its own or the best of its peers', for the block after the tip. A new tip
 * takes it away. Safe for use by many threads.
 */
public final class Proposals {

    private final ProposalPolicy policy;
    private final boolean open;
    private final boolean wanted;
    private final ChainState chain;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Proposal held;

    private Proposals(Network network, MiningSettings settings, ChainState chain) {
        this.policy = settings.policy();
        this.open = NetworkParameters.of(network).usesMockProofs();
        this.wanted = open && settings.guesses();
        this.chain = chain;
    }

    /** Who wants to know of a proposal that is held from now on. */
    @FunctionalInterface
    public interface Listener {

        /** Called on the thread that brought the proposal. Must return soon, and must not bring others. */
        void holds(Proposal proposal);
    }

    /** Nothing held yet. Follows {@code chain} from now on. */
    public static Proposals of(Network network, MiningSettings settings, ChainState chain) {
        Proposals proposals = new Proposals(network, settings, chain);
        chain.addListener(proposals::tipChanged);
        return proposals;
    }

    /** From now on {@code listener} is told of every proposal that is held. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** What the operator wants to become of proposals. */
    public ProposalPolicy policy() {
        return policy;
    }

    /** Whether proposals can be judged here: where proofs are real they cannot yet, so none is asked for or held. */
    public boolean areJudged() {
        return open;
    }

    /** Whether this node guesses, and so asks new peers at once for their proposal. */
    public boolean areWanted() {
        return wanted;
    }

    /** The proposal that is held. */
    public synchronized Optional<Proposal> held() {
        return Optional.ofNullable(held).filter(this::standsOnTip);
    }

    /** The chain shows a new tip before its listeners are told. */
    private boolean standsOnTip(Proposal proposal) {
        return proposal.parent().equals(chain.tip().digest());
    }

    private synchronized void tipChanged(TipChange change) {
        if (held != null && !held.parent().equals(change.chain().tip().digest())) {
            held = null;
        }
    }

    /** Holds none any more, since a block of what was held is not valid: its transaction may have become too old. */
    synchronized void forget() {
        held = null;
    }

    /** What a proposal is that a peer announces. */
    public Favourability of(BlockHeight height, NativeCurrencyAmount reward) {
        return Favourability.of(height.equals(chain.tip().header().height().next()), reward, held());
    }

    /** What a proposal is that a peer sent. */
    public Favourability of(Digest parent, NativeCurrencyAmount reward) {
        return Favourability.of(parent.equals(chain.tip().digest()), reward, held());
    }

    /**
     * The verdict on a proposal, on top of the tip. Waits for the work pool.
     *
     * @return empty if it does not stand on the tip, which may just have changed
     */
    public Optional<BlockVerdict> judge(HashedBlock proposal) throws InterruptedException {
        var tip = chain.snapshot().tipBlock();
        return proposal.header().prevBlockDigest().equals(tip.digest())
                ? Optional.of(chain.judgeProposal(tip, proposal))
                : Optional.empty();
    }

    /**
     * Holds a valid proposal, unless it does not stand on the tip or, of a peer, is no better than what is held. Where proofs
     * are real none is held.
     *
     * @return whether it is held now
     */
    public boolean offer(Proposal proposal) {
        if (!open) {
            return false;
        }
        synchronized (this) {
            boolean taken = switch (proposal.origin()) {
                case OWN -> standsOnTip(proposal);
                case FOREIGN -> of(proposal.parent(), proposal.reward()) == Favourability.BETTER;
            };
            if (!taken) {
                return false;
            }
            held = proposal;
        }
        listeners.forEach(listener -> listener.holds(proposal));
        return true;
    }
}
