package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
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

/**
 * 64 KiB, less what a message has around it, encrypted and decrypted again, by the handlers and, beside them, by the bare
 * cipher on arrays.
 *
 * <p>The handlers get the bytes in one buffer or in many, and what one has encrypted goes to the other as it is. The
 * medians are to be compared; a busy machine leaves them alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NoiseBenchmark {

    /** As much as one message of the standard size holds. */
    private static final int BYTES = 65_518;

    private static final int SMALL = 697;
    private static final int MANY = BYTES / SMALL;

    /** The most plaintext in a message, in bytes. */
    @Param({"65518", "16382"})
    private int maxPlaintextBytes;

    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "ChaCha20");
    private final byte[] plaintext = new byte[BYTES];
    private final byte[] ciphertext = new byte[BYTES + CipherState.TAG_BYTES];
    private Cipher cipher;
    private long nonce;
    private EmbeddedChannel sender;
    private EmbeddedChannel receiver;

    @Setup
    public void connect() throws Exception {
        cipher = Cipher.getInstance("ChaCha20-Poly1305");
        Staging staging = new Staging();
        sender = new EmbeddedChannel(new NoiseEncryptor(new CipherState(new byte[32]), staging, maxPlaintextBytes));
        receiver = new EmbeddedChannel(new NoiseDecryptor(new CipherState(new byte[32]), staging));
    }

    @TearDown
    public void close() {
        sender.finishAndReleaseAll();
        receiver.finishAndReleaseAll();
    }

    /** As many messages as the handlers make, and nothing else. */
    @Benchmark
    public int cipherAlone() throws Exception {
        int decrypted = 0;
        for (int at = 0; at < BYTES; at += maxPlaintextBytes) {
            int length = Math.min(maxPlaintextBytes, BYTES - at);
            IvParameterSpec iv = iv();
            cipher.init(Cipher.ENCRYPT_MODE, key, iv);
            int sealed = cipher.doFinal(plaintext, at, length, ciphertext, 0);
            cipher.init(Cipher.DECRYPT_MODE, key, iv);
            decrypted += cipher.doFinal(ciphertext, 0, sealed, plaintext, at);
        }
        return decrypted;
    }

    private IvParameterSpec iv() {
        byte[] iv = new byte[12];
        nonce++;
        for (int i = 0; i < Long.BYTES; i++) {
            iv[4 + i] = (byte) (nonce >> (8 * i));
        }
        return new IvParameterSpec(iv);
    }

    @Benchmark
    public int oneHeapBuffer() {
        var _ = sender.write(ByteBufAllocator.DEFAULT.heapBuffer(BYTES).writerIndex(BYTES));
        return receive();
    }

    @Benchmark
    public int oneDirectBuffer() {
        var _ = sender.write(ByteBufAllocator.DEFAULT.directBuffer(BYTES).writerIndex(BYTES));
        return receive();
    }

    @Benchmark
    public int manySmallBuffers() {
        for (int i = 0; i < MANY; i++) {
            var _ = sender.write(ByteBufAllocator.DEFAULT.heapBuffer(SMALL).writerIndex(SMALL));
        }
        return receive();
    }

    private int receive() {
        sender.flush();
        for (ByteBuf sealed = sender.readOutbound(); sealed != null; sealed = sender.readOutbound()) {
            receiver.writeInbound(sealed);
        }
        int received = 0;
        for (ByteBuf opened = receiver.readInbound(); opened != null; opened = receiver.readInbound()) {
            received += opened.readableBytes();
            opened.release();
        }
        return received;
    }
}
