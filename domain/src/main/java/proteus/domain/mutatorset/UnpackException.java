package proteus.domain.mutatorset;

/** Says inside of this package why unpacking ends. Has no stack trace: it is a peer's fault, and must cost nothing. */
final class UnpackException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RemovalRecordListUnpackError error;

    UnpackException(RemovalRecordListUnpackError error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    RemovalRecordListUnpackError error() {
        return error;
    }
}
