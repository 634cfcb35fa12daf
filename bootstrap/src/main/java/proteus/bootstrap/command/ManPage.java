package proteus.bootstrap.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of the program with all its commands, made from the same model as the help.
 *
 * <p>Picocli's own generator makes one page a command, and those in AsciiDoc, which only Asciidoctor turns into pages.
 */
final class ManPage {

    private final CommandSpec root;
    private final String version;
    private final Roff roff = new Roff();

    private ManPage(CommandSpec root, String version) {
        this.root = root;
        this.version = version;
    }

    /** The page of the program whose root command this is. */
    static String of(CommandSpec root, String version) {
        ManPage page = new ManPage(root, version);
        page.write();
        return page.roff.toString();
    }

    private void write() {
        UsageMessageSpec usage = root.usageMessage();
        roff.title(root.name().toUpperCase(Locale.ROOT), version, "User Commands");
        roff.section("NAME");
        roff.paragraphs(List.of(root.name() + " - "
                + String.join(" ", formatted(usage.header())).strip()));
        roff.section("SYNOPSIS");
        roff.bold(synopsis(root));
        roff.section("DESCRIPTION");
        roff.paragraphs(formatted(usage.description()));
        roff.section("OPTIONS");
        roff.paragraphs(List.of("Every command takes these, too:"));
        root.options().forEach(this::option);
        roff.section("COMMANDS");
        commandsBelow(root);
        roff.section("ENVIRONMENT");
        roff.item("PROTEUS_JAVA_OPTS", "More options for Java, such as -Xmx2g.");
        roff.item("PROTEUS_VECTORS", "off: a node hashes without the vectors of the processor.");
        roff.item(
                "PROTEUS_FLAG",
                "What --flag of a command that takes the flags of a node would say, in capitals and with _ for -.");
        roff.section("EXIT STATUS");
        exitCodes().forEach(roff::item);
        roff.section("EXAMPLES");
        footer(usage);
    }

    private void commandsBelow(CommandSpec parent) {
        for (CommandLine line : parent.subcommands().values()) {
            CommandSpec command = line.getCommandSpec();
            if (!command.usageMessage().hidden()) {
                command(command);
                commandsBelow(command);
            }
        }
    }

    private void command(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        roff.subsection(command.qualifiedName());
        roff.bold(synopsis(command));
        roff.paragraphs(formatted(usage.header()));
        roff.paragraphs(formatted(usage.description()));
        command.positionalParameters().forEach(parameter -> parameter(command, parameter));
        command.options().stream()
                .filter(option -> option.group() == null && !ofEveryCommand(option))
                .forEach(this::option);
        for (ArgGroupSpec group : command.argGroups()) {
            roff.paragraphs(formatted(group.heading()));
            group.args().stream()
                    .filter(OptionSpec.class::isInstance)
                    .map(OptionSpec.class::cast)
                    .forEach(this::option);
        }
        footer(usage);
    }

    /** Whether it is told once, under OPTIONS. */
    private static boolean ofEveryCommand(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }

    private void option(OptionSpec option) {
        if (!option.hidden()) {
            roff.item(String.join(", ", option.names()) + label(option.command(), option), said(option));
        }
    }

    private void parameter(CommandSpec command, PositionalParamSpec parameter) {
        if (!parameter.hidden()) {
            roff.item(label(command, parameter), said(parameter));
        }
    }

    private static String label(CommandSpec command, ArgSpec argument) {
        return help(command)
                .parameterLabelRenderer()
                .renderParameterLabel(argument, Ansi.OFF, List.of())
                .toString();
    }

    private static String said(ArgSpec argument) {
        // Picocli has read these as formats.
        return String.join("\n", argument.description());
    }

    private static String synopsis(CommandSpec command) {
        return String.join(" ", help(command).synopsis(0).strip().split("\\s+"));
    }

    private static Help help(CommandSpec command) {
        return new Help(command, Help.defaultColorScheme(Ansi.OFF));
    }

    /** Examples keep their lines, and what stands before them says what they are. */
    private void footer(UsageMessageSpec usage) {
        roff.paragraphs(formatted(usage.footerHeading()));
        List<String> examples = new ArrayList<>();
        for (String line : formatted(usage.footer())) {
            if (line.startsWith(" ")) {
                examples.add(line);
                continue;
            }
            example(examples);
            roff.paragraphs(List.of(line));
        }
        example(examples);
    }

    private void example(List<String> lines) {
        if (!lines.isEmpty()) {
            roff.example(lines);
            lines.clear();
        }
    }

    /** Those of all commands, each with what the first that has it says. */
    private Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        everything(root)
                .forEach(command -> command.usageMessage().exitCodeList().forEach(codes::putIfAbsent));
        return codes;
    }

    private static Stream<CommandSpec> everything(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .flatMap(ManPage::everything));
    }

    /** Picocli's texts are formats, in which lines may be broken and percent signs are doubled. */
    private static List<String> formatted(String... texts) {
        return Arrays.stream(texts)
                .flatMap(text -> String.format(Locale.ROOT, text).lines())
                .toList();
    }
}
