package proteus.domain.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.network.Network;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionHash;
import proteus.domain.transaction.TransactionKernel;

/** What the reference has: protocol page "consensus", sections 9 and 13. */
class GenesisTest {

    @ParameterizedTest
    @CsvSource({
        "main, 7962e48729acd97e08efa77b5b28d49f2dc0e5609a4f1f1affca5b4549c78e520462a7f955371386",
        "testnet-0, bb1fa49a35a294dd2c09811c648c4d76f6ea17acc61fe7a6f1c3c8d81c967bc68e7cdb41f472544e",
        "testnet-1, d96e821ab1d9aceeeccdafb92e2ec5327ceca7e49ecc9a86d58f2a7e90e39ef800d31f6701fdac7b",
        "testnet-mock, 537c5468c899c689d46672cca38426c8fe168814d2c004843c0b45ca2d7f3f4ba0c0fb8f80867472",
        "regtest, 90fa9a668b9765cea6ae07559c1bcde23338953b5414f1794554dda499359e03ff6f3b988bbe1d67"
    })
    void everyNetworkHasTheReferencesGenesis(String network, String digest) {
        Genesis genesis = genesis(network);

        assertThat(genesis.digest()).isEqualTo(Digest.fromHex(digest));
        assertThat(genesis.header().height()).isEqualTo(BlockHeight.GENESIS);
        assertThat(BlockHash.of(new BlockHeaderWithBlockHashWitness(genesis.header(), genesis.witness())))
                .isEqualTo(genesis.digest());
    }

    @ParameterizedTest
    @CsvSource({
        "main, "
                + "57ab22d5a41eb1ab7c50b1ba9845fd9f81e3a08549dc4513dd4e45e408218697e76735e5b3fdafdf, "
                + "978afc4e232b062fee22a41e6e8edea09cfade2c379126dc2b7c5dbeb043dfc3edb71618cd98ea2f, "
                + "1fd93df37d89f8b9f84675bea7e4d099fea4dbaca90655cfa987a03b627237fa8b3b8a3fc36fdec3, "
                + "c4889be9d254f4aed9baa47787bfbb41eab255c69d7d927ee36ac19d8516ea0ec1ef82f55ca31c39, "
                + "d473c09028fb2b9cebbfa9cfb9384c90f05a073851afed79bd4b9f38d85089b38a69dd92b845345c, "
                + "fbc30e9f2bb19f4463ae59b7da23298629a629696e069d9487b80de838570dbabf77acbb24f44234",
        "regtest, "
                + "0e11057dae4c221fa0db36c64ff9e296c5d0116bc6110b6a1f644184c50521a815601df7026d2614, "
                + "06788f3b502b04ee27e6a10f9938a8b88862985c5bbb03b56f360d31a5736fca4e4d3cfaf47fe1cf, "
                + "203ed51689c298f7d9e4d4900db877680dfc607157edbd9d062c93a68b829375702906a23b71a59c, "
                + "f23744196ec7dbbd45ff30b50a465d4c93ee70c2f1d97b963df5af24b1f2c8b89dc9ac3859af5d01, "
                + "eea0006ffe3264fcb627ae35d69dfd2279d38ff3540e18f8e501131b32d97c8ba2abe9a704122d49, "
                + "aa0bd3ea59ff27b4b495691210b0d7166a63bf80023f0c95d1b4baca674d8a341e14b876f637cffc"
    })
    void thePartsHaveTheReferencesHashes(
            String network,
            String firstCommitment,
            String mutatorSet,
            String transactionKernel,
            String body,
            String header,
            String kernel) {
        BlockKernel genesis = genesis(network).block().kernel();

        assertThat(genesis.body().transactionKernel().outputs().getFirst().canonicalCommitment())
                .hasToString(firstCommitment);
        assertThat(genesis.body().mutatorSetAccumulator().hash()).hasToString(mutatorSet);
        assertThat(TransactionHash.of(genesis.body().transactionKernel())).hasToString(transactionKernel);
        assertThat(BlockHash.ofBody(genesis.body())).hasToString(body);
        assertThat(BlockHash.ofHeader(genesis.header())).hasToString(header);
        assertThat(BlockHash.ofKernel(genesis)).hasToString(kernel);
    }

    @Test
    void everyTestnetHasAGenesisOfItsOwn() {
        Set<Digest> digests = new HashSet<>();
        for (int number : new int[] {0, 1, 2, 127, 128, 254, 255}) {
            digests.add(Genesis.of(new Network.Testnet(number)).digest());
        }

        assertThat(digests).hasSize(7);
    }

    @Test
    void theHeaderIsThatOfThePage() {
        BlockHeader header = genesis("testnet-0").header();

        assertThat(header.version()).isZero();
        assertThat(header.prevBlockDigest()).isEqualTo(Digest.ZERO);
        assertThat(header.timestamp()).isEqualTo(new Timestamp(1_754_420_400_000L));
        assertThat(header.cumulativeProofOfWork().toBigInteger()).isZero();
        assertThat(header.difficulty()).isEqualTo(Difficulty.of(BigInteger.valueOf(100_000)));
        assertThat(header.pow().pathA()).containsOnly(Digest.ZERO);
        assertThat(header.pow().pathB()).containsOnly(Digest.ZERO);
    }

    @Test
    void theBodyHoldsThePremineAndNothingElse() {
        BlockBody body = genesis("main").block().kernel().body();
        TransactionKernel kernel = body.transactionKernel();

        assertThat(kernel.inputs()).isEmpty();
        assertThat(kernel.outputs()).hasSize(95);
        assertThat(kernel.announcements()).isEmpty();
        assertThat(kernel.fee()).isEqualTo(NativeCurrencyAmount.ZERO);
        assertThat(kernel.coinbase().orElseThrow().toCoins()).isEqualTo("3559168");
        assertThat(kernel.mergeBit()).isFalse();
        assertThat(kernel.mutatorSetHash())
                .isEqualTo(Digest.fromHex(
                        "c31876caa7044f03ab7f6c0582c61c871b9ff97b5dc133c44c8cf09a301d1ab07b3fdb75393caf76"));
        assertThat(body.mutatorSetAccumulator().aocl().leafCount()).isEqualTo(95);
        assertThat(body.mutatorSetAccumulator().swbfInactive().leafCount()).isEqualTo(11);
        assertThat(body.mutatorSetAccumulator().swbfActive().sbf().isEmpty()).isTrue();
        assertThat(body.blockMmrAccumulator()).isEqualTo(MmrAccumulator.EMPTY);
        assertThat(body.lockFreeMmrAccumulator()).isEqualTo(MmrAccumulator.EMPTY);
    }

    @Test
    void thePremineIsWhatTheCoinbaseMints() {
        BigInteger sum = Premine.entries().stream()
                .map(entry -> entry.amount().toUnits())
                .reduce(BigInteger.ZERO, BigInteger::add);

        assertThat(NativeCurrencyAmount.ofUnits(sum).toCoins()).isEqualTo("3559168");
    }

    private static Genesis genesis(String network) {
        return Genesis.of(Network.parse(network).orElseThrow());
    }
}
