package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.ProposalPolicy;
import proteus.application.port.Carrier;
import proteus.application.port.PeerTarget;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** Proteus and a real node mine on one chain. */
@SpeaksLegacy
@WithRealNode
final class MiningTogetherTest {

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    private static Map<String, Setup> overAll(RealNode real) {
        Map<String, Setup> setups = new LinkedHashMap<>();
        setups.put("legacy", Setup.OPEN.dialling(real.address()));
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
            PeerTarget target = GatewayConnectingTest.target(real.endpoint(carrier));
            setups.put(carrier.transport(), Setup.OPEN_LIBP2P.dialling(target));
        }
        return setups;
    }

    private static MiningSettings mining(boolean composes, boolean guesses) {
        MiningSettings usual = MiningSettings.DEFAULT;
        return new MiningSettings(
                composes, guesses, 1, usual.minimumGuesserFraction(), usual.receiver(), ProposalPolicy.OPEN);
    }

    private static void sameHeight(RealNode real, ProteusNode proteus, long height) throws Exception {
        Eventually.until("the real node is at height " + height, real.cli()::blockHeight, at -> at == height);
        Eventually.until(
                "Proteus is at height " + height,
                () -> proteus.node().tipHeader().height().value(),
                at -> at == height);
        assertThat(real.cli().run("tip-digest").text())
                .contains(proteus.node().tipDigest().toHex());
    }

    private static void nobodyIsPunished(RealNode real, ProteusNode proteus) throws Exception {
        assertThat(real.cli().punishedPeers()).isEmpty();
        assertThat(proteus.node().punishedPeers()).isEmpty();
    }

    @Test
    void blocksOfEitherAreAdoptedByTheOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        for (String over : new String[] {"legacy", "tcp", "quic"}) {
            try (RealNode real = RealNode.start(programs, directory.resolve("real-" + over));
                    ProteusNode proteus = ProteusNode.start(
                            directory.resolve(over), overAll(real).get(over))) {
                proteus.onlyPeer();

                // One after the other: a real node that is slow with the first loses some that are announced meanwhile.
                for (long height = 1; height <= 5; height++) {
                    proteus.node().mining().mine(1);
                    sameHeight(real, proteus, height);
                }
                real.cli().run("mine-blocks-to-wallet", "3");
                sameHeight(real, proteus, 8);
                assertThat(proteus.cli(programs)
                                .run("mine-blocks-to-wallet", "2")
                                .exitCode())
                        .isZero();
                sameHeight(real, proteus, 10);

                nobodyIsPunished(real, proteus);
            }
        }
        seen.says("legacy, tcp and quic: the real node adopts 5 blocks that Proteus mines, Proteus 3 of the real node, "
                + "and the real node 2 that neptune-cli mine-blocks-to-wallet orders of Proteus; nobody is punished");
    }

    @Test
    void proposalsOfEitherAreSolvedByTheOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real =
                        RealNode.start(programs, directory.resolve("guesser"), "--guess", "--guesser-threads", "1");
                ProteusNode proteus = ProteusNode.start(
                        directory.resolve("composes"), overAll(real).get("quic"), mining(true, false))) {
            Eventually.until("the real node guesses three", real.cli()::blockHeight, height -> height >= 3);
            Eventually.until(
                    "Proteus has them",
                    () -> proteus.node().tipHeader().height().value(),
                    height -> height >= 3);
            assertThat(proteus.onlyPeer().standing().score()).isNotNegative();
        }
        try (RealNode real = RealNode.start(programs, directory.resolve("composer"), "--compose");
                ProteusNode proteus = ProteusNode.start(
                        directory.resolve("guesses"), overAll(real).get("legacy"), mining(false, true))) {
            Eventually.until("the real node has three of Proteus", real.cli()::blockHeight, height -> height >= 3);
            assertThat(proteus.onlyPeer().standing().score()).isPositive();
        }
        seen.says(
                "a real node with --guess alone solves three proposals of a Proteus that composes alone, over quic; and "
                        + "Proteus, guessing alone, three of a real node with --compose alone, over legacy");
    }
}
