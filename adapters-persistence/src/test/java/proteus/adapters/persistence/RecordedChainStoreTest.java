package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.chain.BranchOutcome;
import proteus.application.chain.ChainState;
import proteus.application.chain.ChainState.Losers;
import proteus.application.contract.ChainStoreContract;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.wire.BincodeForm;
import proteus.application.wire.IntegerWidth;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;

/** The chain that a real node sent, kept: how long that takes and how much disk. */
final class RecordedChainStoreTest {

    private static final Network REGTEST = new Network.RegTest();
    private static final Pattern FRAME = Pattern.compile("\"frame\"\\s*:\\s*\"([0-9a-f]*)\"");

    /** Of what the blocks are on the wire; without headers that come twice it would be less. */
    private static final double MOST_OF_PLAIN = 1.25;

    @TempDir
    Path temp;

    @Test
    void aRecordedChainIsKeptInLittleMoreThanItsBytes() throws Exception {
        List<Block> blocks = blocks();
        long plain = 0;
        for (Block block : blocks) {
            plain += BincodeForm.BLOCK.encode(block, IntegerWidth.VARIABLE).length;
        }
        Path dir = temp.resolve("chain");
        long began = System.nanoTime();
        try (PlatformWorkPool pool = new PlatformWorkPool("recorded-", 2, 4);
                RocksDbChainStore store = RocksDbChainStore.open(dir);
                ChainState chain = ChainState.open(
                        REGTEST,
                        store,
                        new BlockValidation(REGTEST, KnownClaims.none()),
                        pool,
                        InstantSource.system())) {
            for (Block block : blocks) {
                assertThat(chain.submit(List.of(block), Losers.FORGET)).isInstanceOf(BranchOutcome.Adopted.class);
            }
            assertThat(chain.snapshot().height()).isEqualTo(new BlockHeight(blocks.size()));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long stored = bytes(dir, ".*\\.sst");
        System.out.printf(
                "%d recorded blocks: %d bytes of tables a block (%d on the wire), %d of all files; one by one, %.0f"
                        + " blocks/s%n",
                blocks.size(),
                stored / blocks.size(),
                plain / blocks.size(),
                bytes(dir, ".*") / blocks.size(),
                blocks.size() / seconds);

        assertThat(blocks).hasSize(300);
        assertThat(stored).isPositive().isLessThan((long) (MOST_OF_PLAIN * plain));
    }

    private static long bytes(Path dir, String name) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches(name))
                    .toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** The blocks of the recording, lowest first, each once. */
    private static List<Block> blocks() throws IOException, MalformedMessageException {
        Map<BlockHeight, Block> blocks = new TreeMap<>(Comparator.naturalOrder());
        try (InputStream file = Objects.requireNonNull(
                        ChainStoreContract.class.getResourceAsStream("/recordings/legacy-session.jsonl.gz"));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher frame = FRAME.matcher(line);
                if (frame.find()
                        && PeerMessageCodec.decode(HexFormat.of().parseHex(frame.group(1)))
                                instanceof PeerMessage.Block(var sent)) {
                    blocks.put(sent.header().height(), sent.toBlock());
                }
            }
        }
        return new ArrayList<>(blocks.values());
    }
}
