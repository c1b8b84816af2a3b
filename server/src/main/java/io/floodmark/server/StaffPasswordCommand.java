package io.floodmark.server;

import io.floodmark.api.staff.StaffDesk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code staff password}: for who has forgotten it. */
@Command(
    name = "password",
    mixinStandardHelpOptions = true,
    description = "Gives an account a new first password, prints it once, and ends its sessions.")
final class StaffPasswordCommand extends StaffCommand.Task {
  @Parameters(paramLabel = "LOGIN", description = "the account")
  private String login;

  @Override
  List<String> run(Connection connection, StaffDesk desk) throws SQLException {
    return List.of(
        desk.resetPassword(connection, login)
            .orElseThrow(() -> new Failure("There is no account " + login + ".")));
  }
}
