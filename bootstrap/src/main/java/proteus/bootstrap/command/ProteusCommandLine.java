package proteus.bootstrap.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Assembles the command line: the commands, and the manners that all of them share. */
public final class ProteusCommandLine {

    private ProteusCommandLine() {}

    /**
     * A command line ready to execute. Not thread-safe; one call to {@code execute} each.
     *
     * @return the root command with all its sub-commands
     */
    public static CommandLine create() {
        return withManners(new CommandLine(new ProteusCommand()));
    }

    /** Gives a root command and all below it the manners of this program. */
    static CommandLine withManners(CommandLine root) {
        // Both handlers and the width reach every sub-command, so they are set after all are there.
        root.setParameterExceptionHandler(new MisuseHandler());
        root.setExecutionExceptionHandler(new FailureHandler());
        root.setUsageHelpAutoWidth(true);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        giveManners(root);
        return root;
    }

    private static void giveManners(CommandLine line) {
        boolean isHelp = line.getCommand() instanceof CommandLine.HelpCommand;
        if (!isHelp) {
            line.getCommandSpec().mixinStandardHelpOptions(true);
            line.getCommandSpec().versionProvider(new ProgramVersion());
            describe(line.getCommandSpec().usageMessage());
        }
        line.getSubcommands().values().forEach(ProteusCommandLine::giveManners);
    }

    private static void describe(UsageMessageSpec usage) {
        Map<String, String> exitCodes = new LinkedHashMap<>();
        exitCodes.put(Integer.toString(ExitCode.OK), "done, and everything agrees");
        exitCodes.put(Integer.toString(ExitCode.FAILED), "something failed or disagrees; the message says what");
        exitCodes.put(Integer.toString(ExitCode.MISUSE), "the command line is wrong; nothing was run");
        exitCodes.put(
                Integer.toString(ExitCode.OUT_OF_MEMORY), "memory ran out; PROTEUS_JAVA_OPTS sets how much there is");
        usage.synopsisHeading("Usage: ")
                .parameterListHeading("%nParameters:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes);
    }
}
