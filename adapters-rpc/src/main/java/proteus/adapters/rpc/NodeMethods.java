package proteus.adapters.rpc;

import java.lang.System.Logger.Level;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.port.NodeControl;
import proteus.application.port.SyncStatus;

/** Methods about the node itself. */
final class NodeMethods {

    private final RpcSettings settings;
    private final NodeControl control;
    private final LogLevels logLevels;

    NodeMethods(RpcSettings settings, NodeControl control, LogLevels logLevels) {
        this.settings = settings;
        this.control = control;
        this.logLevels = logLevels;
    }

    void addTo(MethodTable methods) {
        methods.putOpen("cookie_hint", this::cookieHint);
        methods.putOpen("network", this::network);
        methods.put("own_listen_address_for_peers", this::ownListenAddressForPeers);
        methods.put("own_instance_id", this::ownInstanceId);
        methods.put("freeze", this::freeze);
        methods.put("unfreeze", this::unfreeze);
        methods.put("shutdown", this::shutdown);
        // Ours; upstream has nothing like it.
        methods.put("set_log_level", this::setLogLevel);
    }

    private Answer cookieHint(Arguments arguments) throws CallException {
        if (!settings.cookieHint()) {
            throw new CallException(new CallError.CookieHintDisabled());
        }
        return Answer.of(json -> {
            json.writeStartObject();
            json.writeName("data_directory").writeStartObject();
            json.writeStringProperty("data_dir", settings.dataDirectory().toString());
            json.writeEndObject();
            json.writeName("network");
            ChainJson.writeNetwork(json, control.network());
            json.writeEndObject();
        });
    }

    private Answer network(Arguments arguments) {
        return Answer.of(json -> ChainJson.writeNetwork(json, control.network()));
    }

    private Answer ownListenAddressForPeers(Arguments arguments) {
        return Answer.of(control.ownListenAddress()
                .map(address -> JsonContent.text(address.toString()))
                .orElse(JsonContent.NULL));
    }

    private Answer ownInstanceId(Arguments arguments) {
        return Answer.of(json -> json.writeNumber(control.ownInstanceId().toDecimal()));
    }

    private Answer freeze(Arguments arguments) throws CallException {
        if (control.syncStatus() instanceof SyncStatus.Syncing) {
            throw new CallException(new CallError.CannotPauseWhileSyncing());
        }
        control.freeze();
        return Answer.nothing();
    }

    private Answer unfreeze(Arguments arguments) {
        control.unfreeze();
        return Answer.nothing();
    }

    private Answer shutdown(Arguments arguments) {
        return new Answer(json -> json.writeBoolean(true), control::shutdown);
    }

    private Answer setLogLevel(Arguments arguments) throws CallException {
        logLevels.setLevel(arguments.text("logger"), level(arguments.text("level")));
        return Answer.nothing();
    }

    private static Level level(String text) throws CallException {
        return LogLevels.named(text).orElseThrow(() -> CallException.failed("levels are " + LogLevels.NAMES));
    }
}
