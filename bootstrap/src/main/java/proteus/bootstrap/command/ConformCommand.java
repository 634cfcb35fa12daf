package proteus.bootstrap.command;

import picocli.CommandLine.Command;

/** {@code conform}: does this program agree with the real node's own bytes? */
@Command(
        name = "conform",
        header = "Compare this program with bytes and hashes that the real node made.",
        subcommands = {ConformMessages.class, ConformHashes.class, ConformGenesis.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus conform messages messages.jsonl",
            "  ./proteus conform hashes hashes.jsonl",
            "  ./proteus conform genesis genesis.jsonl",
            "",
            "Exit code 0 only if every line agrees, 1 if one does not or the file cannot be read."
        })
final class ConformCommand {}
