package proteus.bootstrap.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.application.wire.BincodeForm;
import proteus.application.wire.IntegerWidth;
import proteus.application.wire.MalformedMessageException;
import proteus.bootstrap.command.JsonLines.BadLineException;
import proteus.domain.block.Claim;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.network.Network;
import proteus.domain.transaction.Timestamp;

/** {@code check-chain}: are these blocks valid? */
@Command(
        name = "check-chain",
        header = "Judge recorded blocks from genesis on; name the first bad one and the rule that it breaks.",
        description = {
            "",
            "Reads the lines that decode reads, and takes the blocks out of the messages; or JSON objects with a block in "
                    + "fixed-width bincode as \"block_bincode\". Blocks may come twice and in any order."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus check-chain legacy-session.jsonl",
            "  ./proteus check-chain --network main --claims claims.txt blocks.jsonl",
            "",
            "Exit code 0 only if every block is valid. Where nothing can tell whether a proof is, the block is not verified, "
                    + "and the exit code 1."
        })
final class CheckChainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Lines to read, plain or gzipped; standard input if \"-\".")
    private Path file;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Whose rules apply (default: the network that the handshakes in FILE name).")
    private Optional<String> network = Optional.empty();

    @Option(
            names = "--claims",
            paramLabel = "FILE",
            description =
                    "Claims that are known to be true: on each line a height and a claim in fixed-width bincode as "
                            + "hex. Blocks with such a claim need no other proof.")
    private Optional<Path> claims = Optional.empty();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException {
        Optional<Network> named = network.map(this::parse);
        KnownClaims known = claims.isPresent() ? read(claims.get()) : KnownClaims.none();
        RecordedBlocks blocks = new RecordedBlocks();
        try (InputStream in = open()) {
            JsonLines.forEach(in, blocks::line);
        }
        Network rules = named.or(blocks::network)
                .orElseThrow(() -> new CommandFailedException(
                        "no handshake in the file names a network; give one with --network"));
        ChainReport report = new ChainReport(spec.commandLine().getOut(), rules, known);
        return report.judge(blocks.byHeight(), new Timestamp(clock.millis()));
    }

    private Network parse(String name) {
        return Network.parse(name)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "no such network: " + name));
    }

    private InputStream open() throws IOException {
        return JsonLines.unpacked(file.toString().equals("-") ? System.in : Files.newInputStream(file));
    }

    private static KnownClaims read(Path file) throws IOException {
        List<Claim> claims = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(JsonLines.unpacked(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    claims.add(claim(number, line.strip()));
                }
            }
        }
        return KnownClaims.of(claims);
    }

    private static Claim claim(int number, String line) throws BadLineException {
        String hex = line.substring(line.indexOf(' ') + 1);
        try {
            return BincodeForm.CLAIM.decode(HexFormat.of().parseHex(hex), IntegerWidth.FIXED);
        } catch (IllegalArgumentException | MalformedMessageException e) {
            throw new BadLineException(number, "not a height and a claim: " + e.getMessage());
        }
    }
}
