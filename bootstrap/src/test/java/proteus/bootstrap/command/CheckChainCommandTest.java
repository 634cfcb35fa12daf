package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.wire.BincodeForm;
import proteus.application.wire.IntegerWidth;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Claim;
import proteus.domain.block.Genesis;
import proteus.domain.consensus.Guesser;
import proteus.domain.consensus.MockProofs;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;

final class CheckChainCommandTest {

    private static final Path RECORDINGS = Path.of("..", "application/src/test/resources/recordings");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"legacy-session, 300", "legacy-sync-by-0.18.0, 358"})
    void theRecordedChainsAreValid(String recording, int blocks) {
        CommandLineRun run = CommandLineRun.of(
                "check-chain", RECORDINGS.resolve(recording + ".jsonl.gz").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains(blocks + " of " + blocks + " blocks are valid on regtest")
                .contains("the best of them: height " + blocks + ", ");
    }

    @Test
    void theFirstBadBlockIsNamedWithItsRule() throws IOException, MalformedMessageException {
        List<Block> blocks = firstBlocks(3);
        Block second = blocks.get(1);
        Block unproven = new Block(second.kernel(), new BlockProof.SingleProof(MockProofs.INVALID));
        BlockHeader parent = blocks.getFirst().kernel().header();
        blocks.set(
                1,
                Guesser.guess(new Network.RegTest(), parent, unproven, Digest.ZERO, 1_000_000)
                        .orElseThrow());

        CommandLineRun run = CommandLineRun.of("check-chain", "--network", "regtest", file(blocks));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("block 2, ").contains("is INVALID: it breaks 1.d ProofValidity");
        assertThat(run.out()).contains("1 of 3 blocks are valid on regtest");
    }

    @Test
    void aBlockOfAnotherNetworkHasNoParent() throws IOException, MalformedMessageException {
        CommandLineRun run = CommandLineRun.of("check-chain", "--network", "main", file(firstBlocks(1)));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("cannot be judged: its parent");
    }

    @Test
    void orderAndRepetitionDoNotMatter() throws IOException, MalformedMessageException {
        List<Block> blocks = firstBlocks(4);
        Collections.reverse(blocks);
        blocks.add(blocks.getFirst());
        blocks.add(Genesis.of(new Network.RegTest()).block());

        CommandLineRun run = CommandLineRun.of("check-chain", "--network", "regtest", file(blocks));

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("5 of 5 blocks are valid on regtest");
    }

    @Test
    void claimsAreReadFromAFile() throws IOException, MalformedMessageException {
        Claim claim = new Claim(Digest.ZERO, 8, BFieldElements.of(1, 2), BFieldElements.of(3));
        String hex = HexFormat.of().formatHex(BincodeForm.CLAIM.encode(claim, IntegerWidth.FIXED));
        Path good = Files.writeString(directory.resolve("claims"), "7 " + hex + "\n\n8 " + hex + "\n");
        Path bad = Files.writeString(directory.resolve("bad"), "7 " + hex + "\n8 " + hex.substring(2) + "\n");
        String blocks = file(firstBlocks(1));

        CommandLineRun run =
                CommandLineRun.of("check-chain", "--network", "regtest", "--claims", good.toString(), blocks);
        CommandLineRun damaged =
                CommandLineRun.of("check-chain", "--network", "regtest", "--claims", bad.toString(), blocks);

        // Five elements, a version, two counts with two elements and one.
        assertThat(hex).hasSize(2 * (40 + 4 + 8 + 16 + 8 + 8));
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(damaged.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(damaged.err()).contains("line 2").contains("not a height and a claim");
    }

    @Test
    void withoutAHandshakeTheNetworkMustBeNamed() throws IOException, MalformedMessageException {
        CommandLineRun run = CommandLineRun.of("check-chain", file(firstBlocks(1)));
        CommandLineRun unknown = CommandLineRun.of("check-chain", "--network", "moon", file(firstBlocks(1)));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("--network");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(unknown.err()).contains("no such network: moon");
    }

    @Test
    void linesThatHoldNoBlockAreNamed() throws IOException {
        for (String line : List.of("hello", "ff", "{\"block_bincode\":\"00\"}", "{\"t\":1}")) {
            Path file = Files.writeString(directory.resolve("lines"), "13\n" + line + "\n");
            CommandLineRun run = CommandLineRun.of("check-chain", "--network", "regtest", file.toString());

            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err()).contains("line 2");
        }
    }

    @Test
    void nothingToJudgeIsNoSuccess() throws IOException {
        Path file = Files.writeString(directory.resolve("lines"), "13\n");
        CommandLineRun run = CommandLineRun.of("check-chain", "--network", "regtest", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("0 of 0 blocks are valid");
    }

    private String file(List<Block> blocks) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Block block : blocks) {
            String hex = HexFormat.of().formatHex(BincodeForm.BLOCK.encode(block, IntegerWidth.FIXED));
            lines.append("{\"block_bincode\": \"").append(hex).append("\"}\n");
        }
        return Files.writeString(directory.resolve("blocks"), lines).toString();
    }

    private static List<Block> firstBlocks(int count) throws IOException, MalformedMessageException {
        List<Block> blocks = new ArrayList<>();
        Path recording = RECORDINGS.resolve("legacy-session.jsonl.gz");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(recording))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 0; blocks.size() < count; i++) {
                byte[] frame = JsonLines.parse(i, lines.get(i)).bytes("frame");
                if (PeerMessageCodec.decode(frame) instanceof PeerMessage.Block(var block)) {
                    blocks.add(block.toBlock());
                }
            }
        }
        return blocks;
    }
}
