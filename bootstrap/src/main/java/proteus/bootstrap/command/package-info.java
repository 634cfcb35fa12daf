/**
 * The command line: one class per command, and what all of them share.
 *
 * <p>A new command is a package-private class with {@code @Command} that implements {@code Callable<Integer>}, and one
 * line in {@link proteus.bootstrap.command.ProteusCommandLine}. Its exit code is one of
 * {@link proteus.bootstrap.command.ExitCode}. It prints to {@code spec.commandLine().getOut()}, throws
 * {@link proteus.bootstrap.command.CommandFailedException} for what went wrong outside the program, and
 * {@code picocli.CommandLine.ParameterException} for what the caller can mend on the command line.
 */
package proteus.bootstrap.command;
