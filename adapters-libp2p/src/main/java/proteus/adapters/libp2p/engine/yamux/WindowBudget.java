package proteus.adapters.libp2p.engine.yamux;

/** How much the receive windows of one session may still grow, all together. */
final class WindowBudget {

    private long left;

    WindowBudget(long bytes) {
        this.left = bytes;
    }

    /** Takes {@code wanted} bytes, or what is left of them. */
    int take(int wanted) {
        int taken = (int) Math.min(wanted, left);
        left -= taken;
        return taken;
    }

    void giveBack(int bytes) {
        left += bytes;
    }
}
