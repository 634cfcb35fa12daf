package proteus.bootstrap.assembly;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.TransferBlock;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;

/** Stands between diallers and a listener on 127.0.0.1 over the legacy stack, and notes which blocks the listener gives. */
final class BlockRelay implements AutoCloseable {

    private final ServerSocket server;
    private final PeerAddress target;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final List<Long> given = new ArrayList<>();
    private int mostToGive = Integer.MAX_VALUE;

    private BlockRelay(PeerAddress target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    /** A relay to the listener at {@code target}. */
    static BlockRelay to(PeerAddress target) throws IOException {
        return new BlockRelay(target);
    }

    /** Where diallers are to dial. */
    PeerAddress address() {
        return new PeerAddress(new IpAddress.V4(0x7F000001), server.getLocalPort());
    }

    /** The heights of the blocks that were given since the last {@link #forget}, in the order in which they were. */
    synchronized List<Long> given() {
        return List.copyOf(given);
    }

    /** Begins to count anew. */
    synchronized void forget() {
        given.clear();
    }

    /** From now on gives no more than so many blocks, until more are allowed; each connection then waits. */
    synchronized void giveAtMost(int blocks) {
        mostToGive = blocks;
        notifyAll();
    }

    private void accept() {
        try {
            while (true) {
                Socket dialler = server.accept();
                open.add(dialler);
                Thread.ofVirtual().start(() -> serve(dialler));
            }
        } catch (IOException closed) {
            // The end of the relay.
        }
    }

    /** The end of either direction is the end of both. */
    private void serve(Socket dialler) {
        try (dialler;
                Socket listener = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
            open.add(listener);
            Thread.ofVirtual().start(() -> passOn(dialler, listener));
            passOnBlocks(listener, dialler);
        } catch (IOException ended) {
            // The dialler sees a closed connection, as it would without a relay.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(dialler);
        }
    }

    private static void passOn(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Closing both is all that can be done about it.
        }
    }

    private void passOnBlocks(Socket from, Socket to) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(from.getInputStream());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream()));
        while (true) {
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            Optional<Long> height =
                    blockIn(payload).map(block -> block.header().height().value());
            if (height.isPresent()) {
                awaitLeave();
            }
            out.writeInt(payload.length);
            out.write(payload);
            out.flush();
            height.ifPresent(this::note);
        }
    }

    private static Optional<TransferBlock> blockIn(byte[] payload) {
        try {
            return switch (PeerMessageCodec.decode(payload)) {
                case PeerMessage.ValidatedBlock(var block) -> Optional.of(block.block());
                case PeerMessage.Block(var block) -> Optional.of(block);
                case PeerMessage _ -> Optional.empty();
            };
        } catch (MalformedMessageException unknown) {
            return Optional.empty();
        }
    }

    private synchronized void awaitLeave() throws InterruptedException {
        while (given.size() >= mostToGive) {
            wait();
        }
    }

    private synchronized void note(long height) {
        given.add(height);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Closeable socket : open) {
            socket.close();
        }
    }
}
