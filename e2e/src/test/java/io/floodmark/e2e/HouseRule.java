package io.floodmark.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One rule over the sources, with what it lets pass and what it stops, so that no rule can quietly
 * match nothing.
 *
 * @param name the rule as a sentence in lowerCamel
 * @param where files that it reads
 * @param breaches offsets into a file's text at which the rule is broken
 * @param instead what to do instead, as an imperative
 * @param allowed starts of paths that the rule spares, each with the reason
 * @param accepts a file that keeps the rule
 * @param rejects a file that breaks it
 */
record HouseRule(
    String name,
    Predicate<SourceFile> where,
    Function<SourceFile, List<Integer>> breaches,
    String instead,
    Map<String, String> allowed,
    SourceFile accepts,
    SourceFile rejects) {

  /** Starts a rule; it is whole once {@link Draft#rejecting} was called. */
  static Draft rule(String name, Predicate<SourceFile> where) {
    return new Draft(name, where);
  }

  /**
   * The breaches in a file, each as {@code file:line}, the offending line and what to do instead.
   */
  List<String> complaints(SourceFile file) {
    if (!where.test(file) || allowed.keySet().stream().anyMatch(file.path()::startsWith)) {
      return List.of();
    }
    List<String> complaints = new ArrayList<>();
    for (int offset : breaches.apply(file)) {
      int line = file.lineOf(offset);
      String text = file.text().lines().skip(line - 1L).findFirst().orElse("").strip();
      complaints.add(file.path() + ":" + line + ": " + text + "\n    " + instead);
    }
    return complaints;
  }

  /** Shows the rule's name in the names of tests. */
  @Override
  public String toString() {
    return name;
  }

  /** A rule in the making. */
  static final class Draft {

    private final String name;
    private final Predicate<SourceFile> where;
    private Function<SourceFile, List<Integer>> breaches = file -> List.of();
    private String instead = "";
    private Map<String, String> allowed = Map.of();
    private SourceFile accepts = new SourceFile("", "");

    private Draft(String name, Predicate<SourceFile> where) {
      this.name = name;
      this.where = where;
    }

    /** Stops whatever a regular expression finds in one view of the file. */
    Draft forbids(Function<SourceFile, String> view, String regex) {
      Pattern pattern = Pattern.compile(regex);
      return finds(
          file -> pattern.matcher(view.apply(file)).results().map(MatchResult::start).toList());
    }

    Draft finds(Function<SourceFile, List<Integer>> breaches) {
      this.breaches = breaches;
      return this;
    }

    Draft instead(String instead) {
      this.instead = instead;
      return this;
    }

    Draft allowedIn(Map<String, String> reasonsByPath) {
      this.allowed = reasonsByPath;
      return this;
    }

    Draft accepting(String path, String text) {
      this.accepts = new SourceFile(path, text);
      return this;
    }

    HouseRule rejecting(String path, String text) {
      return new HouseRule(
          name, where, breaches, instead, allowed, accepts, new SourceFile(path, text));
    }
  }
}
