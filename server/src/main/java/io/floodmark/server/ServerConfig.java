package io.floodmark.server;

import io.floodmark.api.routes.ClientAddress;
import io.floodmark.ingest.mqtt.MqttRates;
import io.floodmark.schema.Database;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings, parsed once.
 *
 * @param httpHost address on which the map and the API are served
 * @param httpPort its port, 0 for any free one; empty where only HTTPS is served
 * @param mqttHost address on which sensors are listened to
 * @param mqttPort its port, 0 for any free one; empty where only TLS is spoken
 * @param tls where both speak TLS, and by which files
 * @param mqttRates how much one address and one sensor may do
 * @param mqttOpen whether MQTT clients may come in that do not say who they are
 * @param mqttPayloadMaxBytes largest message that is taken, 256 bytes to 16 MiB
 * @param database the operator's own; empty for the embedded one
 * @param dataDir folder of the embedded one
 * @param publicUrl scheme, host and port under which residents reach the map, without a slash at
 *     its end
 * @param trustedProxies addresses, or ranges of them, whose X-Forwarded-For counts
 * @param loopbackWebhooks whether warnings may be posted to this machine itself
 * @param metricsOpen whether {@code /metrics} answers without a token
 * @param logFormat how the log is written
 * @param timeZone by whose clock the steps of charts begin; the page shows Vietnam time regardless
 * @param retentionDays age at which readings are dropped, 31 to 36,500
 */
