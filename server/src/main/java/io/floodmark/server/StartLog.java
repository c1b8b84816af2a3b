package io.floodmark.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator is asked for when something is wrong: versions and settings. */
final class StartLog {
  private static final Logger log = LoggerFactory.getLogger(StartLog.class);

  private StartLog() {}

  static void write(SettingSources sources) {
    log.info(
        "Floodmark {} on Java {}, {} {}.",
        Build.CURRENT.floodmark(),
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
    sources.describe().forEach(line -> log.info("{}", line));
  }
}
