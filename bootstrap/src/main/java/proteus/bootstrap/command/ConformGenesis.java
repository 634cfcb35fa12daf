package proteus.bootstrap.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.application.wire.BincodeForm;
import proteus.application.wire.IntegerWidth;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.Genesis;
import proteus.domain.network.Network;

/** {@code conform genesis}: do the genesis blocks agree with the real node's? */
@Command(
        name = "genesis",
        header = "Compare the genesis block of each network with the recorded one.",
        description = {
            "",
            "FILE has one JSON object a line: \"network\", the block in fixed-width bincode as \"block_bincode\", its "
                    + "\"hash\" and \"mutator_set_hash\"."
        })
final class ConformGenesis implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "JSON lines, plain or gzipped.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Conformity conformity = new Conformity("network");
        JsonLines.read(
                file,
                (number, line) -> {
                    String name = line.text("network");
                    conformity.line(name);
                    check(conformity, name, line);
                },
                conformity::unreadable);
        return conformity.report(spec.commandLine().getOut());
    }

    private static void check(Conformity conformity, String name, JsonObject line) throws IOException {
        Optional<Network> network = Network.parse(name);
        if (network.isEmpty()) {
            conformity.disagree(name, line.line(), "no such network");
            return;
        }
        byte[] bytes = line.bytes("block_bincode");
        Block block;
        try {
            block = BincodeForm.BLOCK.decode(bytes, IntegerWidth.FIXED);
        } catch (MalformedMessageException e) {
            conformity.disagree(name, line.line(), "block_bincode does not decode: " + e.getMessage());
            return;
        }
        Genesis genesis = Genesis.of(network.get());
        HexFormat hex = HexFormat.of();
        conformity.check(
                name,
                line.line(),
                "block_bincode",
                hex.formatHex(bytes),
                hex.formatHex(BincodeForm.BLOCK.encode(block, IntegerWidth.FIXED)));
        conformity.check(name, line.line(), "hash, computed", line.digest("hash"), BlockHash.of(block));
        conformity.check(name, line.line(), "hash, built in", line.digest("hash"), genesis.digest());
        conformity.check(name, line.line(), "header, built in", block.kernel().header(), genesis.header());
        conformity.check(name, line.line(), "witness, built in", BlockHash.witness(block), genesis.witness());
        conformity.check(
                name,
                line.line(),
                "mutator_set_hash: after the block",
                line.digest("mutator_set_hash"),
                block.kernel().body().mutatorSetAccumulator().hash());
    }
}
