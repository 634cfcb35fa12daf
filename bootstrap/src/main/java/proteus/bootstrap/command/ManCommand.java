package proteus.bootstrap.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import proteus.bootstrap.config.Build;

/** {@code man}: prints the manual page of this program. */
@Command(
        name = "man",
        header = "Print the manual page, with all commands and flags.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus man | man -l -                                 to read it now",
            "  ./proteus man > ~/.local/share/man/man1/proteus.1        for each man to come"
        })
final class ManCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(ManPage.of(spec.root(), "Proteus " + Build.read().version()));
        spec.commandLine().getOut().flush();
    }
}
