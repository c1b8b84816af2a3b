package io.floodmark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.bench.load.Generator;
import io.floodmark.bench.load.IdleCrowd;
import io.floodmark.bench.load.LoadEvent;
import io.floodmark.bench.load.LoadPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bench/run generate PLAN}: the second process of {@code bench/run ingest}, which starts it.
 * It says what it sees in lines of JSON.
 */
@Command(name = "generate", hidden = true, description = "Makes the load of bench/run ingest.")
final class GenerateCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "PLAN", description = "the plan as JSON")
  private String plan;

  @Option(names = "--idle", description = "connect only, and again after a line of input")
  private boolean idle;

  @Option(
      names = "--rests",
      description = "rest between seconds that count, each time until a line of input")
  private boolean rests;

  @Spec private CommandSpec spec;

  private final InstantSource clock;

  GenerateCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    LoadPlan what = JSON.readValue(plan, LoadPlan.class);
    if (idle) {
      new IdleCrowd(what, clock, this::say).run(System.in);
      return CommandLine.ExitCode.OK;
    }
    Optional<InputStream> goOn = rests ? Optional.of(System.in) : Optional.empty();
    say(LoadEvent.RESULT, new Generator(what, clock, this::say, goOn).run());
    return CommandLine.ExitCode.OK;
  }

  private void say(LoadEvent event, Object what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(JSON.<JsonNode>valueToTree(Map.of(event, what)));
    out.flush();
  }
}
