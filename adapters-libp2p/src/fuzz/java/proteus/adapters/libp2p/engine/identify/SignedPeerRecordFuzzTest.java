package proteus.adapters.libp2p.engine.identify;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Looks for bytes that make the reader of peer records do anything but give a record or a typed fault. */
class SignedPeerRecordFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreARecordOrMalformed(byte[] bytes) {
        try {
            SignedPeerRecord record = SignedPeerRecord.decode(bytes, 16);
            if (record.addresses().size() > 16
                    || !SignedPeerRecord.decode(record.envelope(), 16).equals(record)) {
                throw new AssertionError("read again as another: " + record);
            }
        } catch (MalformedPeerRecordException malformed) {
            if (malformed.getMessage() == null) {
                throw new AssertionError("refused without a word", malformed);
            }
        }
    }
}
