package proteus.application.node;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoredBlock;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.TransferBlock;
import proteus.domain.mmr.ArchivalMmr;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.peer.AuthenticatedBlock;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessage.SyncChallenge;
import proteus.domain.peer.SyncBlockPair;

/** Answers as a node that has this chain would; what a liar says instead is put before it. */
record ServingChain(ComposedChain chain, ArchivalMmr blocks) implements Function<PeerMessage, List<PeerMessage>> {

    static ServingChain of(ComposedChain chain) {
        ArchivalMmr blocks = ArchivalMmr.EMPTY;
        for (StoredBlock block : chain.blocks()) {
            blocks = blocks.append(block.digest());
        }
        return new ServingChain(chain, blocks);
    }

    @Override
    public List<PeerMessage> apply(PeerMessage message) {
        return switch (message) {
            case PeerMessage.BlockNotificationRequest() ->
                List.of(new PeerMessage.BlockNotificationWithPowWitness(
                        chain.tip().headerWithWitness()));
            case SyncChallenge challenge -> List.of(answer(challenge));
            case PeerMessage.ValidatedBlockRequestByHeight(var height, var anchor) ->
                List.of(validated(height, anchor));
            case PeerMessage.BlockRequestByHeight(var height) -> List.of(new PeerMessage.Block(block(height)));
            default -> List.of();
        };
    }

    PeerMessage.ValidatedBlock validated(BlockHeight height, MmrAccumulator anchor) {
        return new PeerMessage.ValidatedBlock(new AuthenticatedBlock(
                block(height), blocks.path(height.value(), anchor.leafCount()).orElseThrow()));
    }

    PeerMessage.SyncChallengeResponse answer(SyncChallenge challenge) {
        List<SyncBlockPair> pairs = challenge.challenges().stream()
                .map(height -> new SyncBlockPair(block(new BlockHeight(height.value() - 1)), block(height)))
                .toList();
        int tip = chain.height();
        return new PeerMessage.SyncChallengeResponse(
                pairs,
                challenge.challenges().stream()
                        .map(height -> blocks.path(height.value(), tip + 1).orElseThrow())
                        .toList(),
                block(new BlockHeight(tip - 1)),
                block(new BlockHeight(tip)),
                IntStream.range(0, SyncChallenge.SIZE)
                        .mapToObj(back -> chain.blocks().get(tip - back).headerWithWitness())
                        .toList());
    }

    TransferBlock block(BlockHeight height) {
        return TransferBlock.of(chain.blocks().get((int) height.value()).block())
                .orElseThrow();
    }
}
