package proteus.bootstrap.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import proteus.adapters.rpc.LogLevels;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.NodeLauncher;

/** Keeps what it is told to launch, and ends as it is told. */
final class RecordingLauncher implements NodeLauncher {

    private final List<NodeConfiguration> launched = new ArrayList<>();
    private final End end;

    /** How a launch ends. */
    interface End {
        int reached() throws StoreException, IOException, InterruptedException;
    }

    RecordingLauncher(End end) {
        this.end = end;
    }

    RecordingLauncher() {
        this(() -> 0);
    }

    @Override
    public int launch(NodeConfiguration configuration, LogLevels logLevels, PrintWriter out)
            throws StoreException, IOException, InterruptedException {
        launched.add(configuration);
        return end.reached();
    }

    /** The launches so far. */
    List<NodeConfiguration> launched() {
        return launched;
    }
}
