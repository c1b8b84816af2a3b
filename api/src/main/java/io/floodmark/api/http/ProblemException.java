package io.floodmark.api.http;

/** Ends a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final String story;

  /** A problem without a cause worth knowing; the stack is left out, for it is an answer. */
  public ProblemException(Problem problem) {
    this(problem, problem.slug());
  }

  /**
   * The same, told to a reader of pages in words of its own.
   *
   * @param story key of those words, as {@code signed-out}; programs get the problem all the same
   */
  public ProblemException(Problem problem, String story) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.story = story;
  }

  /** What to answer. */
  public Problem problem() {
    return problem;
  }

  /** Which words tell a reader of pages what happened. */
  public String story() {
    return story;
  }
}
