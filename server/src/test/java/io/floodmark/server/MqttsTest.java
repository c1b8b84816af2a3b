package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.mqtt.MqttConfig;
import io.floodmark.ingest.mqtt.MqttCounters;
import io.floodmark.ingest.mqtt.MqttLimits;
import io.floodmark.ingest.mqtt.MqttListener;
import io.floodmark.ingest.mqtt.MqttRates;
import io.floodmark.ingest.mqtt.ReaderDirectory;
import io.floodmark.ingest.mqtt.SensorDirectory;
import io.floodmark.ingest.mqtt.TokenHash;
import io.floodmark.sensor.SensorCode;
import io.floodmark.tls.SecurePort;
import io.floodmark.tls.ServerTls;
import io.floodmark.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT over TLS, with a client that is not ours. */
class MqttsTest {
  private static final long PATIENCE_MILLIS = 30_000;
  private static final String TOKEN = "token-of-a-0123456789";

  private static final InstantSource CLOCK = () -> Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path folder;
  private final MqttCounters counters = new MqttCounters();
  private final CommitQueue queue = new CommitQueue(1_000, 1_000_000);
  private final SensorDirectory directory = new SensorDirectory(List.of(sensor(1, "a")));
  private final List<MqttAsyncClient> clients = new ArrayList<>();
  private TestAuthority authority;
  private Path certificate;
  private Path key;
  private ServerTls tls;
  private MqttListener listener;
  private MqttLimits limits = MqttLimits.DEFAULT;

  @BeforeEach
  void start() throws Exception {
    authority = TestAuthority.ofAnyTime("test authority");
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
    Path clientCa = Files.writeString(folder.resolve("ca.pem"), authority.pem());
    authority.issue("localhost").write(certificate, key);
    tls = ServerTls.load(new TlsFiles(certificate, key, Optional.of(clientCa)), CLOCK);
    listen();
  }

  private void listen() {
    listener =
        new MqttListener(
            new MqttConfig(
                "127.0.0.1", OptionalInt.of(0), Optional.of(new SecurePort(0, tls)), limits, false),
            directory,
            new ReaderDirectory(List.of()),
            queue,
            CLOCK,
            counters);
    listener.start();
  }

  @AfterEach
  void stop() throws MqttException {
    for (MqttAsyncClient client : clients) {
      client.disconnectForcibly(0, 1);
      client.close();
    }
    listener.close();
  }

  @Test
  void aSensorSendsItsReadingsWithItsToken() throws Exception {
    MqttAsyncClient client = connect(authority.client(), Optional.of("a"), Optional.of(TOKEN));
    byte[] reading = "{\"depth_mm\":1}".getBytes(StandardCharsets.UTF_8);
    client.publish("sensors/a/readings", reading, 1, false);
    awaitTrue(() -> queue.size() == 1);
  }

  @Test
  void aCertificateStandsForATokenAndForNothingElse() throws Exception {
    SSLContext asA = authority.client(authority.issue("a"));
    MqttAsyncClient client = connect(asA, Optional.empty(), Optional.empty());
    client.publish(
        "sensors/a/readings", "{\"depth_mm\":1}".getBytes(StandardCharsets.UTF_8), 1, false);
    awaitTrue(() -> queue.size() == 1);
    // Over a session that TLS resumes, too.
    connect(asA, Optional.of("a"), Optional.empty());

    assertNotAuthorized(asA, Optional.of("b"));
    assertNotAuthorized(authority.client(authority.issue("unknown")), Optional.empty());
    assertNotAuthorized(authority.client(authority.issue("no code")), Optional.empty());
    assertEquals(2, counters.connected());
  }

  @Test
  void aRetiredSensorLosesItsLineWhateverItsCertificateSays() throws Exception {
    SSLContext asA = authority.client(authority.issue("a"));
    MqttAsyncClient client = connect(asA, Optional.empty(), Optional.empty());
    directory.update(Set.of(1), List.of());

    awaitTrue(() -> !client.isConnected());
    assertNotAuthorized(asA, Optional.empty());
  }

