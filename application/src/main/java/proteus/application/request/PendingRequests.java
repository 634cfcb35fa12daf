package proteus.application.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.peer.PeerId;

/**
 * The announced objects of all peers that this node wants and does not have. Every peer announces each new object; here is
 * seen to that it is normally fetched once, from the best announcer, and from the next one when that does not answer.
 *
 * <p>A peer can be involved in {@link #MAX_PENDING_PER_PEER} objects at most, so that none can make this grow without
 * bound. Safe for use by many threads. Source: neptune-cash 0.19.4, {@code pending_requests.rs}; protocol page
 * "behaviour", section 2.4.
 */
public final class PendingRequests {

    /** How long a request for a block or a block proposal counts as pending. */
    public static final Duration BLOCK_REQUEST_TIMEOUT = Duration.ofSeconds(15);

    /** How long an inbound announcer waits to be asked for what its announcement does not prove to exist. */
    public static final Duration INBOUND_REQUEST_DELAY = Duration.ofSeconds(2);

    /** How long a request for what surely exists goes unanswered before somebody else is asked too. */
    public static final Duration HEDGE_DELAY = Duration.ofSeconds(2);

    static final int MAX_HEDGED_REQUESTS = 2;
    static final int MAX_IN_FLIGHT_PER_PEER = 20;
    static final int MAX_PENDING_PER_PEER = 200;

    private final Map<AnnouncedObject, PendingRequest> requests = new HashMap<>();
    private final Map<PeerId, Load> loads = new HashMap<>();

    /** What one peer is involved in. */
    private static final class Load {
        private int inFlight;
        private int pending;
        private int stalls;
    }

    /** What is due on one peer's account. */
    public record Due(List<AnnouncedObject> toRequest, int stalls) {}

    /**
     * A peer announced an object.
     *
     * @return whether to ask that peer for it now, which then counts as done; if not, {@link #due} gives it when the
     *     peer's turn has come, unless the peer announced too many objects, or this one already
     */
    public synchronized boolean announced(AnnouncedObject object, Announcer announcer, Instant now) {
        Load load = loads.computeIfAbsent(announcer.peer(), _ -> new Load());
        if (load.pending >= MAX_PENDING_PER_PEER) {
            return false;
        }
        PendingRequest request =
                requests.computeIfAbsent(object, wanted -> new PendingRequest(wanted.requestTimeout()));
        if (request.involves(announcer.peer())) {
            return false;
        }
        load.pending++;
        request.announced(announcer, now);
        dropStale(request, now);
        return ask(request, announcer.peer(), now);
    }

    /** What {@code peer} is to be asked for now, and how often it has not answered since this was asked last. */
    public synchronized Due due(PeerId peer, Instant now) {
        List<AnnouncedObject> toRequest = new ArrayList<>();
        Iterator<Map.Entry<AnnouncedObject, PendingRequest>> all =
                requests.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<AnnouncedObject, PendingRequest> entry = all.next();
            dropStale(entry.getValue(), now);
            if (entry.getValue().isOver()) {
                all.remove();
            } else if (ask(entry.getValue(), peer, now)) {
                toRequest.add(entry.getKey());
            }
        }
        return new Due(List.copyOf(toRequest), takeStalls(peer));
    }

    private int takeStalls(PeerId peer) {
        Load load = loads.get(peer);
        if (load == null) {
            return 0;
        }
        int stalls = load.stalls;
        load.stalls = 0;
        return stalls;
    }

    /** What {@code peer} was asked for and has not given yet, and nobody waits too long for. */
    public synchronized List<AnnouncedObject> asked(PeerId peer) {
        return requests.entrySet().stream()
                .filter(entry -> entry.getValue().inFlight().contains(peer))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The object is here, or nobody wants it any more. */
    public synchronized void resolve(AnnouncedObject object) {
        Optional.ofNullable(requests.remove(object)).ifPresent(request -> {
            request.inFlight().forEach(this::notInFlight);
            request.announcers().forEach(this::notPending);
        });
    }

    /** The peer is gone; others take over what it was asked for. */
    public synchronized void forget(PeerId peer) {
        loads.remove(peer);
        requests.values().removeIf(request -> {
            request.forget(peer);
            return request.isOver();
        });
    }

    private boolean ask(PendingRequest request, PeerId peer, Instant now) {
        Load load = loads.get(peer);
        if (load == null
                || load.inFlight >= MAX_IN_FLIGHT_PER_PEER
                || !request.next(now).equals(Optional.of(peer))) {
            return false;
        }
        request.asked(now);
        load.inFlight++;
        return true;
    }

    private void dropStale(PendingRequest request, Instant now) {
        for (PeerId silent : request.dropStale(now)) {
            notInFlight(silent);
            loads.computeIfAbsent(silent, _ -> new Load()).stalls++;
        }
    }

    private void notInFlight(PeerId peer) {
        Optional.ofNullable(loads.get(peer)).ifPresent(load -> load.inFlight--);
        notPending(peer);
    }

    private void notPending(PeerId peer) {
        Optional.ofNullable(loads.get(peer)).ifPresent(load -> load.pending--);
    }
}
