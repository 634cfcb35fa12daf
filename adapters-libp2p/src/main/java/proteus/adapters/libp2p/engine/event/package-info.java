/**
 * What the engine tells of itself: everything that one may want to count, log or show.
 *
 * <p>There is one method for one sealed type, {@link proteus.adapters.libp2p.engine.event.EngineListener#on}, and not a
 * method for each event. A listener that counts all, passes all on or guards another is then a few lines that no new
 * event can slip past; one that looks at some says so in a {@code switch}; and an event is a value that a test can keep
 * and compare. The price is an object for each event, which is nothing beside the connection or stream that it tells of.
 * Bytes are the exception: they move far more often than anything happens, so they come in batches through {@link
 * proteus.adapters.libp2p.engine.event.EngineListener#transferred}, as plain numbers.
 *
 * <p>Events are facts about the past. Who wants a say in what happens implements {@link
 * proteus.adapters.libp2p.engine.limits.ConnectionGate}.
 */
package proteus.adapters.libp2p.engine.event;
