package proteus.adapters.rpc;

import java.util.Locale;
import proteus.application.chain.ChainState;
import proteus.application.chain.ChainTip;
import proteus.application.port.NodeControl;
import proteus.application.port.SyncStatus;
import tools.jackson.core.JsonGenerator;

/** How the node is doing, on one flat page. Upstream has no such method; its dashboard's has no pace and no time left. */
final class StatusMethods {

    private final NodeControl control;
    private final ChainState chain;

    StatusMethods(NodeControl control, ChainState chain) {
        this.control = control;
        this.chain = chain;
    }

    void addTo(MethodTable methods) {
        methods.put("node_status", this::nodeStatus);
    }

    private Answer nodeStatus(Arguments arguments) {
        ChainTip tip = chain.tip();
        SyncStatus sync = control.syncStatus();
        return Answer.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("network", control.network().id());
            ChainJson.writeUnsigned(json, "height", tip.header().height().value());
            json.writeStringProperty("tip", tip.digest().toHex());
            json.writeNumberProperty("peers", control.peers().size());
            json.writeStringProperty("miner", control.mining().activity().name().toLowerCase(Locale.ROOT));
            writeSync(json, sync);
            json.writeEndObject();
        });
    }

    private static void writeSync(JsonGenerator json, SyncStatus sync) {
        switch (sync) {
            case SyncStatus.Unknown() -> json.writeStringProperty("sync", "unknown");
            case SyncStatus.Synced() -> json.writeStringProperty("sync", "synced");
            case SyncStatus.Challenging(int open) -> {
                json.writeStringProperty("sync", "challenging");
                json.writeNumberProperty("open_challenges", open);
            }
            case SyncStatus.Syncing syncing -> {
                json.writeStringProperty("sync", "syncing");
                json.writeNumberProperty("sync_height", syncing.height());
                json.writeNumberProperty("sync_target", syncing.target());
                json.writeNumberProperty("blocks_per_second", syncing.blocksPerSecond());
                json.writeNumberProperty("serving_peers", syncing.peers());
                if (syncing.timeLeft().isPresent()) {
                    json.writeNumberProperty(
                            "seconds_left", syncing.timeLeft().get().toSeconds());
                }
            }
        }
    }
}
