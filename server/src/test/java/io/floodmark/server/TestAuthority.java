package io.floodmark.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority of a test's own, which signs certificates (RFC 5280) for servers on this machine and
 * for sensors. Written byte by byte: the JDK reads certificates and makes none.
 */
final class TestAuthority {
  /**
   * A certificate with its key.
   *
   * @param authority who signed it
   */
  record Issued(X509Certificate certificate, PrivateKey key, TestAuthority authority) {
    /** Its own, then that of its authority, as servers have them in their file. */
    String chainPem() throws GeneralSecurityException {
      return pem("CERTIFICATE", certificate.getEncoded()) + authority.pem();
    }

    String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    void write(Path chainFile, Path keyFile) throws Exception {
      Files.writeString(chainFile, chainPem());
      Files.writeString(keyFile, keyPem());
    }
  }

  private static final byte[] EC_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
  private static final byte[] COMMON_NAME = oid(0x55, 4, 3);
  private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
  private static final byte[] ALTERNATIVE_NAMES = oid(0x55, 0x1d, 0x11);
  private static final byte[] TRUE = tagged(1, new byte[] {-1});
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final AtomicInteger serials = new AtomicInteger();
  private final Instant begin;
  private final Instant end;
  private final byte[] name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /** An authority of that time, as are those for whom it signs; no later than in 2049. */
  TestAuthority(String commonName, Instant begin, Instant end) throws Exception {
    this.begin = begin;
    this.end = end;
    this.name = name(commonName);
    this.keys = keys("EC", 256);
    byte[] isAuthority = sequence(BASIC_CONSTRAINTS, TRUE, tagged(4, sequence(TRUE)));
    this.certificate = sign(name, keys, end, isAuthority);
  }

  /** For what the JDK judges, which it does by the machine's clock. */
  static TestAuthority ofAnyTime(String commonName) throws Exception {
    return new TestAuthority(
        commonName, Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2049-12-31T00:00:00Z"));
  }

  /** A certificate for {@code localhost} or for a sensor of that code, with an EC key. */
  Issued issue(String commonName) throws Exception {
    return issue(commonName, "EC", 256, end);
  }

  Issued issueRsa(String commonName) throws Exception {
    return issue(commonName, "RSA", 2_048, end);
  }

  Issued issueUntil(String commonName, Instant sooner) throws Exception {
    return issue(commonName, "EC", 256, sooner);
  }

  /** Its own certificate. */
  String pem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /** A client that trusts it and has no certificate. */
  SSLContext client() throws Exception {
    return client(new KeyStore[0]);
  }

  /** A client that trusts it and shows a certificate, whoever signed that. */
  SSLContext client(Issued own) throws Exception {
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "own",
        own.key,
        new char[0],
        new X509Certificate[] {own.certificate, own.authority.certificate});
    return client(store);
  }

  private SSLContext client(KeyStore... own) throws Exception {
    KeyStore trusted = emptyStore();
    trusted.setCertificateEntry("authority", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(own.length == 0 ? emptyStore() : own[0], new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private Issued issue(String commonName, String algorithm, int bits, Instant until)
      throws Exception {
    KeyPair own = keys(algorithm, bits);
    byte[] localhost = tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII));
    byte[] loopback = tagged(0x87, new byte[] {127, 0, 0, 1});
    byte[] names = sequence(ALTERNATIVE_NAMES, tagged(4, sequence(localhost, loopback)));
    return new Issued(sign(name(commonName), own, until, names), own.getPrivate(), this);
  }

  private X509Certificate sign(byte[] subject, KeyPair subjectKeys, Instant until, byte[] extension)
      throws Exception {
    byte[] from = tagged(0x17, ascii(UTC_TIME.format(begin)));
    byte[] toBeSigned =
        sequence(
            tagged(0xa0, tagged(2, new byte[] {2})),
            tagged(2, new byte[] {(byte) serials.incrementAndGet()}),
            EC_SHA256,
            name,
            sequence(from, tagged(0x17, ascii(UTC_TIME.format(until)))),
            subject,
            subjectKeys.getPublic().getEncoded(),
            tagged(0xa3, sequence(extension)));
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(keys.getPrivate());
    signer.update(toBeSigned);
    byte[] der = sequence(toBeSigned, EC_SHA256, tagged(3, concat(new byte[] {0}, signer.sign())));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static KeyStore emptyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyPair keys(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  static String pem(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  private static byte[] name(String commonName) {
    byte[] text = tagged(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
    return sequence(tagged(0x31, sequence(COMMON_NAME, text)));
  }

  private static byte[] oid(int... bytes) {
    byte[] body = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      body[i] = (byte) bytes[i];
    }
    return tagged(6, body);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, concat(parts));
  }

  private static byte[] tagged(int tag, byte[] body) {
    // The shortest form there is, as the signature is over.
    byte[] length = {(byte) body.length};
    if (body.length > 255) {
      length = new byte[] {(byte) 0x82, (byte) (body.length >> 8), (byte) body.length};
    } else if (body.length > 127) {
      length = new byte[] {(byte) 0x81, (byte) body.length};
    }
    return concat(new byte[] {(byte) tag}, length, body);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
