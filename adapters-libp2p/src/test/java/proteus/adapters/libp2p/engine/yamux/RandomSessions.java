package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import proteus.adapters.libp2p.engine.upgrade.Role;

/** Two sessions on one wire, and random things done with them. */
final class RandomSessions {

    private final long seed;
    private final SplittableRandom random;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final List<End> ends;

    RandomSessions(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.ends = List.of(new End(Role.DIALLER), new End(Role.LISTENER));
        ends.forEach(End::start);
    }

    private final class End {

        final Role role;
        final EmbeddedChannel channel = new EmbeddedChannel();
        final YamuxHandler muxer;
        final ByteBuf onTheWire = allocator.buffer();
        final Map<Integer, RandomStream> streams = new HashMap<>();

        End(Role role) {
            this.role = role;
            channel.freezeTime();
            channel.config().setAllocator(allocator);
            // Less than what can be in flight when a stream is reset would be abuse.
            YamuxSettings settings = YamuxSettings.defaults()
                    .with(new YamuxSettings.StreamLimits(8, 10, 10))
                    .with(new YamuxSettings.FlowControl(1 << 20, 2 << 20, random.nextInt(1, 70_000)))
                    .with(new YamuxSettings.AbuseLimits(1_000_000, 1_000_000, 1_000, 1_000, Duration.ofHours(1)));
            muxer = new YamuxHandler(role, settings, new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel stream) {
                    add((YamuxStreamChannel) stream);
                }
            });
        }

        void start() {
            channel.pipeline().addLast(muxer);
        }

        void add(YamuxStreamChannel stream) {
            RandomStream recorded = new RandomStream(stream, role, random.nextBoolean());
            streams.put(stream.streamId(), recorded);
            stream.pipeline().addLast(recorded);
        }

        void open() {
            muxer.openStream(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel stream) {
                    add((YamuxStreamChannel) stream);
                }
            });
        }

        void takeOutput() {
            channel.runPendingTasks();
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                onTheWire.writeBytes(part);
                part.release();
            }
        }
    }

    private End other(End end) {
        return ends.get(end == ends.get(0) ? 1 : 0);
    }

    void doSomething() {
        End end = ends.get(random.nextInt(2));
        int dice = random.nextInt(100);
        if (dice < 8) {
            end.open();
        } else if (dice < 55) {
            deliver(end, random.nextInt(1, 100_000));
        } else if (dice < 58) {
            ends.forEach(each -> each.channel.advanceTimeBy(5, TimeUnit.MILLISECONDS));
        } else {
            List<RandomStream> open =
                    end.streams.values().stream().filter(RandomStream::isOpen).toList();
            if (!open.isEmpty()) {
                open.get(random.nextInt(open.size())).doSomething(end.muxer, dice, random, allocator);
            }
        }
    }

    private void deliver(End from, int most) {
        from.takeOutput();
        ByteBuf wire = from.onTheWire;
        int bytes = Math.min(most, wire.readableBytes());
        if (bytes > 0) {
            ByteBuf piece = allocator.buffer(bytes).writeBytes(wire, bytes);
            wire.discardReadBytes();
            other(from).channel.writeInbound(piece);
        }
    }

    /** Delivers until nothing more comes. */
    void settle() {
        boolean idle;
        do {
            idle = true;
            for (End end : ends) {
                end.takeOutput();
                idle &= !end.onTheWire.isReadable();
                deliver(end, random.nextInt(1, 1_000_000));
            }
        } while (!idle);
        ends.forEach(end -> assertThat(end.channel.isOpen()).as("seed %d", seed).isTrue());
    }

    void assertCreditIsBalanced() {
        for (End end : ends) {
            end.streams.forEach((id, stream) -> {
                RandomStream twin = other(end).streams.get(id);
                if (twin != null
                        && stream.isOpen()
                        && twin.isOpen()
                        && !twin.channel().isFinReceived()) {
                    assertThat(stream.channel().credit())
                            .as("credit of stream %d, seed %d", id, seed)
                            .isEqualTo(twin.channel().window().credit());
                }
            });
        }
    }

    void endAllStreams() {
        for (End end : ends) {
            List<RandomStream> streams = new ArrayList<>(end.streams.values());
            streams.stream().filter(RandomStream::isOpen).forEach(RandomStream::end);
        }
    }

    void assertAllStreamsAreOver() {
        for (End end : ends) {
            assertThat(end.muxer.openStreams()).as("seed %d", seed).isZero();
            end.streams.forEach((id, stream) -> {
                RandomStream twin = other(end).streams.get(id);
                stream.assertIsOver(twin, "stream " + id + " of the " + end.role + ", seed " + seed);
            });
        }
    }

    void close() {
        for (End end : ends) {
            end.channel.finishAndReleaseAll();
            end.channel.checkException();
            end.onTheWire.release();
        }
    }

    void assertNothingIsHeld() {
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .as("bytes held, seed %d", seed)
                .isZero();
    }
}
