package io.floodmark.server;

import io.floodmark.api.staff.StaffDesk;
import io.floodmark.api.staff.StaffRefusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code staff ...}: accounts, whether or not the server runs. */
@Command(
    name = "staff",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Keeps the accounts of staff, whether or not the server runs.")
final class StaffCommand implements Runnable {
  @Spec private CommandSpec spec;

  private StaffCommand() {}

  static CommandLine of(Surroundings surroundings) {
    CommandLine staff = new CommandLine(new StaffCommand());
    for (Task task :
        List.of(new StaffAddCommand(), new StaffListCommand(), new StaffPasswordCommand())) {
      staff.addSubcommand(task.in(surroundings));
    }
    return staff;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** What the commands below {@code staff} have in common: accounts to work on. */
  abstract static class Task extends ConnectionTask {
    /** Works on the accounts, in a transaction, and returns what to print. */
    abstract List<String> run(Connection connection, StaffDesk desk) throws SQLException;

    @Override
    final void run(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
      List<String> lines;
      try {
        lines = run(connection, new StaffDesk(surroundings().random(), surroundings().clock()));
      } catch (StaffRefusal e) {
        throw new Failure(StaffDesk.sentence(e) + "\nNothing was changed.", e);
      }
      connection.commit();
      // Only what is stored: a password that does not work would be worse than none.
      lines.forEach(this::print);
    }
  }
}
