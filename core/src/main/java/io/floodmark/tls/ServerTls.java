package io.floodmark.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 of our servers, by certificates that are read again when their files change.
 * Connections that are open go on as they are; new ones see the new certificate. Files that cannot
 * serve change nothing: what was read last stays in force.
 *
 * <p>{@link #check} and {@link #start} are for one thread; everything else is safe for any.
 */
public final class ServerTls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

  /** Older ones are broken. */
  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** Those with forward secrecy and authenticated encryption, the quickest first. */
  public static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** A whole new handshake on an open connection costs its client little and us much. */
  private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

  private static final long CHECK_EVERY_SECONDS = 2;

  /** Time to do something before sensors are locked out. */
  private static final Duration WARN_BEFORE = Duration.ofDays(14);

  private static final Duration WARN_EVERY = Duration.ofDays(1);

  static {
    if (System.getProperty(NO_RENEGOTIATION) == null) {
      System.setProperty(NO_RENEGOTIATION, "true");
    }
  }

  /** All files as they were at one time. */
  private record Contents(PemFile certificate, PemFile key, Optional<PemFile> clientCa) {
    static Contents read(TlsFiles files) throws UnusableFile {
      return new Contents(
          PemFile.read(TlsFiles.Part.CERTIFICATE, files.certificate()),
          PemFile.read(TlsFiles.Part.KEY, files.key()),
          files.clientCa().isPresent()
              ? Optional.of(PemFile.read(TlsFiles.Part.CLIENT_CA, files.clientCa().get()))
              : Optional.empty());
    }

    String fingerprint() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(certificate.text().getBytes(StandardCharsets.US_ASCII));
        digest.update(key.text().getBytes(StandardCharsets.US_ASCII));
        clientCa.ifPresent(ca -> digest.update(ca.text().getBytes(StandardCharsets.US_ASCII)));
        return HexFormat.of().formatHex(digest.digest());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java has SHA-256, but this one does not.", e);
      }
    }
  }

  private final TlsFiles files;
  private final InstantSource clock;
  private final IdentityKeyManager keyManager;
  private final LongAdder reloads = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile SSLContext context;
  private volatile Instant expiresAt;
  private volatile Optional<String> fault = Optional.empty();

  /** What the files held that are in force. */
  private String inForce;

  /** What was wrong when we looked last: files may be half written. */
  private String suspect = "";

  private Instant warnedAt = Instant.MIN;
  private Optional<ScheduledExecutorService> timer = Optional.empty();

  private ServerTls(TlsFiles files, Contents contents, InstantSource clock) throws UnusableFile {
    this.files = files;
    this.clock = clock;
    Identity identity = identity(contents);
    this.keyManager = new IdentityKeyManager(identity);
    this.context = context(trust(contents));
    this.expiresAt = identity.expiresAt();
    this.inForce = contents.fingerprint();
    warnBeforeTheEnd();
  }

  /**
   * Reads the files.
   *
   * @throws UnusableFile naming the one that is missing, unreadable, of no form that we take, out
   *     of its time, or does not fit the others
   */
  public static ServerTls load(TlsFiles files, InstantSource clock) throws UnusableFile {
    return new ServerTls(files, Contents.read(files), clock);
  }

  /** Looks at the files every two seconds from now on, on a thread of its own. */
  @SuppressWarnings("FutureReturnValueIgnored") // checkUnattended() lets no exception out
  public void start() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tls-files");
              thread.setDaemon(true);
              return thread;
            });
    timer = Optional.of(executor);
    executor.scheduleWithFixedDelay(
        this::checkUnattended, CHECK_EVERY_SECONDS, CHECK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks at the files once. */
  public void check() {
    try {
      Contents contents = Contents.read(files);
      String found = contents.fingerprint();
      if (found.equals(inForce)) {
        suspect = "";
        fault = Optional.empty();
      } else {
        take(contents, found);
      }
    } catch (UnusableFile e) {
      refuse("", e);
    }
    warnBeforeTheEnd();
  }

  /** An engine for the server's end of a new connection, which asks for a client's certificate. */
  public SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS.toArray(new String[0]));
    parameters.setCipherSuites(CIPHER_SUITES.toArray(new String[0]));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setWantClientAuth(files.clientCa().isPresent());
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** For a server that makes its engines itself: always the certificate that is in force. */
  public X509ExtendedKeyManager keyManager() {
    return keyManager;
  }

  /** Times that changed files came into force. */
  public long reloads() {
    return reloads.sum();
  }

  /** Times that changed files could not serve. */
  public long failures() {
    return failures.sum();
  }

  /** What is wrong with the files as they are now, if they are not those in force. */
  public Optional<String> fault() {
    return fault;
  }

  /** When the certificate in force ends. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Stops looking at the files; what was read stays good. */
  @Override
  public void close() {
    timer.ifPresent(ScheduledExecutorService::shutdownNow);
  }

  private void checkUnattended() {
    try {
      check();
    } catch (RuntimeException e) {
      // Out of here, the timer would never look again.
      log.error("The certificate's files could not be looked at; trying again.", e);
    }
  }

  private void take(Contents contents, String found) {
    try {
      Identity identity = identity(contents);
      Optional<TrustManager> trust = trust(contents);
      keyManager.use(identity);
      // A context of its own: no session resumes that another certificate or CA began.
      context = context(trust);
      expiresAt = identity.expiresAt();
      inForce = found;
      suspect = "";
      fault = Optional.empty();
      reloads.increment();
      log.info("The certificate's files have changed: in force, until {}.", expiresAt);
    } catch (UnusableFile e) {
      refuse(found, e);
    }
  }

  /** Says once what is wrong, and only if it still is when we look again. */
  private void refuse(String found, UnusableFile why) {
    String seen = found + why.getMessage();
    if (!seen.equals(suspect)) {
      suspect = seen;
    } else if (!fault.equals(Optional.of(why.getMessage()))) {
      fault = Optional.of(why.getMessage());
      failures.increment();
      log.warn("{} Until then the certificate that was read before stays.", why.getMessage());
    }
  }

  private void warnBeforeTheEnd() {
    Instant now = clock.instant();
    if (now.isAfter(expiresAt.minus(WARN_BEFORE))
        && (warnedAt.equals(Instant.MIN) || now.isAfter(warnedAt.plus(WARN_EVERY)))) {
      warnedAt = now;
      log.warn("{} is good only until {}: get a new one.", files.certificate(), expiresAt);
    }
  }

  private Identity identity(Contents contents) throws UnusableFile {
    return Identity.of(contents.certificate, contents.key, clock.instant());
  }

  private static Optional<TrustManager> trust(Contents contents) throws UnusableFile {
    if (contents.clientCa.isEmpty()) {
      return Optional.empty();
    }
    List<X509Certificate> authorities = contents.clientCa.get().certificates();
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("ca-" + i, authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return Optional.of(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Certificates cannot be kept in memory.", e);
    }
  }

  private SSLContext context(Optional<TrustManager> trust) {
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(new KeyManager[] {keyManager}, trust.stream().toArray(TrustManager[]::new), null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has TLS, but this one does not.", e);
    }
  }
}
