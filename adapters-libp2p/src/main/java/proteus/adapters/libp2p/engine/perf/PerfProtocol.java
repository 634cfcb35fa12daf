package proteus.adapters.libp2p.engine.perf;

/** What both sides of perf agree on. */
public final class PerfProtocol {

    /** The protocol id. */
    public static final String ID = "/perf/1.0.0";

    /** The length of the wanted number of bytes, an unsigned big-endian number, in bytes. */
    static final int HEADER_BYTES = 8;

    private PerfProtocol() {}
}