public record ServerConfig(
    String httpHost,
    OptionalInt httpPort,
    String mqttHost,
    OptionalInt mqttPort,
    TlsSettings tls,
    MqttRates mqttRates,
    boolean mqttOpen,
    int mqttPayloadMaxBytes,
    Optional<Database> database,
    Path dataDir,
    Optional<String> publicUrl,
    Set<String> trustedProxies,
    boolean loopbackWebhooks,
    boolean metricsOpen,
    LogFormat logFormat,
    ZoneId timeZone,
    int retentionDays) {
  private static final Pattern PUBLIC_URL =
      Pattern.compile("(?i)https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?/?");
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|::1|localhost");
  private static final int PORT_MAX = 65_535;
  private static final int RATE_MAX = 999_999_999;
  private static final int PAYLOAD_MIN_BYTES = 256;
  private static final int PAYLOAD_MAX_BYTES = 16 << 20;

  /** What staff see of the past month is made of readings. */
  private static final int RETENTION_MIN_DAYS = 31;

  private static final int RETENTION_MAX_DAYS = 36_500;

  /**
   * Judges every value, used or not.
   *
   * @throws WrongUsage naming the first impossible one and what is allowed
   */
  static ServerConfig of(SettingSources sources) {
    return new ServerConfig(
        host(sources, Setting.HTTP_HOST),
        port(sources, Setting.HTTP_PORT),
        host(sources, Setting.MQTT_HOST),
        port(sources, Setting.MQTT_PORT),
        TlsSettings.of(
            port(sources, Setting.MQTTS_PORT), port(sources, Setting.HTTPS_PORT), sources),
        mqttRates(sources),
        mqttOpen(sources),
        number(sources, Setting.MQTT_PAYLOAD_MAX, PAYLOAD_MIN_BYTES, PAYLOAD_MAX_BYTES),
        database(sources),
        path(sources, Setting.DATA_DIR),
        publicUrl(sources),
        trustedProxies(sources),
        yesOrNo(sources, Setting.WEBHOOK_LOOPBACK),
        yesOrNo(sources, Setting.METRICS_OPEN),
        logFormat(sources),
        zone(sources, Setting.TIME_ZONE),
        number(sources, Setting.RETENTION_DAYS, RETENTION_MIN_DAYS, RETENTION_MAX_DAYS));
  }

  private static String host(SettingSources sources, Setting setting) {
    String host = sources.value(setting);
    // What a name means is found out when it is bound; here only what can be no name at all.
    if (!host.matches("[A-Za-z0-9.:_%-]+")) {
      throw sources.impossible(setting, "a host name or an IP address");
    }
    return host;
  }

  private static MqttRates mqttRates(SettingSources sources) {
    return new MqttRates(
        number(sources, Setting.MQTT_ADDRESS_CONNECTIONS, 1, RATE_MAX),
        number(sources, Setting.MQTT_ADDRESS_CONNECTS, 1, RATE_MAX),
        numberUnless("none", sources, Setting.MQTT_SENSOR_MESSAGES, 1, RATE_MAX)
            .orElse(MqttRates.NONE),
        numberUnless("none", sources, Setting.MQTT_SENSOR_BYTES, PAYLOAD_MIN_BYTES, RATE_MAX)
            .orElse(MqttRates.NONE));
  }

  private static int number(SettingSources sources, Setting setting, int least, int most) {
    return number(sources, setting, least, most, "");
  }

  private static OptionalInt port(SettingSources sources, Setting setting) {
    return numberUnless("off", sources, setting, 0, PORT_MAX);
  }

  /** Empty if the setting says {@code word}. */
  private static OptionalInt numberUnless(
      String word, SettingSources sources, Setting setting, int least, int most) {
    return sources.value(setting).equals(word)
        ? OptionalInt.empty()
        : OptionalInt.of(number(sources, setting, least, most, word + " or "));
  }

  private static int number(
      SettingSources sources, Setting setting, int least, int most, String otherwise) {
    String text = sources.value(setting);
    String allowed = otherwise + "a whole number from " + least + " to " + most;
    if (!text.matches("\\d{1,9}")) {
      throw sources.impossible(setting, allowed);
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw sources.impossible(setting, allowed);
    }
    return number;
  }

  private static boolean yesOrNo(SettingSources sources, Setting setting) {
    String text = sources.value(setting);
    if (!text.equals("true") && !text.equals("false")) {
      throw sources.impossible(setting, "true or false");
    }
    return text.equals("true");
  }

  private static boolean mqttOpen(SettingSources sources) {
    boolean open = yesOrNo(sources, Setting.MQTT_OPEN);
    if (open && !LOOPBACK.matcher(sources.value(Setting.MQTT_HOST)).matches()) {
      throw sources.impossible(
          Setting.MQTT_OPEN, "false unless mqtt.host is 127.0.0.1, ::1 or localhost");
    }
    return open;
  }

  private static Optional<Database> database(SettingSources sources) {
    String url = sources.value(Setting.DB_URL);
    String user = sources.value(Setting.DB_USER);
    String password = sources.value(Setting.DB_PASSWORD);
    if (url.isEmpty()) {
      if (!user.isEmpty() || !password.isEmpty()) {
        throw new WrongUsage(
            "db.user and db.password are set, but db.url is not: set that, or none of them.");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(new Database(url, user, password));
    } catch (IllegalArgumentException e) {
      throw sources.impossible(
          Setting.DB_URL,
          "jdbc:postgresql://HOST:PORT/DATABASE with no user before the host and no"
              + " preferQueryMode behind it");
    }
  }

  private static Path path(SettingSources sources, Setting setting) {
    String text = sources.value(setting);
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw sources.impossible(setting, "the path of a folder");
    }
    throw sources.impossible(setting, "the path of a folder");
  }

  private static Optional<String> publicUrl(SettingSources sources) {
    String text = sources.value(Setting.PUBLIC_URL);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!PUBLIC_URL.matcher(text).matches()) {
      throw sources.impossible(
          Setting.PUBLIC_URL, "http:// or https://, a host and perhaps a port, without a path");
    }
    // Browsers send host names in small letters.
    return Optional.of(text.toLowerCase(Locale.ROOT).replaceFirst("/$", ""));
  }

  private static Set<String> trustedProxies(SettingSources sources) {
    Set<String> proxies = new LinkedHashSet<>();
    for (String text : sources.value(Setting.HTTP_TRUSTED_PROXIES).split(",", -1)) {
      if (!text.isBlank() && !ClientAddress.isValidProxy(text)) {
        throw sources.impossible(
            Setting.HTTP_TRUSTED_PROXIES, "IP addresses or ranges as 10.0.0.0/8, with commas");
      }
      proxies.add(text.strip());
    }
    proxies.remove("");
    return proxies;
  }

  private static LogFormat logFormat(SettingSources sources) {
    return LogFormat.find(sources.value(Setting.LOG_FORMAT))
        .orElseThrow(() -> sources.impossible(Setting.LOG_FORMAT, "text or json"));
  }

  private static ZoneId zone(SettingSources sources, Setting setting) {
    try {
      return ZoneId.of(sources.value(setting));
    } catch (DateTimeException e) {
      throw sources.impossible(setting, "a zone such as Asia/Ho_Chi_Minh");
    }
  }
}
