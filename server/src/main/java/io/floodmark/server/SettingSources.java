package io.floodmark.server;

import io.floodmark.schema.Database;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where each setting's value comes from: a flag, else the environment, else the properties file,
 * else the default. A key that nobody knows stops the start, wherever it stands: it is a typing
 * error, and what was meant by it would silently not be so.
 */
final class SettingSources {
  private static final String VARIABLE_PREFIX = "FLOODMARK_";

  /** Addresses of what tests need; a test that starts the program has them around it. */
  private static final String TEST_VARIABLE_PREFIX = "FLOODMARK_TEST_";

  private static final String DEFAULT = "default";

  private record Value(String text, String source) {}

  private final Map<Setting, Value> values = new EnumMap<>(Setting.class);

  /**
   * Gathers the values.
   *
   * @param flags what was given on the command line
   * @param environment of the process
   * @param file properties, if named
   * @param dataDir the default of {@code data.dir}, which is the command's own
   * @throws WrongUsage naming the first unknown key, or the file if it cannot be read
   */
  SettingSources(
      Map<Setting, String> flags,
      Map<String, String> environment,
      Optional<Path> file,
      String dataDir) {
    for (Setting setting : Setting.values()) {
      String fallback = setting == Setting.DATA_DIR ? dataDir : setting.fallback();
      values.put(setting, new Value(fallback, DEFAULT));
    }
    file.ifPresent(this::addFile);
    addEnvironment(environment);
    flags.forEach((setting, text) -> put(setting, text, setting.flag()));
  }

  /** The text that counts; empty if the setting is not set. */
  String value(Setting setting) {
    return values.get(setting).text();
  }

  /** Whether somebody has set it. */
  boolean isSet(Setting setting) {
    return !values.get(setting).source().equals(DEFAULT);
  }

  /** Gives a setting that nobody has set another default than its own. */
  void defaultTo(Setting setting, String text) {
    if (!isSet(setting)) {
      values.put(setting, new Value(text, DEFAULT));
    }
  }

  /** The sentence for a value that cannot be. */
  WrongUsage impossible(Setting setting, String allowed) {
    Value value = values.get(setting);
    String shown = isSecret(setting) ? "" : " = \"" + masked(setting) + "\"";
    return new WrongUsage(
        "%s%s (from %s) is impossible; allowed is %s."
            .formatted(setting.key(), shown, value.source(), allowed));
  }

  /** What counts and why, one line each, without secrets. */
  List<String> describe() {
    return Stream.of(Setting.values())
        .filter(setting -> !value(setting).isEmpty())
        .map(
            setting ->
                "%s = %s (%s)"
                    .formatted(setting.key(), masked(setting), values.get(setting).source()))
        .toList();
  }

  private void addFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new WrongUsage(
          "The settings in %s cannot be read: %s.".formatted(file, DataFolder.reason(e)));
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(
          "The settings in %s cannot be read: %s.".formatted(file, e.getMessage()));
    }
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      Setting setting = Setting.find(key).orElseThrow(() -> unknown(key + " in " + file));
      put(setting, properties.getProperty(key).strip(), file.toString());
    }
  }

  private void addEnvironment(Map<String, String> environment) {
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!name.startsWith(VARIABLE_PREFIX) || name.startsWith(TEST_VARIABLE_PREFIX)) {
        continue;
      }
      Setting setting =
          Stream.of(Setting.values())
              .filter(known -> known.variable().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name + " in the environment"));
      put(setting, environment.get(name), name);
    }
  }

  private void put(Setting setting, String text, String source) {
    if (text.isEmpty()) {
      throw new WrongUsage(
          "%s (from %s) is empty; give it a value or leave it out."
              .formatted(setting.key(), source));
    }
    values.put(setting, new Value(text, source));
  }

  private static WrongUsage unknown(String what) {
    return new WrongUsage(
        "There is no setting %s. Settings are %s."
            .formatted(
                what, String.join(", ", Stream.of(Setting.values()).map(Setting::key).toList())));
  }

  private String masked(Setting setting) {
    if (isSecret(setting)) {
      return "***";
    }
    return Database.withoutSecrets(value(setting)).replaceAll("\\p{Cntrl}", "?");
  }

  private static boolean isSecret(Setting setting) {
    return setting == Setting.DB_PASSWORD;
  }
}
