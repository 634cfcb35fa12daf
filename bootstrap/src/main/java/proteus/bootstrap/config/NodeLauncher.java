package proteus.bootstrap.config;

import java.io.IOException;
import java.io.PrintWriter;
import proteus.adapters.rpc.LogLevels;
import proteus.application.port.StoreException;

/** Assembles a node, starts it, and stays until it has ended. */
@FunctionalInterface
public interface NodeLauncher {

    /**
     * Runs one node.
     *
     * <p>The data directory is there and logging has begun. Exceptions become one line for the operator and the exit
     * code that docs/configuration.md lists.
     *
     * @param configuration what the node is told
     * @param logLevels changes what is logged while the node runs
     * @param out where to say what the operator waits for, such as that the node runs; standard output
     * @return the exit code of the process: 0 for an orderly end
     * @throws StoreException if the peer store cannot be opened or closed
     * @throws IOException if something else outside the program prevents the start, such as a port that is taken
     * @throws InterruptedException if the thread is interrupted while the node runs
     */
    int launch(NodeConfiguration configuration, LogLevels logLevels, PrintWriter out)
            throws StoreException, IOException, InterruptedException;
}
