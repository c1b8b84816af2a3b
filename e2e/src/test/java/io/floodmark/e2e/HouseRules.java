package io.floodmark.e2e;

import static io.floodmark.e2e.HouseRule.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of the house that a compiler does not know. */
final class HouseRules {

  private static final int LINES_MAX = 400;

  private static final String SAMPLE = "core/src/main/java/io/floodmark/sensor/Sample.java";
  private static final String SERVER = "server/src/main/java/io/floodmark/server/";
  private static final String BENCH = "bench/src/main/java/io/floodmark/bench/Bench.java";
  private static final String E2E = "e2e/src/test/java/io/floodmark/e2e/";
  private static final String CHILD_PROCESSES =
      "server/src/test/java/io/floodmark/server/EmbeddedPostgresTest.java";
  private static final String COMMANDS_TEST =
      "server/src/test/java/io/floodmark/server/SensorCommandTest.java";
  private static final String FLEET_TEST =
      "firmware-sim/src/test/java/io/floodmark/sim/SensorFleetTest.java";
  private static final String WEB_SAMPLE = "maps/src/main/resources/web/sample";

  /** This file shows every breach in words. */
  private static final Map<String, String> SAMPLES = Map.of(E2E + "HouseRules.java", "samples");

  static final List<HouseRule> ALL =
      List.of(
          rule("threadsDoNotSleep", HouseRules::isJava)
              .forbids(SourceFile::code, "\\bThread\\.sleep\\(|\\bTimeUnit\\.\\w+\\.sleep\\(")
              .instead("Wait for what has to happen: a latch, a queue, a future with a time limit.")
              .accepting(SAMPLE, "boolean done = latch.await(5, TimeUnit.SECONDS);")
              .rejecting(SAMPLE, "Thread.sleep(100);"),
          rule("noneAsksTheSystemForTheTime", HouseRules::isJava)
              .forbids(
                  SourceFile::code,
                  "\\b(Instant|(Local|Zoned|Offset)(Date)?(Time)?|Year|YearMonth)\\.now\\("
                      + "|\\bSystem\\.currentTimeMillis\\(|\\bnew Date\\(\\s*\\)")
              .instead("Take an InstantSource by constructor and ask it.")
              .accepting(SAMPLE, "Instant now = clock.instant(); // not Instant.now()")
              .rejecting(SAMPLE, "Instant now = Instant.now();"),
          rule("clocksAreChosenInTheWiring", HouseRules::isJava)
              .forbids(SourceFile::code, "\\b(InstantSource|Clock)\\.(system|tick)\\w*\\(")
              .instead("Take the InstantSource by constructor; the server and e2e choose it.")
              .allowedIn(
                  Map.of(
                      SERVER,
                      "where the parts are wired together",
                      E2E,
                      "whole processes run on the machine's clock",
                      FLEET_TEST,
                      "real MQTT clients run on the machine's clock",
                      BENCH,
                      "dates what it measured",
                      COMMANDS_TEST,
                      "runs the commands as Main wires them"))
              .accepting(SERVER + "Main.java", "InstantSource clock = InstantSource.system();")
              .rejecting(SAMPLE, "InstantSource clock = InstantSource.system();"),
          rule("chanceHasASeed", HouseRules::isJava)
              .forbids(
                  SourceFile::code,
                  "\\bMath\\.random\\(|\\bnew (Splittable)?Random\\(\\s*\\)"
                      + "|\\bThreadLocalRandom\\b|\\bUUID\\.randomUUID\\(")
              .instead("Take the seed, or a Random made from it, by constructor, and print it.")
              .accepting(SAMPLE, "Random random = new Random(seed);")
              .rejecting(SAMPLE, "Random random = new Random();"),
          rule("propertiesHaveASeed", HouseRules::isJava)
              .forbids(SourceFile::code, "@Property(?!\\([^)]*seed)")
              .instead("Give it a seed: what fails once has to fail again.")
              .accepting(SAMPLE, "@Property(tries = 50, seed = \"4669\")")
              .rejecting(SAMPLE, "@Property(tries = 50)"),
          rule("secretsAreDrawnInTheWiring", HouseRules::isJava)
              .forbids(SourceFile::code, "\\bnew SecureRandom\\(|\\bSecureRandom\\.getInstance")
              .instead("Take the SecureRandom by constructor; the server makes the one there is.")
              .allowedIn(
                  Map.of(
                      SERVER,
                      "where the parts are wired together",
                      E2E,
                      "whole servers run as Main wires them",
                      COMMANDS_TEST,
                      "runs the commands as Main wires them"))
              .accepting(SAMPLE, "Tokens(SecureRandom random) {}")
              .rejecting(SAMPLE, "SecureRandom random = new SecureRandom();"),
          rule("onlyCommandsPrint", HouseRules::isJava)
              .forbids(SourceFile::code, "\\bSystem\\.(out|err)\\b")
              .instead("Log through SLF4J, or return the text to the command that prints it.")
              .allowedIn(
                  Map.of(
                      SERVER,
                      "the commands",
                      CHILD_PROCESSES,
                      "its child processes answer their parent so",
                      E2E + "Needs.java",
                      "Surefire's console does not show why a test skips"))
              .accepting(SERVER + "Main.java", "System.out.println(address);")
              .rejecting(SAMPLE, "System.out.println(address);"),
          rule("noStackTraceIsPrinted", HouseRules::isJava)
              .forbids(SourceFile::code, "\\.printStackTrace\\(")
              .instead("Log the exception with what was being done, or let it out.")
              .accepting(SAMPLE, "log.warn(\"Reading {} failed\", file, e);")
              .rejecting(SAMPLE, "e.printStackTrace();"),
          rule("nothingIsLeftForLater", file -> true)
              .forbids(SourceFile::text, "\\b(TODO|FIXME|XXX|HACK)\\b")
              .instead("Do it now, or leave it out and say so in the documents.")
              .allowedIn(SAMPLES)
              .accepting(SAMPLE, "// mktemp -t floodmark.XXXXXX")
              .rejecting("docs/sample.md", "TODO: describe"),
          rule("onlyNeedsSkipsTests", HouseRules::isJava)
              .forbids(
                  SourceFile::code,
                  "@Disabled\\w*|@Enabled\\w+|@Ignore\\b|\\bAssumptions\\b"
                      + "|\\bassume(True|False|That|ingThat)\\(|\\bTestAbortedException\\b")
              .instead("Ask Needs for what the test cannot do without, or mend the test.")
              .allowedIn(Map.of(E2E + "Needs", "the one place that decides, and its test"))
              .accepting(E2E + "MapTest.java", "Path browser = Needs.chromium();")
              .rejecting(E2E + "MapTest.java", "@Disabled(\"flaky\")"),
          rule("scriptsBuildNoMarkupFromText", HouseRules::isScript)
              .forbids(
                  SourceFile::withoutComments,
                  "\\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe"
                      + "|createContextualFragment)\\b"
                      + "|\\bdocument\\.write|\\beval\\(|\\bnew Function\\(")
              .instead("Make elements with createElement and fill them by textContent.")
              .accepting(WEB_SAMPLE + ".js", "cell.textContent = name; // never innerHTML")
              .rejecting(WEB_SAMPLE + ".js", "cell.innerHTML = name;"),
          rule("pagesHoldNoCode", file -> isWeb(file) && file.isOneOf("html", "svg"))
              .forbids(
                  SourceFile::withoutComments,
                  "<[^>]*\\s(on[a-z]+|style)\\s*=|<script(?![^>]*\\ssrc=)|<style\\b|javascript:")
              .instead("The page's policy is 'self': put it into a module or a style sheet.")
              .accepting(WEB_SAMPLE + ".html", "<script type=\"module\" src=\"map.js\"></script>")
              .rejecting(WEB_SAMPLE + ".html", "<button\n  onclick=\"go()\">"),
          rule("pagesLoadNothingFromOthers", HouseRules::isWeb)
              .forbids(
                  SourceFile::withoutComments,
                  "https?://(?!www\\.w3\\.org/(2000/svg|1999/xhtml|1999/xlink)\\b)"
                      + "|[\"'(=]//[a-z]")
              .instead("Serve it ourselves, or leave it out: a ward's network may end at the ward.")
              .accepting(WEB_SAMPLE + ".svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
              .rejecting(WEB_SAMPLE + ".css", "a { background: url(https://example.org/a.png) }"),
          rule("noFailureIsSwallowed", file -> isJava(file) || isScript(file))
              .forbids(SourceFile::withoutLiterals, "\\bcatch\\s*(\\([^)]*\\)\\s*)?\\{\\s*\\}")
              .instead("Handle it, or say in a comment why nothing is to be done.")
              .accepting(
                  SAMPLE, "catch (IOException e) {\n  // The file is gone: that was the aim.\n}")
              .rejecting(SAMPLE, "catch (IOException e) {\n}"),
          rule("everyPublicTypeIsExplained", HouseRules::isJava)
              .finds(HouseRules::typesWithoutJavadoc)
              .instead("Say in Javadoc what it is, its units and ranges, its thread, its errors.")
              .accepting(
                  SAMPLE, "/** A level.\n */\n@Tag(\"a)\")\n@Deprecated\npublic enum Level {}")
              .rejecting(SAMPLE, "/* A level. */\npublic final class Level {}"),
          rule("filesAreShortEnoughToRead", file -> isJava(file) || isScript(file))
              .finds(HouseRules::lineOverTheLimit)
              .instead("Split it by subject: it has more than " + LINES_MAX + " lines.")
              .accepting(SAMPLE, "int a;\n".repeat(LINES_MAX))
              .rejecting(SAMPLE, "int a;\n".repeat(LINES_MAX + 1)),
          rule("indentsAreSpaces", file -> true)
              .forbids(SourceFile::text, "\t")
              .instead("Use spaces.")
              .accepting(SAMPLE, "  int a;")
              .rejecting(SAMPLE, "\tint a;"),
          rule("noMachineIsNamed", file -> true)
              .forbids(
                  SourceFile::text,
                  "(?<![\\w.}*~-])/(home|root|work|Users|tmp)/|\\b[A-Z]:\\\\\\\\?Users\\b")
              .instead("Use a path relative to the checkout, a setting or a temporary folder.")
              .allowedIn(
                  Map.of(
                      E2E + "HouseRules.java",
                      "samples",
                      CHILD_PROCESSES,
                      "looks where PostgreSQL by itself puts its socket"))
              .accepting("docs/sample.md", "../shared/data, ~/work/a, /var/lib/floodmark, GET /tmp")
              .rejecting("docs/sample.md", "cd /home/lan/floodmark"),
          rule("noRegistryIsNamed", file -> true)
              .forbids(
                  SourceFile::text,
                  "\\b(repo1?\\.maven\\.|registry\\.npmjs|(deb|snapshot|security)\\.debian\\.org"
                      + "|registry-1\\.docker|ghcr\\.io|quay\\.io|files\\.pythonhosted|[\\w-]+\\.pkg\\.dev"
                      + "|nodesource\\.com|central\\.sonatype)")
              .instead("Leave it to the settings of the machine that builds.")
              .allowedIn(SAMPLES)
              .accepting("pom.xml", "xmlns=\"http://maven.apache.org/POM/4.0.0\"")
              .rejecting("pom.xml", "<url>https://repo.maven.apache.org/maven2</url>"),
          rule("versionsStandInTheParentPom", file -> file.path().endsWith("/pom.xml"))
              .forbids(SourceFile::withoutComments, "(?s)(?<=</parent>).*<version>")
              .instead("Give the version and the reason in the parent POM.")
              .accepting("core/pom.xml", "<parent><version>1</version></parent><dependencies/>")
              .rejecting("core/pom.xml", "<parent></parent>\n<version>2</version>"));

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "\\bpublic\\s+((abstract|final|sealed|non-sealed|static|strictfp)\\s+)*"
              + "(class|interface|@interface|enum|record)\\s+\\w");

