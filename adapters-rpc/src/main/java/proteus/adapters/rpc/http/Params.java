package proteus.adapters.rpc.http;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.adapters.rpc.value.BlockSelector;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AbsoluteIndexSet;

/**
 * The parameters of one call, by position from 0 on. What is not there, or of another kind, makes the call invalid.
 *
 * @param values all that were given
 */
record Params(List<JsonTree> values) {

    /** The parameters in {@code tree}, of which there must be just so many. */
    static Params of(JsonTree tree, int least, int most) throws JsonRpcException {
        if (tree instanceof JsonTree.Items(List<JsonTree> values) && values.size() >= least && values.size() <= most) {
            return new Params(values);
        }
        throw invalid();
    }

    static JsonRpcException invalid() {
        return new JsonRpcException(JsonRpcError.INVALID_PARAMS);
    }

    String text(int position) throws JsonRpcException {
        return text(values.get(position));
    }

    /** An unsigned 64-bit integer, as its bits. */
    long u64(int position) throws JsonRpcException {
        return u64(values.get(position));
    }

    /** The same, or nothing if it is null or left off. */
    Optional<Long> maybeU64(int position) throws JsonRpcException {
        boolean isThere = position < values.size() && !(values.get(position) instanceof JsonTree.Null);
        return isThere ? Optional.of(u64(position)) : Optional.empty();
    }

    Digest digest(int position) throws JsonRpcException {
        try {
            return Digest.fromHex(text(position));
        } catch (IllegalArgumentException noDigest) {
            throw invalid();
        }
    }

    BlockSelector selector(int position) throws JsonRpcException {
        return values.get(position) instanceof JsonTree.Text(String text)
                ? BlockSelector.parse(text).orElseThrow(Params::invalid)
                : new BlockSelector.ByHeight(u64(position));
    }

    AbsoluteIndexSet indexSet(int position) throws JsonRpcException {
        return indexSet(values.get(position));
    }

    /**
     * A list of index sets.
     *
     * @throws JsonRpcException also if there are more than {@code most}, after all were found well-formed
     */
    List<AbsoluteIndexSet> indexSets(int position, int most) throws JsonRpcException {
        List<AbsoluteIndexSet> sets = new ArrayList<>();
        for (JsonTree set : items(values.get(position))) {
            sets.add(indexSet(set));
        }
        if (sets.size() > most) {
            throw new JsonRpcException(JsonRpcError.tooManySets(most, sets.size()));
        }
        return sets;
    }

    private static AbsoluteIndexSet indexSet(JsonTree tree) throws JsonRpcException {
        JsonTree absent = new JsonTree.Null();
        return switch (tree) {
            case JsonTree.Members(Map<String, JsonTree> set) ->
                indexSet(set.getOrDefault("minimum", absent), set.getOrDefault("distances", absent));
            // Upstream takes the members of any object also as a list.
            case JsonTree.Items(List<JsonTree> set) when set.size() == 2 -> indexSet(set.get(0), set.get(1));
            case JsonTree.Items _,
                    JsonTree.Null _,
                    JsonTree.Truth _,
                    JsonTree.Whole _,
                    JsonTree.Fraction _,
                    JsonTree.Text _ -> throw invalid();
        };
    }

    private static AbsoluteIndexSet indexSet(JsonTree minimum, JsonTree distances) throws JsonRpcException {
        List<JsonTree> items = items(distances);
        if (items.size() != AbsoluteIndexSet.SIZE) {
            throw invalid();
        }
        int[] words = new int[items.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) unsigned(items.get(i), Integer.SIZE);
        }
        return new AbsoluteIndexSet(0, u64(minimum), U32Sequence.owning(words));
    }

    private static String text(JsonTree tree) throws JsonRpcException {
        if (tree instanceof JsonTree.Text(String text)) {
            return text;
        }
        throw invalid();
    }

    private static long u64(JsonTree tree) throws JsonRpcException {
        return unsigned(tree, Long.SIZE);
    }

    private static long unsigned(JsonTree tree, int bits) throws JsonRpcException {
        if (tree instanceof JsonTree.Whole(BigInteger number) && number.signum() >= 0 && number.bitLength() <= bits) {
            return number.longValue();
        }
        throw invalid();
    }

    private static List<JsonTree> items(JsonTree tree) throws JsonRpcException {
        if (tree instanceof JsonTree.Items(List<JsonTree> items)) {
            return items;
        }
        throw invalid();
    }
}
