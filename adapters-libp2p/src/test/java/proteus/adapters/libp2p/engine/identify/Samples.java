package proteus.adapters.libp2p.engine.identify;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.multiaddr.MalformedMultiaddrException;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.varint.Uvarint;

/** Known peers and what they tell. */
final class Samples {

    /** The public key message of {@link #ALICE}. */
    static final String ALICES_KEY = "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";

    static final Identity ALICE = identity(
            "7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d",
            "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e");

    /** Seed and key of RFC 8032, section 7.1, test 1. */
    static final Identity BOB = identity(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    static final Multiaddr ADDRESS = address("/ip4/139.162.193.206/tcp/9801");
    static final String ADDRESS_BYTES = "048ba2c1ce062649";

    static final IdentifyInfo ALICES = new IdentifyInfo(
            Optional.of(ALICE.publicKey()),
            List.of(ADDRESS),
            List.of("/ipfs/ping/1.0.0"),
            Optional.of(address("/ip4/203.0.113.7/tcp/4660")),
            Optional.of("/neptune/-main"),
            Optional.of("neptune-cash/0.19.4"),
            Optional.empty());

    /** {@link #ALICES} on the wire, its length first. */
    static final String ALICES_BYTES = "71"
            + ("0a24" + ALICES_KEY)
            + ("1208" + ADDRESS_BYTES)
            + "1a102f697066732f70696e672f312e302e30"
            + "220804cb007107061234"
            + "2a0e2f6e657074756e652f2d6d61696e"
            + "32136e657074756e652d636173682f302e31392e34";

    private Samples() {}

    private static Identity identity(String seed, String key) {
        try {
            return Identity.decode(HexFormat.of().parseHex("08011240" + seed + key));
        } catch (MalformedKeyException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** A message that holds Alice's key and nothing else yet. */
    static IdentifyMessage.Builder alicesMessage() {
        return IdentifyMessage.newBuilder().setPublicKey(hex(ALICES_KEY));
    }

    static ByteString hex(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** The messages, each with its length before it. */
    static byte[] framed(IdentifyMessage... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (IdentifyMessage message : messages) {
            all.writeBytes(Uvarint.encode(message.getSerializedSize()));
            all.writeBytes(message.toByteArray());
        }
        return all.toByteArray();
    }
}
