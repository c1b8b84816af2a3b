package io.floodmark.server;

import java.util.Map;
import java.util.TreeMap;

/**
 * How our server is set up. Given on its command line, which outranks {@code postgresql.conf} and
 * {@code ALTER SYSTEM}: what an acknowledgement rests on must not be turned off by an edit.
 */
final class PostgresSettings {
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              // An acknowledged reading is on disk.
              Map.entry("fsync", "on"),
              Map.entry("synchronous_commit", "on"),
              Map.entry("full_page_writes", "on"),
              // Full pages are most of what a small, steady writer puts into its log.
              Map.entry("wal_compression", "on"),
              // Nobody gets in but over loopback with a password.
              Map.entry("listen_addresses", "127.0.0.1"),
              Map.entry("unix_socket_directories", ""),
              Map.entry("password_encryption", "scram-sha-256"),
              // A machine with 2 GB and two cores, shared with a JVM.
              Map.entry("max_connections", "60"),
              Map.entry("shared_buffers", "128MB"),
              Map.entry("work_mem", "8MB"),
              Map.entry("maintenance_work_mem", "64MB"),
              Map.entry("effective_cache_size", "512MB"),
              Map.entry("max_parallel_workers_per_gather", "1"),
              Map.entry("jit", "off"),
              Map.entry("timezone", "UTC"),
              Map.entry("log_timezone", "UTC"),
              // One file for each day of the week, begun anew when its day returns.
              Map.entry("logging_collector", "on"),
              Map.entry("log_directory", "log"),
              Map.entry("log_filename", "%a.log"),
              Map.entry("log_rotation_age", "1d"),
              Map.entry("log_rotation_size", "0"),
              Map.entry("log_truncate_on_rotation", "on"),
              Map.entry("log_checkpoints", "off")));

  private PostgresSettings() {}

  /**
   * The options of {@code postgres}; they go through a shell, so no value holds a blank or quote.
   */
  static String options(int port) {
    StringBuilder options = new StringBuilder("-p ").append(port);
    SETTINGS.forEach((key, value) -> options.append(" -c ").append(key).append('=').append(value));
    return options.toString();
  }
}