  /** Annotations between Javadoc and type, arguments included. */
  private static final Pattern TRAILING_ANNOTATIONS =
      Pattern.compile("(@[\\w.]+\\s*(\\((?:[^()]|\\([^()]*\\))*\\))?\\s*)+\\z");

  private HouseRules() {}

  private static boolean isJava(SourceFile file) {
    return file.isOneOf("java");
  }

  private static boolean isScript(SourceFile file) {
    return file.isOneOf("js", "mjs");
  }

  /** Whether a browser gets it; the web client's own tests are not meant. */
  private static boolean isWeb(SourceFile file) {
    return file.path().startsWith("maps/src/main/")
        && file.isOneOf("html", "css", "js", "mjs", "svg", "json");
  }

  private static List<Integer> typesWithoutJavadoc(SourceFile file) {
    String blanked = file.withoutLiterals();
    List<Integer> offsets = new ArrayList<>();
    Matcher type = PUBLIC_TYPE.matcher(file.code());
    while (type.find()) {
      String before = blanked.substring(0, type.start()).stripTrailing();
      before = TRAILING_ANNOTATIONS.matcher(before).replaceFirst("").stripTrailing();
      int comment = before.lastIndexOf("/*");
      if (!before.endsWith("*/") || !before.startsWith("/**", comment)) {
        offsets.add(type.start());
      }
    }
    return offsets;
  }

  private static List<Integer> lineOverTheLimit(SourceFile file) {
    Matcher line = Pattern.compile("(?m)^.").matcher(file.text());
    return file.text().lines().count() <= LINES_MAX
        ? List.of()
        : line.results().skip(LINES_MAX).map(match -> match.start()).limit(1).toList();
  }
}
