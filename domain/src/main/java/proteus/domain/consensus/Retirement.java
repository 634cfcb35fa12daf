package proteus.domain.consensus;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import proteus.domain.field.BFieldElements;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.Timestamp;

/**
 * Until when a transaction may be mined, if one of its announcements says so.
 *
 * <p>Source: neptune-consensus 0.19.4; protocol page "consensus", section 6.
 */
public final class Retirement {

    private static final int LENGTH = 3;
    private static final long FIRST = 0x4D43_4D58_5858_56L;
    private static final long SECOND = 0xDA3C_C817_5EE1_7580L;

    private Retirement() {}

    /** The earliest time after which a transaction with these announcements is retired; empty if it never is. */
    public static Optional<Timestamp> of(List<Announcement> announcements) {
        return announcements.stream()
                .map(Announcement::message)
                .filter(Retirement::isRetirement)
                .map(message -> new Timestamp(message.at(2)))
                .min(Comparator.naturalOrder());
    }

    /** The announcement that retires a transaction after {@code last}. */
    public static Announcement announcement(Timestamp last) {
        return new Announcement(BFieldElements.of(FIRST, SECOND, last.millis()));
    }

    private static boolean isRetirement(BFieldElements message) {
        return message.size() == LENGTH && message.at(0) == FIRST && message.at(1) == SECOND;
    }
}
