/**
 * What a node is told at its start, from four places: flags, then environment variables, then a file, then defaults.
 *
 * <p>{@link proteus.bootstrap.config.Flags} is the one table of what can be said; every source is read by it. All sources
 * are read to the end and all that is wrong in them is reported at once ({@link
 * proteus.bootstrap.config.MisconfigurationException}); otherwise the result is one {@link
 * proteus.bootstrap.config.NodeConfiguration}. Nothing here looks at the process: the environment, the heap and the
 * resolver of names come in as a {@link proteus.bootstrap.config.Host}.
 *
 * <p>Names, meanings and ranges of the flags are upstream's where upstream has the flag: neptune-cash 0.19.4, {@code
 * cli_args.rs}.
 */
package proteus.bootstrap.config;
