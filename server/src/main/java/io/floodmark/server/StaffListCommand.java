package io.floodmark.server;

import io.floodmark.api.staff.StaffDesk;
import io.floodmark.api.staff.StaffMember;
import io.floodmark.api.staff.StaffStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code staff list}: all accounts. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the accounts: login, role, state, last use, groups, name.")
final class StaffListCommand extends StaffCommand.Task {
  private static final String LINE = "%-24s %-9s %-9s %-20s %-24s %s";

  @Override
  List<String> run(Connection connection, StaffDesk desk) throws SQLException {
    return Stream.concat(
            Stream.of(LINE.formatted("LOGIN", "ROLE", "STATE", "LAST USED", "GROUPS", "NAME")),
            StaffStore.list(connection).stream().map(StaffListCommand::line))
        .toList();
  }

  private static String line(StaffMember member) {
    return LINE.formatted(
        member.entry().login(),
        member.entry().role().key(),
        member.isActive() ? "active" : "disabled",
        member.seenAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-"),
        member.groupNames().isEmpty() ? "whole ward" : String.join(", ", member.groupNames()),
        member.entry().name());
  }
}
