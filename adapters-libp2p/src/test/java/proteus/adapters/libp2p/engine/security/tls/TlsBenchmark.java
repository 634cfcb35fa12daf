package proteus.adapters.libp2p.engine.security.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.upgrade.Role;

/**
 * 64 KiB through the TLS of two channels, sealed and opened; beside it, as many bytes sealed and opened by the JDK's
 * AES-GCM alone, in records of 16 KiB. Sixteen operations of a millisecond are 1 GiB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TlsBenchmark {

    private static final int CHUNK = 64 << 10;
    private static final int RECORD = 16 << 10;
    private static final int TAG = 16;

    /** Whether the plain bytes are outside the heap. */
    @Param({"true", "false"})
    public boolean direct;

    private Wire wire;
    private long received;
    private Cipher cipher;
    private SecretKeySpec key;
    private long nonce;
    private ByteBuffer plain;
    private ByteBuffer sealed;
    private ByteBuffer opened;

    @Setup
    public void shakeHands() throws Exception {
        SecureRandom random = new SecureRandom();
        TlsProtocol alice = new TlsProtocol(Identity.generate(random), List.of(), InstantSource.system(), random);
        TlsProtocol bob = new TlsProtocol(Identity.generate(random), List.of(), InstantSource.system(), random);
        wire = new Wire(new Counting(alice, Role.DIALLER), new Counting(bob, Role.LISTENER));
        wire.run();

        cipher = Cipher.getInstance("AES/GCM/NoPadding");
        key = new SecretKeySpec(new byte[16], "AES");
        plain = buffer(RECORD);
        sealed = buffer(RECORD + TAG);
        opened = buffer(RECORD + TAG);
    }

    private ByteBuffer buffer(int size) {
        return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    @TearDown
    public void close() {
        wire.close();
    }

    @Benchmark
    public long tls() {
        ByteBuf bytes = direct
                ? wire.dialler.alloc().directBuffer(CHUNK)
                : wire.dialler.alloc().heapBuffer(CHUNK);
        wire.dialler.writeOutbound(bytes.writerIndex(CHUNK));
        for (ByteBuf record = wire.dialler.readOutbound(); record != null; record = wire.dialler.readOutbound()) {
            wire.listener.writeInbound(record);
        }
        return received;
    }

    @Benchmark
    public int aesGcm() throws Exception {
        int total = 0;
        for (int i = 0; i < CHUNK / RECORD; i++) {
            GCMParameterSpec spec = new GCMParameterSpec(
                    TAG * 8, ByteBuffer.allocate(12).putLong(4, nonce++).array());
            cipher.init(Cipher.ENCRYPT_MODE, key, spec);
            cipher.doFinal(plain.clear(), sealed.clear());
            cipher.init(Cipher.DECRYPT_MODE, key, spec);
            total += cipher.doFinal(sealed.flip(), opened.clear());
        }
        return total;
    }

    /** Counts plain bytes. */
    private final class Counting extends ChannelInboundHandlerAdapter {

        private final TlsProtocol protocol;
        private final Role role;

        Counting(TlsProtocol protocol, Role role) {
            this.protocol = protocol;
            this.role = role;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            protocol.secure(ctx, role, Optional.empty());
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            received += bytes.readableBytes();
            bytes.release();
        }
    }
}
