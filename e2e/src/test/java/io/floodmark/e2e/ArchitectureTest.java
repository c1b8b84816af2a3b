package io.floodmark.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Holds the build to {@link HouseModule}: the POMs, so that the table counts for a module that is
 * still empty, and the compiled classes, because what one module may use of another comes to a
 * third by transitivity and nothing in Maven forbids to name it.
 */
final class ArchitectureTest {

  private static final Map<HouseModule, JavaClasses> CLASSES = new HashMap<>();
  private static final Map<String, String> MODULE_OF_CLASS = new HashMap<>();

  @BeforeAll
  static void readClasses() {
    for (HouseModule module : HouseModule.TABLE) {
      JavaClasses classes =
          Files.isDirectory(module.classes())
              ? new ClassFileImporter().importPath(module.classes())
              : new ClassFileImporter().importClasses(Set.of());
      CLASSES.put(module, classes);
      classes.forEach(c -> MODULE_OF_CLASS.put(c.getName(), module.folder()));
    }
  }

  @Test
  void thereAreClassesToCheck() {
    assertFalse(
        MODULE_OF_CLASS.isEmpty(),
        "No compiled class found: build the modules first (mvn verify).");
  }

  @ParameterizedTest
  @FieldSource("io.floodmark.e2e.HouseModule#TABLE")
  void aModuleWithSourcesHasClassesToCheck(HouseModule module) throws Exception {
    if (!Files.isDirectory(module.sources())) {
      return;
    }
    try (Stream<Path> files = Files.walk(module.sources())) {
      boolean hasSources = files.anyMatch(file -> file.toString().endsWith(".java"));
      assertEquals(
          hasSources,
          !CLASSES.get(module).isEmpty(),
          module.folder() + ": sources and target/classes do not match; build it first.");
    }
  }

  @Test
  void theParentPomNamesTheModulesOfTheTable() {
    assertEquals(
        HouseModule.TABLE.stream()
            .map(HouseModule::folder)
            .collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(Pom.read(Checkout.root()).modules()));
  }

  @ParameterizedTest
  @FieldSource("io.floodmark.e2e.HouseModule#TABLE")
  void aPomDependsOnTheModulesOfTheTable(HouseModule module) {
    Pom pom = Pom.read(Checkout.root().resolve(module.folder()));
    Set<String> compile = pom.dependenciesOnOurs("compile");
    Set<String> test = pom.dependenciesOnOurs("test");
    assertEquals(module.atRuntime(), pom.dependenciesOnOurs("runtime"), "scope runtime");
    if (module.equals(HouseModule.E2E)) {
      assertTrue(module.mayUse().containsAll(test), () -> "scope test: " + test);
      assertEquals(Set.of(), compile, "e2e holds tests only");
    } else {
      assertEquals(module.mayUse(), compile, "scope compile");
      assertEquals(Set.of(), test, "scope test");
    }
  }

  @ParameterizedTest
  @FieldSource("io.floodmark.e2e.HouseModule#TABLE")
  void aPomDependsOnNoForbiddenLibrary(HouseModule module) {
    for (String group : Pom.read(Checkout.root().resolve(module.folder())).dependencyGroups()) {
      for (String never : module.never()) {
        // Netty is not forbidden by io.net, nor io.nettyx by io.netty.
        assertFalse(
            group.equals(never) || group.startsWith(never + "."),
            () -> module.folder() + " may not depend on " + group);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("io.floodmark.e2e.HouseModule#TABLE")
  void aModuleNamesOnlyModulesThatItMayUse(HouseModule module) {
    List<String> breaches = new ArrayList<>();
    for (JavaClass origin : CLASSES.get(module)) {
      for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
        String used = dependency.getTargetClass().getBaseComponentType().getName();
        String home = MODULE_OF_CLASS.getOrDefault(used, module.folder());
        if (!home.equals(module.folder()) && !module.mayUse().contains(home)) {
          breaches.add(module + " may not use " + home + ": " + dependency.getDescription());
        }
      }
    }
    assertEquals(List.of(), breaches);
  }

  @ParameterizedTest
  @FieldSource("io.floodmark.e2e.HouseModule#TABLE")
  void aModuleNamesNoForbiddenLibrary(HouseModule module) {
    for (String never : module.never()) {
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage(never + "..")
          .because("docs/architecture.md keeps " + never + " out of " + module.folder())
          .allowEmptyShould(true) // emptiness is aModuleWithSourcesHasClassesToCheck's question
          .check(CLASSES.get(module));
    }
  }

  @Test
  void aPackageBelongsToOneModule() {
    Map<String, Set<String>> homes = new HashMap<>();
    CLASSES.forEach(
        (module, classes) ->
            classes.forEach(
                c ->
                    homes
                        .computeIfAbsent(c.getPackageName(), name -> new TreeSet<>())
                        .add(module.folder())));
    homes.values().removeIf(modules -> modules.size() == 1);
    assertEquals(Map.of(), homes, "packages spread over modules");
  }

  @Test
  void everyClassIsOurs() {
    Set<String> foreign =
        MODULE_OF_CLASS.keySet().stream()
            .filter(name -> !name.startsWith("io.floodmark."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), foreign, "classes outside io.floodmark");
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.floodmark.(**)").should().beFreeOfCycles().check(all());
  }

  @Test
  void theWebClientHoldsNoJava() {
    assertFalse(Files.exists(HouseModule.MAPS.sources()), "maps is HTML, CSS and ES modules only");
  }

  private static JavaClasses all() {
    List<Path> folders =
        HouseModule.TABLE.stream().map(HouseModule::classes).filter(Files::isDirectory).toList();
    return new ClassFileImporter().importPaths(folders);
  }
}
