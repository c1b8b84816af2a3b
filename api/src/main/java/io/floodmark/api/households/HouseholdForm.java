package io.floodmark.api.households;

import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A household as the fields of a form. Pure. */
final class HouseholdForm {
  /** One field for all who look: why they do. */
  static final String REASON = "reason";

  static final int REASON_CHARS_MAX = 200;

  private static final int REASON_CHARS_MIN = 5;
  private static final int TEXT_CHARS_MAX = 200;
  private static final int NOTE_CHARS_MAX = 1000;
  private static final int PHONE_CHARS_MAX = 40;

  private HouseholdForm() {}

  /** Why somebody wants to look; a word or two is no reason. */
  static String reason(FormReading reading) {
    String reason = reading.needed(REASON, REASON_CHARS_MAX);
    if (!reason.isEmpty() && reason.length() < REASON_CHARS_MIN) {
      reading.wrong(REASON, "problem.reason");
    }
    return reason;
  }

  /** What the form says; of use only if {@code reading} is good afterwards. */
  static Household read(FormReading reading, long id, LocalDate today) {
    String headName = reading.needed("headName", TEXT_CHARS_MAX);
    Optional<String> phone = reading.text("phone", PHONE_CHARS_MAX);
    if (phone.isPresent() && !phone.get().matches("[0-9+() .-]+")) {
      reading.wrong("phone", "problem.phone");
    }
    OptionalInt people = reading.number("people", 0, Household.PEOPLE_MAX);
    OptionalInt elderly = reading.number("elderly", 0, Household.PEOPLE_MAX);
    OptionalInt children = reading.number("children", 0, Household.PEOPLE_MAX);
    if (people.isPresent() && elderly.orElse(0) + children.orElse(0) > people.getAsInt()) {
      reading.wrong("people", "problem.people");
    }
    Optional<LocalDate> consentOn = reading.date("consentOn");
    if (consentOn.isEmpty()) {
      reading.wrong("consentOn", "problem.missing");
    } else if (consentOn.get().isAfter(today)) {
      reading.wrong("consentOn", "problem.future");
    }
    return new Household(
        id,
        headName,
        phone,
        people,
        elderly,
        children,
        reading.isTicked("needsHelp"),
        reading.text("note", NOTE_CHARS_MAX),
        consentOn.orElse(today),
        reading.needed("consentHow", TEXT_CHARS_MAX),
        reading.number("version", 1, Integer.MAX_VALUE).orElse(1));
  }

  /** The form of a household that is there. */
  static FormShown shown(Household household) {
    Map<String, String> values = new HashMap<>();
    values.put("headName", household.headName());
    household.phone().ifPresent(phone -> values.put("phone", phone));
    household.people().ifPresent(n -> values.put("people", Integer.toString(n)));
    household.elderly().ifPresent(n -> values.put("elderly", Integer.toString(n)));
    household.children().ifPresent(n -> values.put("children", Integer.toString(n)));
    if (household.needsHelp()) {
      values.put("needsHelp", "on");
    }
    household.note().ifPresent(note -> values.put("note", note));
    values.put("consentOn", household.consentOn().toString());
    values.put("consentHow", household.consentHow());
    values.put("version", Integer.toString(household.version()));
    return FormShown.of(values);
  }
}
