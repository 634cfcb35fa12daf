package proteus.bootstrap.command;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import proteus.adapters.rpc.CallOutcome;
import proteus.adapters.rpc.MalformedMessageException;
import proteus.adapters.rpc.NeptuneRpcClient;
import proteus.adapters.rpc.RpcSettings;
import proteus.bootstrap.config.ConfigurationReader;
import proteus.bootstrap.config.Flags;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.MisconfigurationException;
import proteus.bootstrap.config.Source;
import proteus.bootstrap.logging.Printable;

/**
 * Calls the RPC of a running node on this machine for a command, and says in words why a call came to nothing.
 *
 * @param client shows the node its cookie
 * @param address where the node is
 * @param patience how long a call may take
 */
record NodeCalls(NeptuneRpcClient client, String address, Duration patience) {

    private static final String ARE_THEY = "; are --network and --data-dir those of the node?";

    /** The flags that say where a node is. */
    static final FlagOptions OPTIONS = new FlagOptions(Flags.ofRpc());

    /**
     * For the node that is told the same as this command.
     *
     * @param line was given {@link #OPTIONS}, and read
     * @throws ParameterException if anything is wrong in any source
     */
    static NodeCalls of(Host host, CommandLine line, Duration patience) {
        return of(host, OPTIONS.read(line.getParseResult()), line, patience);
    }

    /**
     * The same.
     *
     * @param options what the command line says
     * @throws ParameterException if anything is wrong in any source
     */
    static NodeCalls of(Host host, Source options, CommandLine line, Duration patience) {
        RpcSettings rpc;
        try {
            rpc = ConfigurationReader.readRpc(host, options);
        } catch (MisconfigurationException wrong) {
            throw new ParameterException(line, String.valueOf(wrong.getMessage()), wrong);
        }
        if (rpc.port() == 0) {
            throw new ParameterException(
                    line,
                    "the port 0 lets a node choose its own; give the one that it logged at its start by --rpc-port");
        }
        return new NodeCalls(
                new NeptuneRpcClient(rpc.port(), rpc.dataDirectory(), patience), "127.0.0.1:" + rpc.port(), patience);
    }

    /**
     * What the method gave, as JSON.
     *
     * @throws CommandFailedException if it gave nothing; the message says why
     */
    String result(String method, Map<String, String> arguments) {
        return result(call(method, arguments));
    }

    /** What became of a call. */
    CallOutcome call(String method, Map<String, String> arguments) {
        return client.call(method, arguments);
    }

    /** Reads what a method gave. */
    interface Reading<T> {
        T read(String json) throws MalformedMessageException;
    }

    /**
     * What the method gave.
     *
     * @throws CommandFailedException if it gave nothing, or something else; the message says why
     */
    <T> T read(String method, Map<String, String> arguments, Reading<T> reading) {
        return read(call(method, arguments), reading);
    }

    /** The same of a call that was made. */
    <T> T read(CallOutcome outcome, Reading<T> reading) {
        try {
            return reading.read(result(outcome));
        } catch (MalformedMessageException nonsense) {
            throw failed("the node at " + address + " answered " + nonsense.getMessage());
        }
    }

    private String result(CallOutcome outcome) {
        String node = "the node at " + address;
        String cookie = "the cookie " + client.cookieFile();
        return switch (outcome) {
            case CallOutcome.Result(String json) -> json;
            case CallOutcome.Refused(String reason) -> throw failed(node + " refuses: " + reason);
            case CallOutcome.WrongCookie() -> throw failed(node + " does not know " + cookie + ARE_THEY);
            case CallOutcome.NoCookie(String reason) ->
                throw failed(node + " needs " + cookie + ": " + reason + ARE_THEY);
            case CallOutcome.NoNode(String reason) ->
                throw failed("no node at " + address + ": " + reason + "; is --rpc-port that of the node?");
            case CallOutcome.NoAnswer(String reason) -> throw failed(node + " did not answer: " + reason);
            case CallOutcome.TimedOut() ->
                throw failed(node + " did not answer within " + patience.toMillis() / 1000.0 + " s");
        };
    }

    /** What the node said may be anything. */
    private static CommandFailedException failed(String message) {
        return new CommandFailedException(Printable.of(message));
    }
}
