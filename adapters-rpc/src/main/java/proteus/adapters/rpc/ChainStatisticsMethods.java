package proteus.adapters.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.adapters.rpc.chain.SelectedBlock;
import proteus.adapters.rpc.chain.Supply;
import proteus.adapters.rpc.value.JsonContent;
import proteus.application.chain.ChainState;
import proteus.application.port.StoreException;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.field.BFieldElement;
import proteus.domain.transaction.NativeCurrencyAmount;

/** Methods about many blocks at once, and about coins. Source: behaviour of neptune-cash 0.19.4, {@code rpc/server.rs}. */
final class ChainStatisticsMethods {

    /** More lines do not fit into an answer that clients take. */
    private static final int MAX_BLOCKS = 200_000;

    private final ChainState chain;

    ChainStatisticsMethods(ChainState chain) {
        this.chain = chain;
    }

    void addTo(MethodTable methods) {
        methods.put("block_intervals", this::blockIntervals);
        methods.put("block_difficulties", this::blockDifficulties);
        methods.put("circulating_supply", _ -> amount(new Supply(chain.snapshot()).circulating()));
        methods.put("max_supply", _ -> amount(new Supply(chain.snapshot()).most()));
        methods.put("burned_supply", _ -> amount(new Supply(chain.snapshot()).burnt()));
    }

    /** The height of this number, which upstream takes modulo the field's order. */
    static BlockHeight height(long number) {
        return new BlockHeight(BFieldElement.reduce(number));
    }

    private record Interval(long height, long millis) {}

    /** From one block down, how long after its parent each came; that of genesis counts for none. */
    private Answer blockIntervals(Arguments arguments) throws CallException, StoreException {
        long most = most(arguments);
        SelectedBlock selected = new SelectedBlock(chain.snapshot());
        Optional<BlockHeader> last = selected.header(arguments.selector("last_block"));
        if (last.isEmpty()) {
            return Answer.nothing();
        }
        List<Interval> intervals = new ArrayList<>();
        BlockHeader current = last.get();
        Optional<BlockHeader> parent = selected.header(current.prevBlockDigest());
        while (parent.isPresent() && !parent.get().height().isGenesis() && intervals.size() < most) {
            requireRoom(intervals.size());
            intervals.add(new Interval(
                    current.height().value(),
                    current.timestamp().since(parent.get().timestamp())));
            current = parent.get();
            parent = selected.header(current.prevBlockDigest());
        }
        return Answer.of(json -> {
            json.writeStartArray();
            for (Interval interval : intervals) {
                json.writeStartArray();
                json.writeNumber(interval.height).writeNumber(interval.millis);
                json.writeEndArray();
            }
            json.writeEndArray();
        });
    }

    private record Step(long height, JsonContent difficulty) {}

    /** From one block down the difficulty of each; upstream gives one more than it is asked for. */
    private Answer blockDifficulties(Arguments arguments) throws CallException, StoreException {
        long most = most(arguments);
        SelectedBlock selected = new SelectedBlock(chain.snapshot());
        Optional<BlockHeader> current = selected.header(arguments.selector("last_block"));
        List<Step> steps = new ArrayList<>();
        while (current.isPresent() && steps.size() <= most) {
            requireRoom(steps.size());
            BlockHeader header = current.get();
            steps.add(new Step(
                    header.height().value(),
                    json -> ChainJson.writeLimbs(json, header.difficulty().limbs())));
            current = selected.header(header.prevBlockDigest());
        }
        return Answer.of(json -> {
            json.writeStartArray();
            for (Step step : steps) {
                json.writeStartArray().writeNumber(step.height);
                step.difficulty.writeTo(json);
                json.writeEndArray();
            }
            json.writeEndArray();
        });
    }

    private static long most(Arguments arguments) throws CallException {
        return arguments.maybeWhole("max_num_blocks").orElse(Long.MAX_VALUE);
    }

    private static void requireRoom(int blocks) throws CallException {
        if (blocks >= MAX_BLOCKS) {
            throw CallException.failed("more than " + MAX_BLOCKS + " blocks are too many for one answer");
        }
    }

    private static Answer amount(NativeCurrencyAmount amount) {
        return Answer.of(json -> ChainJson.writeAmount(json, amount));
    }
}
