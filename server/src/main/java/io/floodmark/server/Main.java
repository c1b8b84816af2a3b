package io.floodmark.server;

import java.security.SecureRandom;
import java.time.InstantSource;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /** Carries out the command in {@code arguments}; ends with 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] arguments) {
    Surroundings surroundings =
        new Surroundings(System.getenv(), InstantSource.system(), new SecureRandom());
    System.exit(Commands.of(surroundings).execute(arguments));
  }
}
