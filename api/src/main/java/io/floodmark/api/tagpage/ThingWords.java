package io.floodmark.api.tagpage;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tagged thing in the words of its page. Immutable, made for one request. */
public final class ThingWords {
  private static final double MM_PER_CM = 10;
  private static final double MM_PER_M = 1_000;

  /** What the tree's page says in its own words, or above the list of facts. */
  private static final Set<String> TOLD_OTHERWISE =
      Set.of("species", "commonName", "condition", "decreeCategory", "plantedYear");

  private final TagPage page;
  private final TaggedThing thing;

  ThingWords(TagPage page, TaggedThing thing) {
    this.page = page;
    this.thing = thing;
  }

  /** A line of the list of facts. */
  public record Fact(String label, String value) {}

  /** "Tree · Residential group 3". */
  public String eyebrow() {
    return Stream.of(Optional.of(kindName()), thing.group())
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" · "));
  }

  /** What stands largest: the tree's common name, the house's address, else the name or kind. */
  public String title() {
    return switch (thing.kind()) {
      case "tree" -> value("commonName").or(thing::name).orElseGet(this::kindName);
      case "house" -> address().orElseGet(this::kindName);
      default -> thing.name().or(this::address).orElseGet(this::kindName);
    };
  }

  /** The botanical name, or empty. */
  public String scientificName() {
    return value("species").orElse("");
  }

  /** Where it stands, in words; empty if that is the title already, or unknown. */
  public String where() {
    String where =
        Stream.of(thing.place(), address())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return where.equals(title()) ? "" : where;
  }

  /** Why the page may not be about something that stands there: "planned", "removed", or empty. */
  public String lifeNotice() {
    return switch (thing.state()) {
      case "planned" -> page.t("life.planned");
      case "removed" -> page.t("life.removed");
      default -> "";
    };
  }

  /** Whether it is one of the demo's. */
  public boolean madeUp() {
    return thing.madeUp();
  }

  /** How the tree is, in words that need no forester; empty if unknown. */
  public String condition() {
    Optional<TaggedThing.Field> condition = thing.field("condition");
    if (condition.isEmpty()) {
      return "";
    }
    String key = "condition." + condition.get().value();
    return page.texts().has(key) ? page.t(key) : shown(condition.get());
  }

  /** What its category by Decree 258/2025 means for those who pass; empty for an ordinary one. */
  public String category() {
    String key = "category." + value("decreeCategory").orElse("");
    return page.texts().has(key) ? page.t(key) : "";
  }

  /** Whether that category warns of danger. */
  public boolean isDangerous() {
    return value("decreeCategory").equals(Optional.of("danger"));
  }

  /** The tree's age, size and the rest of its public fields. */
  public List<Fact> treeFacts() {
    List<Fact> facts = new ArrayList<>();
    age().ifPresent(facts::add);
    thing.fields().stream()
        .filter(field -> !TOLD_OTHERWISE.contains(field.key()))
        .map(this::fact)
        .forEach(facts::add);
    thing.ref().ifPresent(ref -> facts.add(new Fact(page.t("fact.ref"), ref)));
    return facts;
  }

  /** All public fields. */
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    thing.fields().stream().map(this::fact).forEach(facts::add);
    return facts;
  }

  /** Last inspection and last care; only what was done, and when. */
  public List<Fact> care() {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            page.t("care.inspected"),
            thing.lastInspection().map(page::day).orElseGet(() -> page.t("care.none"))));
    thing
        .lastCare()
        .ifPresent(
            care ->
                facts.add(
                    new Fact(
                        page.t("care.last"),
                        page.t("care." + care.kind()) + ", " + page.day(care.on()))));
    return facts;
  }

  /** The category in which most is reported about such a thing; empty leaves the choice. */
  public String reportCategory() {
    return thing.kind().equals("light") ? "power" : "";
  }

  /** The water nearby; empty if no sensor is near enough. */
  public Optional<WaterWords> water() {
    return thing.sensor().map(sensor -> new WaterWords(page, sensor));
  }

  /** The water farther off, where that nearby is not known but that one is. */
  public Optional<WaterWords> otherWater() {
    return thing.otherSensor().map(sensor -> new WaterWords(page, sensor));
  }

  private Optional<Fact> age() {
    return value("plantedYear")
        .filter(year -> year.matches("\\d{4}"))
        .map(Integer::parseInt)
        .filter(year -> year <= page.today().getYear())
        .map(
            year -> {
              int age = page.today().getYear() - year;
              String text =
                  age == 0
                      ? page.t("age.new")
                      : page.t(age == 1 ? "age.one" : "age.years", "n", age, "year", year);
              return new Fact(page.t("fact.age"), text);
            });
  }

  private Fact fact(TaggedThing.Field field) {
    return new Fact(field.label().get(page.language()), shown(field));
  }

  private String shown(TaggedThing.Field field) {
    String value = field.value();
    boolean whole = value.matches("-?\\d{1,9}");
    return switch (field.type()) {
      case "length" -> whole ? length(Integer.parseInt(value), field.unit()) : value;
      case "integer" -> whole ? page.number(Integer.parseInt(value)) : value;
      case "choice" -> field.option().getOrDefault(page.language(), value);
      case "yesno" -> page.t(value.equals("true") ? "yes" : "no");
      case "date" -> day(value);
      default -> value;
    };
  }

  private String length(int mm, String unit) {
    return unit.equals("m")
        ? page.number(mm / MM_PER_M) + " m"
        : page.number(mm / MM_PER_CM) + " cm";
  }

  private String day(String value) {
    try {
      return page.day(LocalDate.parse(value));
    } catch (DateTimeParseException e) {
      // The register takes dates only; what came in otherwise is shown as it is.
      return value;
    }
  }

  private Optional<String> address() {
    return thing.street().isEmpty() && thing.number().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Stream.of(thing.number(), thing.street())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" ")));
  }

  private Optional<String> value(String key) {
    return thing.field(key).map(TaggedThing.Field::value);
  }

  private String kindName() {
    return thing.kindName().get(page.language());
  }
}
