package proteus.adapters.libp2p.engine.identify;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import proteus.adapters.libp2p.engine.identity.Identity;

/** Looks for messages of identify that make their reader do anything but merge them within its limits, or refuse them. */
class HeardInfoFuzzTest {

    private static final Identity REMOTE = Identity.generate(new SecureRandom());

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreToldOrRefused(byte[] bytes) {
        IdentifyLimits limits = IdentifyLimits.usual();
        HeardInfo heard = new HeardInfo(REMOTE.peerId(), limits);
        ByteBuf message = Unpooled.wrappedBuffer(bytes);
        try {
            heard.add(message);
            heard.add(message);
            IdentifyInfo info = heard.judged(false);
            if (info.protocols().size() > limits.protocols()
                    || info.listenAddresses().size() > limits.addresses()) {
                throw new AssertionError("beyond the limits: " + info);
            }
        } catch (IdentifyFailedException refused) {
            switch (refused.reason()) {
                case MALFORMED, WRONG_KEY -> {}
                case TIMED_OUT, CLOSED -> throw new AssertionError("another reason for a message", refused);
            }
        }
    }
}
