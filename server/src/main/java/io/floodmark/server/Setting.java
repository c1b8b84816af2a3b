package io.floodmark.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting that there is: its key, what it means, what it is when nobody says. The key {@code
 * db.url} is the flag {@code --db-url}, the environment variable {@code FLOODMARK_DB_URL} and a
 * line of the properties file.
 */
public enum Setting {
  /** Where the map and the API listen. */
  HTTP_HOST("http.host", "127.0.0.1", "address on which the map and the API are served"),
  /** Their port. */
  HTTP_PORT("http.port", "8080", "its port, 0 to 65535; 0 picks a free one; or off"),
  /** Where they are served over TLS. */
  HTTPS_PORT("https.port", "off", "port of the same over TLS; off, or 0 to 65535 as http.port"),
  /** Proxies of ours. */
  HTTP_TRUSTED_PROXIES(
      "http.trusted.proxies",
      "",
      "addresses whose X-Forwarded-For counts, as 10.0.0.1,10.1.0.0/16"),
  /** Under which address residents reach us. */
  PUBLIC_URL("public.url", "", "scheme, host and port that plates point to, as https://host"),
  /** Where sensors connect to. */
  MQTT_HOST("mqtt.host", "127.0.0.1", "address on which sensors are listened to"),
  /** Their port. */
  MQTT_PORT("mqtt.port", "1883", "its port, 0 to 65535; 0 picks a free one; or off"),
  /** Where sensors connect to over TLS. */
  MQTTS_PORT("mqtts.port", "off", "port of the same over TLS; off, or 0 to 65535 as mqtt.port"),
  /** Who we are over TLS. */
  TLS_CERTIFICATE(
      "tls.certificate", "", "PEM file: our certificate, then those that lead to a known one"),
  /** How we prove it. */
  TLS_KEY("tls.key", "", "PEM file: its private key, as PKCS#8"),
  /** Who may certify sensors. */
  TLS_CLIENT_CA(
      "tls.client.ca",
      "",
      "PEM file: whose certificates sensors may sign in with in place of a token"),
  /** How many may come from one address. */
  MQTT_ADDRESS_CONNECTIONS(
      "mqtt.address.connections",
      "10000",
      "connections of one address at a time, 1 to 999999999; this machine's do not count"),
  /** How quickly they may come. */
  MQTT_ADDRESS_CONNECTS(
      "mqtt.address.connects",
      "50",
      "new connections of one address a second, 1 to 999999999; this machine's do not count"),
  /** How much a sensor may send. */
  MQTT_SENSOR_MESSAGES(
      "mqtt.sensor.messages", "none", "messages of one sensor a second; none, or 1 to 999999999"),
  /** How many bytes. */
  MQTT_SENSOR_BYTES(
      "mqtt.sensor.bytes",
      "none",
      "bytes of payload of one sensor a second; none, or 256 to 999999999"),
  /** Whether somebody may come in who does not say who it is. */
  MQTT_OPEN(
      "mqtt.open",
      "false",
      "true lets in clients without a name, to topics of their own; only on 127.0.0.1"),
  /** Whether warnings may be posted to ourselves. */
  WEBHOOK_LOOPBACK(
      "webhook.loopback", "false", "true lets warnings be posted to this machine itself"),
  /** Whether figures of operation are for everybody. */
  METRICS_OPEN("metrics.open", "false", "true answers /metrics without an API token"),
  /** How the log is written. */
  LOG_FORMAT("log.format", "text", "text for people, or json: one object a line"),
  /** Limit of a message. */
  MQTT_PAYLOAD_MAX("mqtt.payload.max", "65536", "bytes of a message, 256 to 16777216"),
  /** A database of the operator's own. */
  DB_URL("db.url", "", "JDBC address of a PostgreSQL 15 or newer; without it, one of our own"),
  /** Who we are to it. */
  DB_USER("db.user", "", "role to sign in there as"),
  /** How it knows us. */
  DB_PASSWORD("db.password", "", "its password"),
  /** Where the embedded database lives. */
  DATA_DIR("data.dir", "./floodmark-data", "folder of our own database"),
  /** How long readings are kept. */
  RETENTION_DAYS("retention.days", "1095", "age at which readings are dropped, 31 to 36500 days"),
  /** When a day of a chart begins; the page itself shows Vietnam time, whatever this is. */
  TIME_ZONE("time.zone", "Asia/Ho_Chi_Minh", "by whose clock the steps of charts begin");

  private final String key;
  private final String fallback;
  private final String description;

  Setting(String key, String fallback, String description) {
    this.key = key;
    this.fallback = fallback;
    this.description = description;
  }

  /** The setting of that key, or empty. */
  static Optional<Setting> find(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** As it stands in a properties file. */
  public String key() {
    return key;
  }

  /** As it is given on the command line. */
  public String flag() {
    return "--" + key.replace('.', '-');
  }

  /** As it stands in the environment. */
  public String variable() {
    return "FLOODMARK_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** What it is when nobody says; empty if it is then not set at all. */
  public String fallback() {
    return fallback;
  }

  /** What it means and what is allowed, on one line. */
  public String description() {
    return description;
  }
}
