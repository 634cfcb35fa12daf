package proteus.application.wire;

/** How bincode writes integers wider than one byte. Both ways are little endian. */
public enum IntegerWidth {

    /** As few bytes as the value needs; bytes left over after a value are an error. All peer messages are written so. */
    VARIABLE,

    /** As many bytes as the type has; bytes left over are ignored. The gateway's handshake record is written so. */
    FIXED
}
