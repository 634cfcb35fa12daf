/**
 * A whole node: the table of its peers, whom it lets in, whom it dials, and what an operator may ask of it.
 *
 * <p>Sockets, the store and time come in through ports; the program assembles them.
 */
package proteus.application.node;
