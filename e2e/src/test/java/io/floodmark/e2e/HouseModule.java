package io.floodmark.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One line of the table of our own modules, as docs/architecture.md shows it.
 *
 * @param folder folder below the checkout and artifact id, which are the same
 * @param mayUse modules whose classes this one may name
 * @param atRuntime modules that only have to be there when this one runs
 * @param never packages of libraries that this module may not name; group ids start the same
 */
record HouseModule(String folder, Set<String> mayUse, Set<String> atRuntime, List<String> never) {

  static final HouseModule MAPS = new HouseModule("maps", Set.of(), Set.of(), List.of());

  static final HouseModule E2E =
      new HouseModule(
          "e2e",
          Set.of("core", "ingest", "maps", "api", "firmware-sim", "server"),
          Set.of(),
          List.of());

  /** The whole table. A module that is not in it fails the build. */
  static final List<HouseModule> TABLE =
      List.of(
          new HouseModule(
              "core", Set.of(), Set.of(), List.of("io.netty", "io.vertx", "org.eclipse.paho")),
          new HouseModule("ingest", Set.of("core"), Set.of(), List.of("io.vertx")),
          MAPS,
          new HouseModule("api", Set.of("core"), Set.of("maps"), List.of("io.netty")),
          new HouseModule("firmware-sim", Set.of(), Set.of(), List.of()),
          new HouseModule(
              "server", Set.of("core", "ingest", "api", "firmware-sim"), Set.of(), List.of()),
          E2E,
          new HouseModule("bench", Set.of("core", "firmware-sim", "server"), Set.of(), List.of()));

  /** Where Maven puts this module's compiled main classes. */
  Path classes() {
    return Checkout.root().resolve(folder).resolve("target/classes");
  }

  /** Where this module's main Java sources are, if it has any. */
  Path sources() {
    return Checkout.root().resolve(folder).resolve("src/main/java");
  }

  /** Names the module in the names of tests. */
  @Override
  public String toString() {
    return folder;
  }
}
