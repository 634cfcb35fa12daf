package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.upgrade.Role;

/** Two hosts that speak Noise with each other, and what carries bytes between their ends. */
final class Hosts {

    static final Identity ALICE = Identity.generate(new SecureRandom());
    static final Identity BOB = Identity.generate(new SecureRandom());

    private Hosts() {}

    static NoiseProtocol noise(Identity identity, String... muxers) {
        return new NoiseProtocol(identity, List.of(muxers), new SecureRandom());
    }

    /** A dialler Alice that expects Bob. */
    static Upgrader dialler(String... muxers) {
        return Upgrader.secured(noise(ALICE, muxers), Role.DIALLER, Optional.of(BOB.peerId()));
    }

    /** A listener Bob that expects nobody in particular. */
    static Upgrader listener(String... muxers) {
        return Upgrader.secured(noise(BOB, muxers), Role.LISTENER, Optional.empty());
    }

    /** Carries everything both ways until nothing moves. */
    static void converse(Upgrader one, Upgrader other) {
        boolean moved = true;
        while (moved) {
            byte[] there = one.sent();
            other.arrive(there);
            byte[] back = other.sent();
            one.arrive(back);
            moved = there.length + back.length > 0;
        }
    }

    /** The same in pieces of 1 to {@code most} bytes. */
    static void converse(Upgrader one, Upgrader other, RandomGenerator random, int most) {
        boolean moved = true;
        while (moved) {
            byte[] there = one.sent();
            inPieces(other, there, random, most);
            byte[] back = other.sent();
            inPieces(one, back, random, most);
            moved = there.length + back.length > 0;
        }
    }

    static void inPieces(Upgrader to, byte[] bytes, RandomGenerator random, int most) {
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(1, most + 1));
            to.arrive(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
    }

    static byte[] framed(byte[] message) {
        ByteBuf frame =
                Unpooled.buffer(message.length + 2).writeShort(message.length).writeBytes(message);
        return frame.array();
    }

    static byte[] unframed(byte[] frame) {
        int length = Unpooled.wrappedBuffer(frame).readUnsignedShort();
        if (length != frame.length - 2) {
            throw new AssertionError("not one frame: " + frame.length + " bytes, the first of " + length);
        }
        return Arrays.copyOfRange(frame, 2, frame.length);
    }
}
