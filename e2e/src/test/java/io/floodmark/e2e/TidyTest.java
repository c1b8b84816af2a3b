package io.floodmark.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds every source file to {@link HouseRules}, and the rules to their own samples. */
final class TidyTest {

  private static List<SourceFile> files = List.of();

  @BeforeAll
  static void readSources() throws IOException {
    files = SourceFile.all();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("io.floodmark.e2e.HouseRules#ALL")
  void theSourcesKeepTheRule(HouseRule rule) {
    List<String> complaints =
        files.stream().flatMap(file -> rule.complaints(file).stream()).toList();
    assertTrue(complaints.isEmpty(), () -> rule + "\n" + String.join("\n", complaints));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("io.floodmark.e2e.HouseRules#ALL")
  void theRuleAcceptsItsGoodSample(HouseRule rule) {
    assertTrue(rule.where().test(rule.accepts()), "the sample is of a kind that the rule reads");
    assertEquals(List.of(), rule.complaints(rule.accepts()));
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("io.floodmark.e2e.HouseRules#ALL")
  void theRuleRejectsItsBadSample(HouseRule rule) {
    assertEquals(1, rule.complaints(rule.rejects()).size());
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("io.floodmark.e2e.HouseRules#ALL")
  void theRuleSaysWhatToDoInstead(HouseRule rule) {
    assertFalse(rule.instead().isBlank());
  }

  @Test
  void sourcesOfEveryModuleAreRead() {
    for (HouseModule module : HouseModule.TABLE) {
      assertTrue(
          files.stream().anyMatch(file -> file.path().startsWith(module.folder() + "/")),
          () -> "no file read below " + module);
    }
  }

  @Test
  void aComplaintNamesFileAndLine() {
    HouseRule rule = HouseRules.ALL.get(0);
    SourceFile file = new SourceFile("core/A.java", "class A {\n  { Thread.sleep(1); }\n}");
    assertEquals(
        List.of("core/A.java:2: { Thread.sleep(1); }\n    " + rule.instead()),
        rule.complaints(file));
  }

  @Test
  void codeIsWhatIsNeitherCommentNorLiteral() {
    SourceFile file =
        new SourceFile(
            "core/A.java",
            "a(\"// no \\\" comment\"); // b(\n/* c( */ d('\"'); e(\"\"\"\n  f(\n  \"\"\"); g(`\n h(`);");
    assertEquals(
        "a(\"                \");      \n         d(' '); e(\"\"\"\n    \n  \"\"\"); g(`\n   `);",
        file.code());
  }

  @Test
  void anAddressInAStyleSheetIsNoComment() {
    SourceFile file = new SourceFile("maps/a.css", "a { b: url(https://c) } /* d */");
    assertEquals("a { b: url(https://c) }        ", file.withoutComments());
  }

  @Test
  void aCommentThatNeverEndsBlanksTheRest() {
    assertEquals("a   ", new SourceFile("core/A.java", "a //").code());
    assertEquals("a    ", new SourceFile("core/A.java", "a /* ").code());
  }
}
