package proteus.bootstrap.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.application.wire.BincodeForm;
import proteus.application.wire.IntegerWidth;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.block.Block;
import proteus.domain.block.BlockEncoding;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.Difficulty;
import proteus.domain.block.ProofOfWork;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;
import proteus.domain.hash.Tip5;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.transaction.TransactionEncoding;
import proteus.domain.transaction.TransactionHash;
import proteus.domain.transaction.TransactionKernel;

/** {@code conform hashes}: do hashes, encodings and accumulators agree with the real node's? */
@Command(
        name = "hashes",
        header = "Compute each recorded hash again and compare.",
        description = {
            "",
            "FILE has one JSON object a line, whose \"kind\" is tip5_hash_varlen, tip5_hash_pair, merkle_root, mmr, block, "
                    + "transaction_kernel or difficulty."
        })
final class ConformHashes implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "JSON lines, plain or gzipped.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        Conformity conformity = new Conformity("kind");
        JsonLines.read(
                file,
                (number, line) -> {
                    String kind = line.text("kind");
                    conformity.line(kind);
                    check(conformity, kind, line);
                },
                conformity::unreadable);
        return conformity.report(spec.commandLine().getOut());
    }

    private static void check(Conformity conformity, String kind, JsonObject line) throws IOException {
        Checks checks = new Checks(conformity, kind, line);
        try {
            switch (kind) {
                case "tip5_hash_varlen" -> checks.digest("digest", hash(BFieldElements.of(line.numbers("input"))));
                case "tip5_hash_pair" ->
                    checks.digest("digest", Tip5.hashPair(line.digest("left"), line.digest("right")));
                case "merkle_root" ->
                    checks.digest("root", MerkleTree.of(line.digests("leafs")).root());
                case "mmr" -> checkMmr(checks, line);
                case "block" -> checkBlock(checks, line);
                case "transaction_kernel" -> checkKernel(checks, line);
                case "difficulty" -> checkDifficulty(checks, line);
                default -> checks.disagree("unknown kind of line");
            }
        } catch (MalformedMessageException e) {
            checks.disagree("does not decode: " + e.getMessage());
        }
    }

    private static void checkMmr(Checks checks, JsonObject line) throws IOException {
        MmrAccumulator accumulator = new MmrAccumulator(0, List.of());
        for (Digest leaf : line.digests("leafs")) {
            accumulator = accumulator.append(leaf).orElseThrow().accumulator();
        }
        checks.equal("peaks", line.digests("peaks"), accumulator.peaks());
        checks.digest("bagged", accumulator.bag());
        var appended = accumulator.append(line.digest("appended")).orElseThrow();
        checks.equal(
                "peaks_after",
                line.digests("peaks_after"),
                appended.accumulator().peaks());
        checks.equal(
                "appended_path",
                line.digests("appended_path"),
                appended.membershipProof().authenticationPath());
    }

    private static void checkBlock(Checks checks, JsonObject line) throws IOException, MalformedMessageException {
        byte[] bytes = line.bytes("transfer_block");
        var transferBlock = BincodeForm.TRANSFER_BLOCK.decode(bytes, IntegerWidth.FIXED);
        Block block = transferBlock.toBlock();
        TransactionKernel kernel = block.kernel().body().transactionKernel();
        checks.bytes("transfer_block", BincodeForm.TRANSFER_BLOCK.encode(transferBlock, IntegerWidth.FIXED));
        checks.digest("hash", BlockHash.of(block));
        checks.digest("kernel_mast_hash", BlockHash.ofKernel(block.kernel()));
        checks.digest("header_mast_hash", BlockHash.ofHeader(block.kernel().header()));
        checks.digest("body_mast_hash", BlockHash.ofBody(block.kernel().body()));
        checks.digest("transaction_kernel_mast_hash", TransactionHash.of(kernel));
        checks.digest("txid", TransactionHash.id(kernel).digest());
        checks.digest(
                "mutator_set_hash",
                block.kernel().body().mutatorSetAccumulator().hash());
        checks.elements(
                "header_encoded",
                writer -> BlockEncoding.write(writer, block.kernel().header()));
        checks.digest(
                "witness_hash",
                BlockHash.of(new BlockHeaderWithBlockHashWitness(block.kernel().header(), BlockHash.witness(block))));
    }

    private static void checkKernel(Checks checks, JsonObject line) throws IOException, MalformedMessageException {
        TransactionKernel kernel = BincodeForm.TRANSACTION_KERNEL.decode(line.bytes("bincode"), IntegerWidth.FIXED);
        checks.bytes("bincode", BincodeForm.TRANSACTION_KERNEL.encode(kernel, IntegerWidth.FIXED));
        checks.digest("mast_hash", TransactionHash.of(kernel));
        checks.elements("encoded", writer -> TransactionEncoding.write(writer, kernel));
    }

    private static void checkDifficulty(Checks checks, JsonObject line) throws IOException, MalformedMessageException {
        Difficulty difficulty = BincodeForm.DIFFICULTY.decode(line.bytes("difficulty"), IntegerWidth.FIXED);
        ProofOfWork work = BincodeForm.PROOF_OF_WORK.decode(line.bytes("pow"), IntegerWidth.FIXED);
        checks.digest("target", difficulty.target());
        checks.bytes(
                "pow_plus_difficulty", BincodeForm.PROOF_OF_WORK.encode(work.plus(difficulty), IntegerWidth.FIXED));
    }

    private static Digest hash(BFieldElements elements) {
        return new FieldWriter().bare(elements).hash();
    }

    /** The checks of one line. */
    private record Checks(Conformity conformity, String kind, JsonObject line) {

        void digest(String member, Digest computed) throws IOException {
            equal(member, line.digest(member), computed);
        }

        void bytes(String member, byte[] computed) throws IOException {
            equal(
                    member,
                    HexFormat.of().formatHex(line.bytes(member)),
                    HexFormat.of().formatHex(computed));
        }

        void elements(String member, FieldWriter.Encoding encoding) throws IOException {
            FieldWriter writer = new FieldWriter();
            encoding.write(writer);
            equal(member, BFieldElements.of(line.numbers(member)), writer.toElements());
        }

        void equal(String member, Object recorded, Object computed) {
            conformity.check(kind, line.line(), member, recorded, computed);
        }

        void disagree(String problem) {
            conformity.disagree(kind, line.line(), problem);
        }
    }
}
