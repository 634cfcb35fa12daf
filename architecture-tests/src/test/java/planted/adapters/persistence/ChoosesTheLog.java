package planted.adapters.persistence;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows more of the log than that there is one. */
public final class ChoosesTheLog {
    private static final Logger LOG = LoggerFactory.getLogger(ChoosesTheLog.class);

    public void note(String what) {
        LOG.info(what);
    }
}
