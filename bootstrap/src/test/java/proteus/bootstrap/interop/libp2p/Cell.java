package proteus.bootstrap.interop.libp2p;

/** One place of the matrix. */
record Cell(String dialler, String listener, Link link) {

    /**
     * Whether the listener's reset of a stream comes to the dialler as a clean end of it. It does over QUIC, where
     * rust-libp2p ends a stream that it drops and cannot reset one, and js-libp2p reads a reset as an end.
     */
    boolean readsResetAsEnd() {
        return link == Link.QUIC && (listener.equals("rust") || dialler.equals("js"));
    }

    @Override
    public String toString() {
        return dialler + " dials " + listener + ": " + link;
    }
}
