package proteus.application.request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.domain.peer.PeerId;

/** Who announced one object, and who was asked for it. For {@link PendingRequests}, which guards it. */
final class PendingRequest {

    private record Announcement(Announcer announcer, Instant at) {

        /** An inbound announcer of something that may not exist waits, so that an outbound one can come before it. */
        boolean isDue(Instant now) {
            return !announcer.inbound()
                    || announcer.verified()
                    || hasElapsed(at, PendingRequests.INBOUND_REQUEST_DELAY, now);
        }
    }

    private record InFlight(PeerId peer, Instant since) {}

    private final Duration timeout;
    private final List<InFlight> inFlight = new ArrayList<>(1);
    private final List<Announcement> announcers = new ArrayList<>(1);
    private boolean verified;

    PendingRequest(Duration timeout) {
        this.timeout = timeout;
    }

    /** When a clock went backwards nothing has elapsed. */
    private static boolean hasElapsed(Instant since, Duration duration, Instant now) {
        return Duration.between(since, now).compareTo(duration) >= 0;
    }

    boolean involves(PeerId peer) {
        return inFlight.stream().anyMatch(request -> request.peer.equals(peer))
                || announcers.stream()
                        .anyMatch(announcement -> announcement.announcer.peer().equals(peer));
    }

    /** Puts an announcer in the queue: outbound before inbound, and within each the first that came. */
    void announced(Announcer announcer, Instant now) {
        verified |= announcer.verified();
        int place = announcers.size();
        if (!announcer.inbound()) {
            place = 0;
            while (place < announcers.size() && !announcers.get(place).announcer.inbound()) {
                place++;
            }
        }
        announcers.add(place, new Announcement(announcer, now));
    }

    /** Forgets the requests that nobody answered in time, and gives those who were asked. */
    List<PeerId> dropStale(Instant now) {
        List<PeerId> stale = inFlight.stream()
                .filter(request -> hasElapsed(request.since, timeout, now))
                .map(InFlight::peer)
                .toList();
        inFlight.removeIf(request -> hasElapsed(request.since, timeout, now));
        return stale;
    }

    /** Who is to be asked next if one more may be asked now. Stale requests must have been dropped. */
    Optional<PeerId> next(Instant now) {
        if (!(inFlight.isEmpty() || isHedgeable(now)) || announcers.isEmpty()) {
            return Optional.empty();
        }
        Announcement first = announcers.getFirst();
        return first.isDue(now) ? Optional.of(first.announcer.peer()) : Optional.empty();
    }

    /** What surely exists is worth a second download when the first one takes long. */
    private boolean isHedgeable(Instant now) {
        return verified
                && inFlight.size() < PendingRequests.MAX_HEDGED_REQUESTS
                && hasElapsed(inFlight.getFirst().since, PendingRequests.HEDGE_DELAY, now);
    }

    /** The one that {@link #next} gave is asked. */
    void asked(Instant now) {
        Announcement first = announcers.removeFirst();
        inFlight.add(new InFlight(first.announcer.peer(), now));
    }

    List<PeerId> inFlight() {
        return inFlight.stream().map(InFlight::peer).toList();
    }

    List<PeerId> announcers() {
        return announcers.stream()
                .map(announcement -> announcement.announcer.peer())
                .toList();
    }

    void forget(PeerId peer) {
        inFlight.removeIf(request -> request.peer.equals(peer));
        announcers.removeIf(announcement -> announcement.announcer.peer().equals(peer));
    }

    boolean isOver() {
        return inFlight.isEmpty() && announcers.isEmpty();
    }
}
