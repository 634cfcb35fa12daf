package proteus.adapters.libp2p.engine.security.tls;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import proteus.adapters.libp2p.engine.security.tls.DerReader.Element;
import proteus.adapters.libp2p.engine.security.tls.DerReader.MalformedDerException;

/**
 * The fields of an X.509 certificate that libp2p looks at; who issued it for whom is not among them. Nothing is verified.
 * Its arrays are shared and not to be changed.
 */
final class CertificateFields {

    private static final HexFormat HEX = HexFormat.of();
    private static final String VERSION_3 = "020102";
    private static final String TRUE = "ff";
    private static final int EXTENSIONS = 3;
    private static final int MAX_EXTENSIONS = 16;
    // X.509 counts two digits from 1950 on.
    private static final int UTC_CENTURY = 50;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);

    private final byte[] signed;
    private final byte[] signatureAlgorithm;
    private final byte[] signature;
    private final Instant notBefore;
    private final Instant notAfter;
    private final byte[] keyAlgorithm;
    private final byte[] publicKey;
    private final List<Extension> extensions;

    private CertificateFields(Element signed, byte[] signatureAlgorithm, byte[] signature)
            throws MalformedDerException {
        this.signed = signed.encoded();
        this.signatureAlgorithm = signatureAlgorithm;
        this.signature = signature;
        DerReader fields = signed.elements();
        requireEqual(VERSION_3, fields.read(DerReader.context(0)).content(), "version");
        fields.read(DerReader.INTEGER);
        requireEqual(
                HEX.formatHex(signatureAlgorithm),
                fields.read(DerReader.SEQUENCE).encoded(),
                "inner algorithm");
        fields.read(DerReader.SEQUENCE);
        DerReader validity = fields.read(DerReader.SEQUENCE).elements();
        notBefore = time(validity);
        notAfter = time(validity);
        validity.finish();
        fields.read(DerReader.SEQUENCE);
        Element key = fields.read(DerReader.SEQUENCE);
        publicKey = key.encoded();
        DerReader keyFields = key.elements();
        keyAlgorithm = keyFields.read(DerReader.SEQUENCE).encoded();
        keyFields.read(DerReader.BIT_STRING);
        keyFields.finish();
        extensions = fields.hasMore() ? extensions(fields) : List.of();
        fields.finish();
    }

    /** Reads a certificate of version 3 that has no unique identifiers, which libp2p forbids. */
    static CertificateFields read(byte[] der) throws MalformedDerException {
        DerReader whole = new DerReader(der);
        DerReader certificate = whole.read(DerReader.SEQUENCE).elements();
        whole.finish();
        Element signed = certificate.read(DerReader.SEQUENCE);
        byte[] algorithm = certificate.read(DerReader.SEQUENCE).encoded();
        byte[] signature = bits(certificate.read(DerReader.BIT_STRING));
        certificate.finish();

        return new CertificateFields(signed, algorithm, signature);
    }

    /** The bytes that the signature is over. */
    byte[] signed() {
        return signed;
    }

    /** The algorithm of the signature in DER, the same at both places where a certificate says it. */
    byte[] signatureAlgorithm() {
        return signatureAlgorithm;
    }

    /** The signature. */
    byte[] signature() {
        return signature;
    }

    /** From when on it is valid. */
    Instant notBefore() {
        return notBefore;
    }

    /** Until when it is valid. */
    Instant notAfter() {
        return notAfter;
    }

    /** The algorithm of the public key in DER. */
    byte[] keyAlgorithm() {
        return keyAlgorithm;
    }

    /** The {@code SubjectPublicKeyInfo} in DER. */
    byte[] publicKey() {
        return publicKey;
    }

    /** All extensions, in their order; the same one may come twice. */
    List<Extension> extensions() {
        return extensions;
    }

    private static List<Extension> extensions(DerReader fields) throws MalformedDerException {
        DerReader tagged = fields.read(DerReader.context(EXTENSIONS)).elements();
        DerReader sequence = tagged.read(DerReader.SEQUENCE).elements();
        tagged.finish();
        List<Extension> extensions = new ArrayList<>();
        while (sequence.hasMore()) {
            if (extensions.size() == MAX_EXTENSIONS) {
                throw new MalformedDerException("more than " + MAX_EXTENSIONS + " extensions");
            }
            extensions.add(new Extension(sequence.read(DerReader.SEQUENCE).elements()));
        }
        return List.copyOf(extensions);
    }

    private static byte[] bits(Element element) throws MalformedDerException {
        byte[] content = element.content();
        if (content.length == 0 || content[0] != 0) {
            throw new MalformedDerException("a signature that is not of whole bytes");
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }

    private static Instant time(DerReader fields) throws MalformedDerException {
        boolean full = fields.isNext(DerReader.GENERALIZED_TIME);
        byte[] content = fields.read(full ? DerReader.GENERALIZED_TIME : DerReader.UTC_TIME)
                .content();
        String text = new String(content, StandardCharsets.US_ASCII);
        try {
            String complete = full ? text : (Integer.parseInt(text, 0, 2, 10) < UTC_CENTURY ? "20" : "19") + text;
            return LocalDateTime.parse(complete, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException wrong) {
            throw new MalformedDerException("a time of " + content.length + " bytes: " + HEX.formatHex(content));
        }
    }

    private static void requireEqual(String expected, byte[] found, String what) throws MalformedDerException {
        if (!HEX.formatHex(found).equals(expected)) {
            throw new MalformedDerException("%s is %s, not %s".formatted(what, HEX.formatHex(found), expected));
        }
    }

    /** One extension. */
    static final class Extension {

        private final String oid;
        private final boolean critical;
        private final byte[] value;

        private Extension(DerReader fields) throws MalformedDerException {
            oid = HEX.formatHex(fields.read(DerReader.OBJECT_IDENTIFIER).content());
            critical = fields.isNext(DerReader.BOOLEAN);
            if (critical) {
                requireEqual(TRUE, fields.read(DerReader.BOOLEAN).content(), "critical");
            }
            value = fields.read(DerReader.OCTET_STRING).content();
            fields.finish();
        }

        /** The content of its identifier in hexadecimal. */
        String oid() {
            return oid;
        }

        /** Whether a certificate is to be refused by those who do not know it. */
        boolean critical() {
            return critical;
        }

        /** What it holds. */
        byte[] value() {
            return value;
        }
    }
}
