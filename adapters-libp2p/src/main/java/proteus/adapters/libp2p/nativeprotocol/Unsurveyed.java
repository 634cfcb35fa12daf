package proteus.adapters.libp2p.nativeprotocol;

/** A defect of ours: a message is read that has not passed a {@link Survey}. */
final class Unsurveyed {

    private Unsurveyed() {}

    static IllegalStateException message() {
        return new IllegalStateException("a message without one of the alternatives that it must have");
    }
}
