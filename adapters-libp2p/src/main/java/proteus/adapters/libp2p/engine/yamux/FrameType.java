package proteus.adapters.libp2p.engine.yamux;

import java.util.Optional;

/** The kinds of frames. */
enum FrameType {
    DATA(0),
    WINDOW_UPDATE(1),
    PING(2),
    GO_AWAY(3);

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<FrameType> of(int code) {
        return switch (code) {
            case 0 -> Optional.of(DATA);
            case 1 -> Optional.of(WINDOW_UPDATE);
            case 2 -> Optional.of(PING);
            case 3 -> Optional.of(GO_AWAY);
            default -> Optional.empty();
        };
    }
}
