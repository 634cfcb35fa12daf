package proteus.adapters.persistence;

import java.time.Instant;
import proteus.application.port.Carrier;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/** One record for each number: standings, bans and address-book entries by turns. */
final class NumberedRecords {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private NumberedRecords() {}

    static void put(PeerStore store, int number) throws StoreException {
        switch (number % 3) {
            case 0 -> store.putStanding(ip(number), standing(number));
            case 1 -> store.putBan(ip(number), time(number));
            default -> store.putAddress(entry(number));
        }
    }

    static boolean isStanding(int number) {
        return number % 3 == 0;
    }

    static boolean isBan(int number) {
        return number % 3 == 1;
    }

    static IpAddress ip(int number) {
        return number % 2 == 0 ? new IpAddress.V4(number) : new IpAddress.V6(0x2001_0DB8_0000_0000L, number);
    }

    /** Bad for every 30th number, so that it is synced. */
    static PeerStanding standing(int number) {
        PeerStanding standing = PeerStanding.neutral(1000)
                .after(new NegativePeerSanction.ArchivalMutatorSetRequest(1 + number), time(number));
        return number % 30 == 0 ? standing.afterOperatorBan() : standing;
    }

    static Instant time(int number) {
        return START.plusMillis(number);
    }

    static AddressBookEntry entry(int number) {
        return new AddressBookEntry(
                new PeerAddress(ip(number), number & 0xFFFF), Carrier.LIBP2P_QUIC, START, time(number), number);
    }
}
