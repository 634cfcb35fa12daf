package proteus.bootstrap.command;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import proteus.bootstrap.assembly.ProcessNode;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.NodeLauncher;
import proteus.bootstrap.logging.ProgramLog;

/** Assembles the command line: the commands, and the manners that all of them share. */
public final class ProteusCommandLine {

    private ProteusCommandLine() {}

    /**
     * A command line ready to execute. Not thread-safe; one call to {@code execute} each.
     *
     * @return the root command with all its sub-commands
     */
    public static CommandLine create() {
        return create(Host.ofThisProcess(), ProgramLog.ofThisProcess(), new ProcessNode());
    }

    /**
     * The same with other surroundings.
     *
     * @param host what the process is given beside the command line
     * @param log the log that a node writes
     * @param launcher what runs a node
     * @return the root command with all its sub-commands
     */
    public static CommandLine create(Host host, ProgramLog log, NodeLauncher launcher) {
        CommandLine root = new CommandLine(new ProteusCommand());
        root.addSubcommand(new CommandLine(RunCommand.of(host, log, launcher)));
        addCommands(root, host, log);
        return withManners(root);
    }

    private static void addCommands(CommandLine root, Host host, ProgramLog log) {
        root.addSubcommand(new CommandLine(StatusCommand.of(host)));
        root.addSubcommand(new CommandLine(MineCommand.of(host)));
        root.addSubcommand(new CommandLine(StageCommand.of(host)));
        root.addSubcommand(new CommandLine(JournalCommand.of(host)));
        root.addSubcommand(new CommandLine(DashboardCommand.of(host)));
        root.addSubcommand(new CommandLine(LogLevelCommand.of(host)));
        root.addSubcommand(StoreCommand.of(host));
        root.addSubcommand(new CommandLine(CheckCommand.of(host)));
        root.addSubcommand(new DemoCommand(host, log));
        root.addSubcommand(PeerCommand.of(log));
        root.addSubcommand(new DecodeCommand());
        root.addSubcommand(new ConformCommand());
        root.addSubcommand(new CheckChainCommand());
        root.addSubcommand(new CompletionCommand());
        root.addSubcommand(new ManCommand());
        root.addSubcommand(new CommandLine.HelpCommand());
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
            describe(line.getCommandSpec());
        }
        line.getSubcommands().values().forEach(ProteusCommandLine::giveManners);
    }

    private static void describe(CommandSpec command) {
        Map<String, String> exitCodes = new LinkedHashMap<>();
        exitCodes.put(Integer.toString(ExitCode.OK), "done, and everything agrees");
        exitCodes.put(Integer.toString(ExitCode.FAILED), "something failed or disagrees; the message says what");
        exitCodes.put(
                Integer.toString(ExitCode.MISUSE), "the command line or the configuration is wrong; nothing was run");
        exitCodes.put(
                Integer.toString(ExitCode.OUT_OF_MEMORY), "memory ran out; PROTEUS_JAVA_OPTS sets how much there is");
        if (hasStore(command)) {
            exitCodes.put(Integer.toString(ExitCode.STORE_LOCKED), "the store is open in another process");
            exitCodes.put(
                    Integer.toString(ExitCode.STORE_OF_NEWER_VERSION),
                    "the store was written by a newer version of Proteus");
            exitCodes.put(Integer.toString(ExitCode.STORE_DAMAGED), "the store, or the backup, is damaged");
        }
        UsageMessageSpec usage = command.usageMessage();
        usage.synopsisHeading("Usage: ")
                .parameterListHeading("%nParameters:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes);
    }

    private static boolean hasStore(CommandSpec command) {
        return switch (command.userObject()) {
            case RunCommand _, StoreCommand _, StoreBackup _, StoreRestore _, CheckCommand _, JournalCommand _ -> true;
            default -> false;
        };
    }
}
