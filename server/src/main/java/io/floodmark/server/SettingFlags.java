package io.floodmark.server;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The settings as flags of a command; made from {@link Setting}, so that each is named once. */
final class SettingFlags {
  /** What a command needs that only works on the database. */
  static final List<Setting> OF_DATABASE =
      List.of(Setting.DATA_DIR, Setting.DB_URL, Setting.DB_USER, Setting.DB_PASSWORD);

  private static final String CONFIG = "--config";

  private SettingFlags() {}

  /**
   * Adds flags to a command.
   *
   * @param dataDir the command's default for {@code data.dir}
   */
  static void addTo(CommandSpec command, List<Setting> settings, String dataDir) {
    for (Setting setting : settings) {
      String fallback = setting == Setting.DATA_DIR ? dataDir : setting.fallback();
      String description =
          setting.description() + (fallback.isEmpty() ? "" : " (" + fallback + ")");
      command.addOption(
          OptionSpec.builder(setting.flag())
              .type(String.class)
              .paramLabel("VALUE")
              .description(escaped(description))
              .build());
    }
    command.addOption(
        OptionSpec.builder(CONFIG)
            .type(Path.class)
            .paramLabel("FILE")
            .description(
                "properties file with settings; flags and FLOODMARK_* variables outrank it")
            .build());
  }

  /** What was given with the command that has just been parsed, and around it. */
  static SettingSources read(CommandSpec command, Map<String, String> environment, String dataDir) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      OptionSpec option = command.findOption(setting.flag());
      if (option != null && option.getValue() != null) {
        flags.put(setting, option.getValue());
      }
    }
    Optional<Path> file = Optional.ofNullable(command.findOption(CONFIG).getValue());
    return new SettingSources(flags, environment, file, dataDir);
  }

  /** Picocli formats descriptions. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
