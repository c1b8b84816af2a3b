package io.floodmark.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: every command, and what is said and returned when one goes wrong. */
@Command(
    name = "floodmark",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Street water levels: taken in over MQTT, judged, stored, shown on a live map.",
    footer = {
      "",
      "Settings may also be given as FLOODMARK_* variables or in a --config file.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or settings."
    })
final class Commands implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);

  @Spec private CommandSpec spec;

  private Commands() {}

  /** All commands, ready to be executed. */
  static CommandLine of(Surroundings surroundings) {
    CommandLine floodmark =
        new CommandLine(new Commands())
            .addSubcommand(DemoCommand.of(surroundings))
            .addSubcommand(ServeCommand.of(surroundings))
            .addSubcommand(new SimCommand(surroundings))
            .addSubcommand(SensorCommand.of(surroundings))
            .addSubcommand(StaffCommand.of(surroundings))
            .addSubcommand(AssetCommand.of(surroundings))
            .addSubcommand(new BackupCommand().in(surroundings))
            .addSubcommand(new RestoreCommand().in(surroundings));
    tellVersion(floodmark);
    return floodmark
        .setOut(utf8(FileDescriptor.out))
        .setErr(utf8(FileDescriptor.err))
        .setParameterExceptionHandler(Commands::refuse)
        .setExecutionExceptionHandler(Commands::fail);
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static void tellVersion(CommandLine command) {
    command.getCommandSpec().version("Floodmark " + Build.CURRENT.floodmark());
    command.getSubcommands().values().forEach(Commands::tellVersion);
  }

  /** Java takes the character set from the locale, which on servers is often plain ASCII. */
  private static PrintWriter utf8(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }

  private static int refuse(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String flags =
        e instanceof UnmatchedArgumentException
            ? " Allowed are " + flags(command.getCommandSpec()) + "."
            : "";
    String message = e.getMessage().lines().findFirst().orElse("Wrong usage").strip();
    command
        .getErr()
        .println(
            "%s%s%s See `%s --help`."
                .formatted(
                    message,
                    message.matches(".*[.?!]") ? "" : ".",
                    flags,
                    command.getCommandSpec().qualifiedName()));
    return CommandLine.ExitCode.USAGE;
  }

  private static String flags(CommandSpec command) {
    Stream<String> subcommands = command.subcommands().keySet().stream();
    Stream<String> options = command.options().stream().map(option -> option.longestName());
    return Stream.concat(subcommands, options).collect(Collectors.joining(", "));
  }

  private static int fail(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof Failure) {
      command.getErr().println(e.getMessage());
      return e instanceof WrongUsage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }
    log.error("Floodmark failed in a way that it should not.", e);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
