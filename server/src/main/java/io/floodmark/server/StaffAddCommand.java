package io.floodmark.server;

import io.floodmark.api.staff.StaffDesk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code staff add}: one account. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes an account and prints its first password, once.")
final class StaffAddCommand extends StaffCommand.Task {
  @Parameters(paramLabel = "LOGIN", description = "2 to 32 small letters, digits, . _ or -")
  private String login;

  @Option(names = "--name", paramLabel = "TEXT", required = true, description = "of the person")
  private String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "admin, operator or viewer")
  private String role;

  @Option(
      names = "--group",
      paramLabel = "CODE",
      description = "residential group that they are limited to; may be repeated (the whole ward)")
  private List<String> groups = new ArrayList<>();

  @Option(names = "--households", description = "may read and change household data")
  private boolean households;

  @Override
  List<String> run(Connection connection, StaffDesk desk) throws SQLException {
    String password = desk.add(connection, login, name, role, households, groups);
    return List.of(
        login + "," + password,
        "The password is shown only now, and has to be changed at the first sign-in.");
  }
}
