package proteus.domain.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.TransactionHash;

class BlockHashTest {

    private final Block genesis = Genesis.of(new Network.RegTest()).block();

    @Test
    void theSizeIsTheNumberOfElementsOfTheWholeEncoding() {
        // Body: two empty MMRs with lengths 5 each, mutator set 59, transaction kernel 499. Kernel: appendix 3, body
        // 569,
        // header 329. Block: proof 2, kernel 902.
        assertThat(BlockHash.size(genesis)).isEqualTo(904);
        assertThat(BlockHash.size(with(new BlockProof.SingleProof(new Proof(BFieldElements.of(7, 8, 9))))))
                .isEqualTo(904 + 6);
    }

    @Test
    void theHashCommitsToTheProof() {
        Digest withNone = BlockHash.of(genesis);
        Digest withOne = BlockHash.of(with(new BlockProof.SingleProof(Proof.empty())));

        assertThat(withOne).isNotEqualTo(withNone);
        assertThat(BlockHash.of(with(new BlockProof.Invalid()))).isNotEqualTo(withNone);
        assertThat(BlockHash.of(new TransferBlock(
                        genesis.kernel().header(),
                        genesis.kernel().body(),
                        genesis.kernel().appendix(),
                        Proof.empty())))
                .isEqualTo(withOne);
    }

    @Test
    void aMockProofIsEncodedAsTheReferenceDoes() {
        BlockProof mock = new BlockProof.SingleProof(new Proof(BFieldElements.of(0)));

        assertThat(written(out -> BlockEncoding.write(out, mock)).toElements())
                .isEqualTo(BFieldElements.of(2, 3, 2, 1, 0));
    }

    @Test
    void theTransactionClaimOfGenesisHasTheReferencesEncodingAndHash() {
        // Protocol page "consensus", section 13.
        Digest kernel = TransactionHash.of(genesis.kernel().body().transactionKernel());
        Digest singleProof =
                Digest.fromHex("a084f6941fccdfc324bbea82a5dcbf83c0927ccfadce224501873bb540dfd95f2bf67e9008c9478d");
        long[] input = new long[Digest.LENGTH];
        kernel.reversed().copyTo(input, 0);
        Claim claim = new Claim(singleProof, 8, BFieldElements.owning(input), BFieldElements.empty());

        FieldWriter out = written(writer -> BlockEncoding.write(writer, claim));

        assertThat(out.toElements())
                .isEqualTo(BFieldElements.owning(List.of(
                                "1",
                                "0",
                                "6",
                                "5",
                                "11287552542009338224",
                                "8472258860320762886",
                                "11366501994373118989",
                                "7527687670577030361",
                                "17841223817877601824",
                                "8",
                                "14114224193217660064",
                                "9493549142944430884",
                                "4981771383730901696",
                                "6906796972560844545",
                                "10180326521315456555")
                        .stream()
                        .mapToLong(Long::parseUnsignedLong)
                        .toArray()));
        assertThat(out.hash())
                .hasToString("d7eb322d68b795123fdd60914f010c8b8ef8c0852ed2bc219904053e27bbdbeabcff477b9ba5f5f9");
    }

    private Block with(BlockProof proof) {
        return new Block(genesis.kernel(), proof);
    }

    private static FieldWriter written(FieldWriter.Encoding encoding) {
        FieldWriter out = new FieldWriter();
        encoding.write(out);
        return out;
    }
}
