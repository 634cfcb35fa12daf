package proteus.adapters.libp2p.engine.limits;

/** The answer to an inbound connection, by where it comes from. */
public sealed interface SourceAdmission {

    /**
     * It may come in.
     *
     * @param permit to be closed when the connection has ended, or else its source stays charged
     */
    record Admitted(SourcePermit permit) implements SourceAdmission {}

    /**
     * It may not; nothing is to be closed but the connection.
     *
     * @param refusal why
     */
    record Refused(SourceRefusal refusal) implements SourceAdmission {}
}
