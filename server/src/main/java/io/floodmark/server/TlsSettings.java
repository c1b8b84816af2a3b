package io.floodmark.server;

import io.floodmark.tls.SecurePort;
import io.floodmark.tls.ServerTls;
import io.floodmark.tls.TlsFiles;
import io.floodmark.tls.UnusableFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which ports speak TLS, and by which files.
 *
 * @param mqttsPort that for sensors, 0 for any free one
 * @param httpsPort that for browsers, 0 for any free one
 * @param files there if one of the ports is
 */
record TlsSettings(OptionalInt mqttsPort, OptionalInt httpsPort, Optional<TlsFiles> files) {
  /** No TLS. */
  static final TlsSettings NONE =
      new TlsSettings(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

  /**
   * Judges what the settings say; what the files hold only {@link #load} does.
   *
   * @throws WrongUsage naming the setting that is missing, or that no other makes use of
   */
  static TlsSettings of(OptionalInt mqttsPort, OptionalInt httpsPort, SettingSources sources) {
    Optional<Path> certificate = file(sources, Setting.TLS_CERTIFICATE);
    Optional<Path> key = file(sources, Setting.TLS_KEY);
    Optional<Path> clientCa = file(sources, Setting.TLS_CLIENT_CA);
    if (certificate.isPresent() != key.isPresent()) {
      throw new WrongUsage(
          "tls.certificate and tls.key belong together: set both, or none of them.");
    }
    boolean isAsked = mqttsPort.isPresent() || httpsPort.isPresent();
    if (isAsked && certificate.isEmpty()) {
      throw new WrongUsage(
          (mqttsPort.isPresent() ? "mqtts.port" : "https.port")
              + " is set, but tls.certificate and tls.key are not: name their files.");
    }
    if (clientCa.isPresent() && mqttsPort.isEmpty()) {
      throw new WrongUsage(
          "tls.client.ca is set, but mqtts.port is not: sensors show certificates only there.");
    }
    return new TlsSettings(
        mqttsPort,
        httpsPort,
        isAsked
            ? Optional.of(new TlsFiles(certificate.orElseThrow(), key.orElseThrow(), clientCa))
            : Optional.empty());
  }

  /**
   * Reads the files, if there is something to use them for.
   *
   * @throws WrongUsage naming the setting whose file cannot serve
   */
  Optional<ServerTls> load(InstantSource clock) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ServerTls.load(files.get(), clock));
    } catch (UnusableFile e) {
      throw new WrongUsage(e.getMessage());
    }
  }

  /** The port for sensors, with {@code tls} as it was loaded. */
  Optional<SecurePort> mqtts(Optional<ServerTls> tls) {
    return secure(mqttsPort, tls);
  }

  /** The port for browsers, with {@code tls} as it was loaded. */
  Optional<SecurePort> https(Optional<ServerTls> tls) {
    return secure(httpsPort, tls);
  }

  private static Optional<SecurePort> secure(OptionalInt port, Optional<ServerTls> tls) {
    return port.isPresent()
        ? Optional.of(new SecurePort(port.getAsInt(), tls.orElseThrow()))
        : Optional.empty();
  }

  private static Optional<Path> file(SettingSources sources, Setting setting) {
    String text = sources.value(setting);
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      throw sources.impossible(setting, "the path of a file");
    }
  }
}
