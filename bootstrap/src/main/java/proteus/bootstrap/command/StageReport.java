package proteus.bootstrap.command;

import java.util.ArrayList;
import java.util.List;
import proteus.application.port.Carrier;
import proteus.application.port.ComparisonControl.Guard;
import proteus.application.port.MigrationControl.PeerStatus;
import proteus.application.port.MigrationControl.Status;
import proteus.application.port.MoveOutcome;
import proteus.application.port.PeerKey;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/** Shows how a migration stands. */
final class StageReport {

    /** What is said in place of a stage where none decides. */
    static final String CUSTOM = "no stage (stacks are used as --legacy and --libp2p say)";

    private static final String NOTHING = "-";
    private static final List<String> TITLES =
            List.of("PEER", "ADDRESS", "STACK", "STATE", "MOVES TODAY", "TRIES TODAY", "LAST OUTCOME", "NOT BEFORE");

    /** What is shown of a peer id: its ends, since most begin alike. */
    private static final int SHOWN_FIRST = 8;

    private static final int SHOWN_LAST = 8;

    private StageReport() {}

    /** The stage, or that none decides. */
    static String stage(Status status) {
        return status.custom() ? CUSTOM : status.rollout().stage().toString();
    }

    static List<String> lines(Status status, Guard guard) {
        List<String> lines = new ArrayList<>();
        boolean migrates = !status.custom() && status.rollout().stage() == Stage.MIGRATE;
        lines.add("Stage     " + stage(status));
        lines.add("Share     " + status.rollout().share() + " %"
                + (migrates ? " of the peers that have both stacks" : ", for the stage migrate"));
        lines.add("Sessions  legacy " + sessions(status, Stack.LEGACY) + ", libp2p " + sessions(status, Stack.LIBP2P));
        lines.add("Moved     " + status.movedByUs() + " of them to libp2p by this node");
        lines.add("Moving    " + status.moving() + " now");
        lines.add("Guard     " + guardText(guard));
        if (!status.peers().isEmpty()) {
            lines.add("");
            lines.addAll(table(status.peers()));
        }
        return lines;
    }

    private static String guardText(Guard guard) {
        return (guard.on() ? "on" : "off") + ", " + guard.peersTakenBack() + " sessions taken back"
                + guard.nodeTakenBack()
                        .map(time -> ", the node taken back " + JournalText.time(time))
                        .orElse("")
                + "; " + guard.verdict();
    }

    private static int sessions(Status status, Stack stack) {
        return status.sessions().getOrDefault(stack, 0);
    }

    private static List<String> table(List<PeerStatus> peers) {
        TextTable table = new TextTable();
        table.add(TITLES);
        for (PeerStatus peer : peers) {
            table.add(List.of(
                    shortened(peer.key()),
                    peer.address().toString(),
                    stack(peer.carrier()) + (peer.movedByUs() ? " (moved)" : ""),
                    peer.state(),
                    Integer.toString(peer.moves()),
                    Integer.toString(peer.attempts()),
                    peer.last().map(MoveOutcome::toString).orElse(NOTHING),
                    peer.notBefore().map(JournalText::time).orElse(NOTHING)));
        }
        return table.lines();
    }

    private static String shortened(PeerKey key) {
        return switch (key) {
            case PeerKey.OfPeerId(var id) -> {
                String text = id.toString();
                yield text.length() <= SHOWN_FIRST + SHOWN_LAST
                        ? text
                        : text.substring(0, SHOWN_FIRST) + "…" + text.substring(text.length() - SHOWN_LAST);
            }
            case PeerKey.OfAddress(var address) -> address.toString();
        };
    }

    private static String stack(Carrier carrier) {
        return switch (carrier) {
            case LEGACY_TCP -> "legacy";
            case LIBP2P_TCP -> "libp2p tcp";
            case LIBP2P_QUIC -> "libp2p quic";
        };
    }
}
