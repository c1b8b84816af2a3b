package io.floodmark.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that this build was checked out into, found from wherever a test runs. */
public final class Checkout {

  private Checkout() {}

  /**
   * The top folder, the one with the parent POM.
   *
   * @throws IllegalStateException when the tests run outside a checkout
   */
  public static Path root() {
    // Maven starts tests in their module, an IDE often at the top.
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("core/pom.xml"))
          && Files.exists(folder.resolve("e2e/pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "No checkout of Floodmark around "
            + Path.of("").toAbsolutePath()
            + ": run the tests in one.");
  }
}
