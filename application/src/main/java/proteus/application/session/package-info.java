/**
 * One session with one peer: its mailbox, its state, and a handler for each family of messages.
 *
 * <p>Handlers are told what the peer said and answer with what is to be done about it; the session does it. No handler
 * sends, punishes or closes by itself. Source of what they do: behaviour of neptune-cash 0.19.4, {@code peer_loop.rs}.
 */
package proteus.application.session;
