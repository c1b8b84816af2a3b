package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.mqtt.MqttRates;
import io.floodmark.schema.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
  @TempDir Path folder;

  @Test
  void whereNobodySaysTheDefaultsCount() {
    assertEquals(
        new ServerConfig(
            "127.0.0.1",
            OptionalInt.of(8080),
            "127.0.0.1",
            OptionalInt.of(1883),
            TlsSettings.NONE,
            MqttRates.DEFAULT,
            false,
            65_536,
            Optional.empty(),
            Path.of("./floodmark-demo"),
            Optional.empty(),
            Set.of(),
            false,
            false,
            LogFormat.TEXT,
            ZoneId.of("Asia/Ho_Chi_Minh"),
            1_095),
        ServerConfig.of(sources(Map.of(), Map.of(), Optional.empty())));
  }

  @Test
  void aFlagOutranksTheEnvironmentAndThatTheFile() throws IOException {
    Path file = file("http.port=1\nmqtt.port=1\ndata.dir=from-file\n");
    Map<String, String> environment =
        Map.of("FLOODMARK_HTTP_PORT", "2", "FLOODMARK_MQTT_PORT", "2", "PATH", "anything");
    Map<Setting, String> flags = Map.of(Setting.HTTP_PORT, "3");
    ServerConfig config = ServerConfig.of(sources(flags, environment, Optional.of(file)));
    assertEquals(OptionalInt.of(3), config.httpPort());
    assertEquals(OptionalInt.of(2), config.mqttPort());
    assertEquals(Path.of("from-file"), config.dataDir());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.168.1.7", "gauge.example"})
  void mqttIsOpenOnlyToThisMachine(String host) {
    Map<Setting, String> open = Map.of(Setting.MQTT_OPEN, "true", Setting.MQTT_HOST, host);
    SettingSources sources = sources(open, Map.of(), Optional.empty());
    assertTrue(
        assertThrows(WrongUsage.class, () -> ServerConfig.of(sources))
            .getMessage()
            .contains("mqtt.open"));
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everySettingHasThreeNamesThatMeanTheSame(Setting setting) {
    assertEquals(Optional.of(setting), Setting.find(setting.key()));
    assertEquals("--" + setting.key().replace('.', '-'), setting.flag());
    assertEquals(
        "floodmark_" + setting.key().replace('.', '_'),
        setting.variable().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_PORT, 0",
    "HTTP_PORT, 65535",
    "HTTP_PORT, off",
    "MQTT_PORT, off",
    "MQTT_HOST, ::1",
    "MQTT_HOST, gauge.example",
    "MQTT_OPEN, true",
    "MQTT_PAYLOAD_MAX, 256",
    "MQTT_PAYLOAD_MAX, 16777216",
    "MQTTS_PORT, off",
    "MQTT_SENSOR_MESSAGES, none",
    "MQTT_SENSOR_BYTES, 256",
    "MQTT_ADDRESS_CONNECTS, 1",
    "DB_URL, jdbc:postgresql://db:5432/floodmark",
    "PUBLIC_URL, https://ngap.example",
    "PUBLIC_URL, http://10.0.0.1:8080/",
    "HTTP_TRUSTED_PROXIES, '10.0.0.1, fd00::/8'",
    "RETENTION_DAYS, 31",
    "TIME_ZONE, UTC"
  })
  void aPossibleValueIsTaken(Setting setting, String text) {
    ServerConfig.of(sources(Map.of(setting, text), Map.of(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_PORT, 65536, 0 to 65535",
    "PUBLIC_URL, https://ngap.example/map, without a path",
    "PUBLIC_URL, ngap.example, http:// or https://",
    "HTTP_TRUSTED_PROXIES, 10.0.0.0/33, IP addresses",
    "HTTP_TRUSTED_PROXIES, proxy.example, IP addresses",
    "HTTP_PORT, -1, 0 to 65535",
    "MQTT_PORT, 18 83, 0 to 65535",
    "MQTT_HOST, a b, a host name or an IP address",
    "MQTT_OPEN, yes, true or false",
    "MQTT_PAYLOAD_MAX, 255, 256 to 16777216",
    "MQTT_PAYLOAD_MAX, 64k, 256 to 16777216",
    "MQTTS_PORT, none, off or a whole number from 0 to 65535",
    "HTTPS_PORT, 65536, off or a whole number from 0 to 65535",
    "MQTT_SENSOR_MESSAGES, off, none or a whole number from 1",
    "MQTT_SENSOR_BYTES, 255, none or a whole number from 256",
    "MQTT_ADDRESS_CONNECTIONS, 0, a whole number from 1",
    "DB_URL, postgres://db/floodmark, jdbc:postgresql://HOST:PORT/DATABASE",
    "DB_URL, jdbc:postgresql://db/floodmark?preferQueryMode=simple, no preferQueryMode",
    "RETENTION_DAYS, 30, 31 to 36500",
    "TIME_ZONE, Mars/Olympus, a zone such as Asia/Ho_Chi_Minh"
  })
  void anImpossibleValueIsRefusedInOneLineThatNamesIt(
      Setting setting, String text, String allowed) {
    SettingSources sources = sources(Map.of(), Map.of(setting.variable(), text), Optional.empty());
    String message = assertThrows(WrongUsage.class, () -> ServerConfig.of(sources)).getMessage();
    assertEquals(
        "%s = \"%s\" (from %s) is impossible; allowed is"
            .formatted(setting.key(), text, setting.variable()),
        message.substring(0, message.indexOf(" is impossible; allowed is") + 26));
    assertTrue(message.contains(allowed), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void tlsNeedsItsFilesAndItsFilesEachOther() {
    assertIncomplete("mqtts.port", Map.of(Setting.MQTTS_PORT, "0"));
    assertIncomplete("https.port", Map.of(Setting.HTTPS_PORT, "0"));
    assertIncomplete("tls.key", Map.of(Setting.TLS_CERTIFICATE, "c.pem"));
    assertIncomplete("tls.certificate", Map.of(Setting.TLS_KEY, "k.pem"));
    assertIncomplete(
        "tls.client.ca",
        Map.of(
            Setting.HTTPS_PORT, "0",
            Setting.TLS_CERTIFICATE, "c.pem",
            Setting.TLS_KEY, "k.pem",
            Setting.TLS_CLIENT_CA, "ca.pem"));
  }

  private static void assertIncomplete(String named, Map<Setting, String> flags) {
    SettingSources sources = sources(flags, Map.of(), Optional.empty());
    String message = assertThrows(WrongUsage.class, () -> ServerConfig.of(sources)).getMessage();
    assertTrue(message.contains(named), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void anUnknownVariableIsRefusedByName() {
    Map<String, String> environment = Map.of("FLOODMARK_MQTT_PROT", "1883");
    assertRefused("FLOODMARK_MQTT_PROT", Map.of(), environment, Optional.empty());
  }

  @Test
  void anUnknownLineOfTheFileIsRefusedByName() throws IOException {
    Path file = file("http.prot=80\n");
    assertRefused("http.prot in " + file, Map.of(), Map.of(), Optional.of(file));
  }

  @Test
  void aFileThatCannotBeReadIsRefusedByName() {
    Path file = folder.resolve("absent");
    assertRefused(file + " is missing", Map.of(), Map.of(), Optional.of(file));
  }

  @Test
  void anEmptyValueIsRefused() {
    assertRefused(
        "FLOODMARK_DB_URL) is empty", Map.of(), Map.of("FLOODMARK_DB_URL", ""), Optional.empty());
  }

  @Test
  void whatTestsNeedIsNoSetting() {
    Map<String, String> environment = Map.of("FLOODMARK_TEST_TIMESCALE_URL", "jdbc:postgresql:x");
    sources(Map.of(), environment, Optional.empty());
  }

  @Test
  void aUserWithoutADatabaseIsRefused() {
    SettingSources sources = sources(Map.of(Setting.DB_USER, "lan"), Map.of(), Optional.empty());
    assertThrows(WrongUsage.class, () -> ServerConfig.of(sources));
  }

  @Test
  void theDatabaseIsWhatItsThreeSettingsSay() {
    Map<Setting, String> flags =
        Map.of(
            Setting.DB_URL, "jdbc:postgresql://db/f",
            Setting.DB_USER, "lan",
            Setting.DB_PASSWORD, "s3cret");
    SettingSources sources = sources(flags, Map.of(), Optional.empty());
    assertEquals(
        Optional.of(new Database("jdbc:postgresql://db/f", "lan", "s3cret")),
        ServerConfig.of(sources).database());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:postgresql://lan:s3cret@db/f", "postgres://db/f?user=lan&password=s3cret"})
  void anAddressThatIsRefusedIsToldWithoutItsPassword(String url) {
    SettingSources sources = sources(Map.of(Setting.DB_URL, url), Map.of(), Optional.empty());
    String message = assertThrows(WrongUsage.class, () -> ServerConfig.of(sources)).getMessage();
    assertFalse(message.contains("s3cret"), message);
  }

  @Test
  void whatIsLoggedHoldsNoPassword() {
    Map<Setting, String> flags =
        Map.of(
            Setting.DB_URL, "jdbc:postgresql://db/f?user=lan&password=s3cret&ssl=true",
            Setting.DB_PASSWORD, "s3cret");
    String logged = String.join("\n", sources(flags, Map.of(), Optional.empty()).describe());
    assertFalse(logged.contains("s3cret"), logged);
    assertTrue(logged.contains("db.password = *** (--db-password)"), logged);
    assertTrue(logged.contains("password=***&ssl=true"), logged);
    assertTrue(logged.contains("http.port = 8080 (default)"), logged);
  }

  private static void assertRefused(
      String named,
      Map<Setting, String> flags,
      Map<String, String> environment,
      Optional<Path> file) {
    WrongUsage refused = assertThrows(WrongUsage.class, () -> sources(flags, environment, file));
    assertTrue(refused.getMessage().contains(named), refused::getMessage);
    assertEquals(1, refused.getMessage().lines().count());
  }

  @Test
  void aCommandsOwnDefaultGivesWayToWhatIsSet() {
    SettingSources unset = sources(Map.of(), Map.of(), Optional.empty());
    unset.defaultTo(Setting.HTTP_PORT, "off");
    assertEquals(OptionalInt.empty(), ServerConfig.of(unset).httpPort());

    SettingSources set = sources(Map.of(Setting.HTTP_PORT, "8081"), Map.of(), Optional.empty());
    set.defaultTo(Setting.HTTP_PORT, "off");
    assertEquals(OptionalInt.of(8_081), ServerConfig.of(set).httpPort());
  }

  private static SettingSources sources(
      Map<Setting, String> flags, Map<String, String> environment, Optional<Path> file) {
    return new SettingSources(flags, environment, file, "./floodmark-demo");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("floodmark.properties"), text);
  }
}
