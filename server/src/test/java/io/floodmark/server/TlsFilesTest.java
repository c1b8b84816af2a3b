package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.tls.ServerTls;
import io.floodmark.tls.TlsFiles;
import io.floodmark.tls.UnusableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFilesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(30));
  private static final InstantSource CLOCK = () -> NOW;

  @TempDir Path folder;
  private TestAuthority authority;
  private Path certificate;
  private Path key;

  @BeforeEach
  void write() throws Exception {
    authority = new TestAuthority("test authority", NOW.minusSeconds(3_600), END);
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
    authority.issue("localhost").write(certificate, key);
  }

  @Test
  void keysOfBothKindsAreTaken() throws Exception {
    assertEquals(END, load().expiresAt());

    authority.issueRsa("localhost").write(certificate, key);
    assertEquals(END, load().expiresAt());
  }

  @ParameterizedTest
  @CsvSource({
    "RSA PRIVATE KEY, openssl pkcs8 -topk8 -nocrypt",
    "EC PRIVATE KEY, openssl pkcs8 -topk8 -nocrypt",
    "ENCRYPTED PRIVATE KEY, is encrypted",
    "CERTIFICATE, has no key in it",
    "PRIVATE KEY, is no RSA key and no EC key"
  })
  void aKeyOfAnotherFormIsRefusedWithWhatToDo(String label, String words) throws Exception {
    Files.writeString(key, TestAuthority.pem(label, new byte[40]));
    assertUnusable("tls.key = " + key, words);
  }

  @Test
  void aKeyThatDoesNotFitItsCertificateIsRefused() throws Exception {
    Files.writeString(key, authority.issue("localhost").keyPem());
    assertUnusable("tls.key", "does not fit");

    Files.writeString(key, authority.issueRsa("localhost").keyPem());
    assertUnusable("tls.key", "does not fit");
  }

  @Test
  void aCertificateOutOfItsTimeIsRefused() throws Exception {
    authority.issueUntil("localhost", NOW.minusSeconds(1)).write(certificate, key);
    assertUnusable("tls.certificate", "expired");

    new TestAuthority("of tomorrow", NOW.plus(Duration.ofDays(1)), END)
        .issue("localhost")
        .write(certificate, key);
    assertUnusable("tls.certificate", "good only from");
  }

  @Test
  void aFileThatIsNotThereOrDamagedIsNamed() throws Exception {
    Files.writeString(certificate, TestAuthority.pem("CERTIFICATE", new byte[40]));
    assertUnusable("tls.certificate", "damaged");

    Files.delete(certificate);
    assertUnusable("tls.certificate", "does not exist");
  }

  @Test
  void theProgramStopsWithThatLine() throws Exception {
    Files.delete(key);
    TlsSettings settings =
        new TlsSettings(
            OptionalInt.of(0),
            OptionalInt.empty(),
            Optional.of(new TlsFiles(certificate, key, Optional.empty())));
    WrongUsage refused = assertThrows(WrongUsage.class, () -> settings.load(CLOCK));
    assertTrue(refused.getMessage().startsWith("tls.key = " + key), refused::getMessage);
    assertEquals(1, refused.getMessage().lines().count());
  }

  @Test
  void changedFilesComeIntoForce() throws Exception {
    ServerTls tls = load();
    tls.check();
    assertEquals(0, tls.reloads());

    authority.issueUntil("localhost", NOW.plusSeconds(7_200)).write(certificate, key);
    tls.check();

    assertEquals(1, tls.reloads());
    assertEquals(NOW.plusSeconds(7_200), tls.expiresAt());
    assertEquals(0, tls.failures());
  }

  @Test
  void filesHalfWrittenAreLookedAtAgain() throws Exception {
    ServerTls tls = load();
    TestAuthority.Issued next = authority.issueUntil("localhost", NOW.plusSeconds(7_200));
    Files.writeString(certificate, next.chainPem());
    tls.check();
    assertEquals(0, tls.failures());

    Files.writeString(key, next.keyPem());
    tls.check();

    assertEquals(0, tls.failures());
    assertEquals(1, tls.reloads());
  }

  @Test
  void brokenFilesLeaveInForceWhatWasAndAreCountedOnce() throws Exception {
    ServerTls tls = load();
    String good = Files.readString(key);
    Files.writeString(key, "no key");
    for (int i = 0; i < 5; i++) {
      tls.check();
    }

    assertEquals(1, tls.failures());
    assertEquals(0, tls.reloads());
    assertTrue(tls.fault().orElseThrow().contains("tls.key"));
    assertEquals(END, tls.expiresAt());

    Files.writeString(key, good);
    tls.check();
    assertEquals(Optional.empty(), tls.fault());
  }

  private ServerTls load() throws UnusableFile {
    return ServerTls.load(new TlsFiles(certificate, key, Optional.empty()), CLOCK);
  }

  private void assertUnusable(String... words) {
    String message = assertThrows(UnusableFile.class, this::load).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
    assertEquals(1, message.lines().count());
  }
}