  @Test
  void aCertificateThatAnotherHasSignedIsNoTls() throws Exception {
    TestAuthority impostor = TestAuthority.ofAnyTime("test authority");
    SSLContext forged = authority.client(impostor.issue("a"));

    assertThrows(MqttException.class, () -> connect(forged, Optional.empty(), Optional.empty()));
    awaitTrue(() -> counters.refused(MqttCounters.Refusal.TLS) == 1);
    assertEquals(0, counters.connected());
  }

  @Test
  void whoShowsNoCertificateNeedsAToken() {
    assertThrows(
        MqttException.class, () -> connect(authority.client(), Optional.of("a"), Optional.empty()));
    assertEquals(1, counters.refused(MqttCounters.Refusal.CREDENTIALS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsAreSpoken(String version) throws Exception {
    try (SSLSocket socket = dial()) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      assertEquals(version, socket.getSession().getProtocol());
    }
  }

  @Test
  void aSuiteWithoutForwardSecrecyIsNot() throws Exception {
    try (SSLSocket socket = dial()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(
          new String[] {"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"});
      assertThrows(IOException.class, socket::startHandshake);
    }
    awaitTrue(() -> counters.refused(MqttCounters.Refusal.TLS) == 1);
  }

  @Test
  void whatIsNoTlsIsLetGo() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout((int) PATIENCE_MILLIS);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      // An alert at most, then the end.
      socket.getInputStream().readAllBytes();
    }
    awaitTrue(() -> counters.refused(MqttCounters.Refusal.TLS) == 1);
  }

  @Test
  void aHandshakeThatIsNotBegunIsNotWaitedForForEver() throws Exception {
    listener.close();
    limits =
        new MqttLimits(
            10,
            4,
            16,
            100,
            300,
            65_536,
            8_192,
            256,
            256,
            100,
            16,
            3_600,
            60,
            60_000,
            MqttRates.DEFAULT);
    listen();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout((int) PATIENCE_MILLIS);
      socket.getInputStream().readAllBytes();
    }
    assertEquals(1, counters.refused(MqttCounters.Refusal.CONNECT_TIMEOUT));
  }

  @Test
  void aNewCertificateIsShownToNewConnectionsAndCutsNoOpenOne() throws Exception {
    MqttAsyncClient before = connect(authority.client(), Optional.of("a"), Optional.of(TOKEN));
    assertEquals("CN=localhost", shown());

    authority.issueRsa("renewed").write(certificate, key);
    tls.check();

    assertEquals("CN=renewed", shown());
    before.publish(
        "sensors/a/readings", "{\"depth_mm\":1}".getBytes(StandardCharsets.UTF_8), 1, false);
    awaitTrue(() -> queue.size() == 1);
    assertTrue(before.isConnected());
  }

  private String shown() throws Exception {
    try (SSLSocket socket = dial()) {
      socket.startHandshake();
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    }
  }

  private SSLSocket dial() throws Exception {
    SSLSocket socket =
        (SSLSocket) authority.client().getSocketFactory().createSocket("127.0.0.1", port());
    socket.setSoTimeout((int) PATIENCE_MILLIS);
    return socket;
  }

  private void assertNotAuthorized(SSLContext context, Optional<String> user) {
    MqttException refused =
        assertThrows(MqttException.class, () -> connect(context, user, Optional.empty()));
    assertEquals(MqttException.REASON_CODE_NOT_AUTHORIZED, refused.getReasonCode());
  }

  private MqttAsyncClient connect(
      SSLContext context, Optional<String> user, Optional<String> password) throws MqttException {
    MqttAsyncClient client =
        new MqttAsyncClient(
            "ssl://localhost:" + port(), "client-" + clients.size(), new MemoryPersistence());
    clients.add(client);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setSocketFactory(context.getSocketFactory());
    user.ifPresent(options::setUserName);
    password.ifPresent(token -> options.setPassword(token.toCharArray()));
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    client.connect(options).waitForCompletion(PATIENCE_MILLIS);
    return client;
  }

  private int port() {
    return listener.securePort().orElseThrow();
  }

  private static SensorDirectory.Entry sensor(int id, String code) {
    return new SensorDirectory.Entry(
        id, new SensorCode(code), TokenHash.ofToken(TOKEN.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void awaitTrue(BooleanSupplier holds) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "It did not come to that in time.");
      Thread.onSpinWait();
    }
  }
}
