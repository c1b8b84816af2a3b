package io.floodmark.api.access;

import io.floodmark.staff.Right;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use a route. Declared beside its path, so that a test can walk all of them.
 *
 * @param needsSignIn whether anybody has to have signed in
 * @param right what they must be allowed, beyond that
 * @param openWhileChanging whether it stays open to those who first have to change their password
 */
public record Guard(boolean needsSignIn, Optional<Right> right, boolean openWhileChanging) {
  /** Everybody; who it is, is not looked up. */
  public static final Guard EVERYBODY = new Guard(false, Optional.empty(), true);

  /** Anybody with an account. */
  public static final Guard SIGNED_IN = new Guard(true, Optional.empty(), false);

  /** Anybody with an account, even where the password has to be changed first. */
  public static final Guard CHANGING_PASSWORD = new Guard(true, Optional.empty(), true);

  /** Those with that right. */
  public static Guard of(Right right) {
    return new Guard(true, Optional.of(right), false);
  }

  /** Whether rights like these pass. */
  public boolean letsPass(Set<Right> rights) {
    return right.isEmpty() || rights.contains(right.get());
  }
}
