package io.floodmark.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/**
 * What some tests need beyond Java and Maven. A method hands it out or ends the test: on a
 * developer's machine as skipped, with one line that says what to install; with {@code CI=true} as
 * failed, because there a test that does not run proves nothing. Docker alone may be missing
 * anywhere: it cannot be had everywhere.
 */
public final class Needs {

  private static final Need CHROMIUM =
      new Need("Chromium", "Install it (Debian: apt-get install chromium).", true);
  private static final Need MOSQUITTO_PUB =
      new Need("mosquitto_pub", "Install it (Debian: apt-get install mosquitto-clients).", true);
  private static final Need MOSQUITTO_SUB =
      new Need("mosquitto_sub", "Install it (Debian: apt-get install mosquitto-clients).", true);
  private static final Need EXIFTOOL =
      new Need("exiftool", "Install it (Debian: apt-get install libimage-exiftool-perl).", true);
  private static final Need PDFTOPPM =
      new Need("pdftoppm", "Install it (Debian: apt-get install poppler-utils).", true);
  private static final Need ZBARIMG =
      new Need("zbarimg", "Install it (Debian: apt-get install zbar-tools).", true);
  private static final Need TIMESCALE =
      new Need(
          "TimescaleDB",
          "Start Docker, or as root on Debian run"
              + " export FLOODMARK_TEST_TIMESCALE_URL=\"$(.ci/timescaledb start tests)\".",
          true);
  private static final Need TIMESCALE_LICENSED =
      new Need(
          "TimescaleDB under the Timescale License or Docker",
          "Start Docker, or set FLOODMARK_TEST_TIMESCALE_TSL_URL to one; Debian has only the Apache"
              + " edition.",
          false);
  private static final Need DOCKER =
      new Need("Docker", "Install and start it (Debian: apt-get install docker.io).", false);

  private static final boolean CI = "true".equals(System.getenv("CI"));
  private static final Set<Need> SAID = ConcurrentHashMap.newKeySet();

  private Needs() {}

  /** The browser's program. */
  public static Path chromium() {
    return demand(CHROMIUM, program("chromium", "chromium-browser", "google-chrome"));
  }

  /** Debian's MQTT command-line publisher: a client that is none of ours. */
  static Path mosquittoPub() {
    return demand(MOSQUITTO_PUB, program("mosquitto_pub"));
  }

  /** Debian's MQTT command-line subscriber. */
  static Path mosquittoSub() {
    return demand(MOSQUITTO_SUB, program("mosquitto_sub"));
  }

  /** Debian's reader of whatever a photo says beside its pixels: none of ours. */
  public static Path exiftool() {
    return demand(EXIFTOOL, program("exiftool"));
  }

  /** Poppler's renderer of PDF: it is none of ours, nor of the library that writes them. */
  public static Path pdftoppm() {
    return demand(PDFTOPPM, program("pdftoppm"));
  }

  /** ZBar's reader of codes in pictures. */
  public static Path zbarimg() {
    return demand(ZBARIMG, program("zbarimg"));
  }

  /**
   * Where a TimescaleDB is to be had, Docker first.
   *
   * @return the JDBC address in FLOODMARK_TEST_TIMESCALE_URL, with user and password, of a role
   *     that may create databases and extensions; empty: start a container
   */
  static Optional<String> timescale() {
    Optional<String> address = Optional.empty();
    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    if (!docker) {
      address =
          Optional.ofNullable(System.getenv("FLOODMARK_TEST_TIMESCALE_URL"))
              .filter(url -> !url.isBlank());
    }
    demand(TIMESCALE, docker ? Optional.of("Docker") : address);
    return address;
  }

  /**
   * Where a TimescaleDB that may compress is to be had; nowhere in our CI.
   *
   * @return the JDBC address in FLOODMARK_TEST_TIMESCALE_TSL_URL, as of {@link #timescale}; empty:
   *     start a container
   */
  static Optional<String> timescaleLicensed() {
    Optional<String> address =
        Optional.ofNullable(System.getenv("FLOODMARK_TEST_TIMESCALE_TSL_URL"))
            .filter(url -> !url.isBlank());
    boolean docker = address.isEmpty() && DockerClientFactory.instance().isDockerAvailable();
    demand(TIMESCALE_LICENSED, docker ? Optional.of("Docker") : address);
    return address;
  }

  /** A container engine that Testcontainers can talk to. */
  static void docker() {
    boolean runs = DockerClientFactory.instance().isDockerAvailable();
    demand(DOCKER, runs ? Optional.of("Docker") : Optional.empty());
  }

  private static <T> T demand(Need need, Optional<T> found) {
    return switch (need.verdict(found.isPresent(), CI)) {
      case RUN -> found.orElseThrow();
      case SKIP -> {
        if (SAID.add(need)) {
          System.out.println(
              "Skipped: " + need.lack()); // Surefire shows the reason in its XML only
        }
        yield Assumptions.abort(need.lack());
      }
      case FAIL -> Assertions.fail("CI=true forbids to skip: " + need.lack());
    };
  }

  private static Optional<Path> program(String... names) {
    return program(List.of(names), Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  /** The first of these names that is an executable file in a search path's folders. */
  static Optional<Path> program(List<String> names, String searchPath) {
    return names.stream()
        .flatMap(
            name ->
                Stream.of(searchPath.split(Pattern.quote(File.pathSeparator), -1))
                    .filter(folder -> !folder.isEmpty())
                    .map(folder -> Path.of(folder, name)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** What comes of a test. */
  enum Verdict {
    RUN,
    SKIP,
    FAIL
  }

  /**
   * Something that a machine has or lacks.
   *
   * @param name what people call it
   * @param remedy a sentence that says how to get it
   * @param mandatoryInCi whether a build machine must have it
   */
  record Need(String name, String remedy, boolean mandatoryInCi) {

    Verdict verdict(boolean found, boolean ci) {
      if (found) {
        return Verdict.RUN;
      }
      return ci && mandatoryInCi ? Verdict.FAIL : Verdict.SKIP;
    }

    /** One line that names the lack and its remedy. */
    String lack() {
      return name + " not found. " + remedy;
    }
  }
}
