package io.floodmark.api.assets.exchange;

import java.io.Serial;

/** An import that ends before its end; nothing of it stays. */
public final class ImportStopped extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient ImportProblem reason;

  /** Stopped for {@code reason}. */
  public ImportStopped(ImportProblem reason) {
    super(reason.key());
    this.reason = reason;
  }

  /** Stopped because somebody wanted it so. */
  public static ImportStopped onDemand() {
    return new ImportStopped(ImportProblem.ofAll("exchange.problem.stopped"));
  }

  /** Why. */
  public ImportProblem reason() {
    return reason;
  }
}
