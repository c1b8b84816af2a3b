package io.floodmark.api.care;

import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An entry of a care record as the fields of a form. Pure. */
final class CareForm {
  private static final int SIGNER_CHARS_MAX = 120;
  private static final int FINDINGS_CHARS_MAX = 4000;

  private CareForm() {}

  /** What the form says; of use only if {@code reading} is good afterwards. */
  static CareEntry.Entered read(
      FormReading reading, AssetChoices choices, OptionalLong corrects, LocalDate today) {
    String kind = reading.choice("kind", CareKinds.ALL).orElse("");
    if (kind.isEmpty()) {
      reading.wrong("kind", "problem.missing");
    }
    Optional<LocalDate> doneOn = reading.date("doneOn");
    if (doneOn.isEmpty()) {
      reading.wrong("doneOn", "problem.missing");
    } else if (doneOn.get().isAfter(today)) {
      reading.wrong("doneOn", "problem.future");
    }
    Optional<LocalDate> nextDue = reading.date("nextDue");
    if (nextDue.isPresent() && doneOn.isPresent() && !nextDue.get().isAfter(doneOn.get())) {
      reading.wrong("nextDue", "problem.due");
    }
    Optional<String> findings = reading.text("findings", FINDINGS_CHARS_MAX);
    if (findings.isEmpty() && (corrects.isPresent() || kind.equals("other"))) {
      reading.wrong("findings", corrects.isPresent() ? "problem.whyCorrect" : "problem.what");
    }
    return new CareEntry.Entered(
        kind,
        doneOn.orElse(today),
        reading.needed("signer", SIGNER_CHARS_MAX),
        findings,
        reading.choice(AssetChoices.CONDITION, choices.conditions().keySet()),
        reading.choice(AssetChoices.RISK, choices.risks().keySet()),
        nextDue,
        corrects);
  }

  /** The form that corrects an entry, filled with it. */
  static FormShown correcting(CareEntry entry) {
    CareEntry.Entered entered = entry.entered();
    Map<String, String> values = new HashMap<>();
    values.put("kind", entered.kind());
    values.put("doneOn", entered.doneOn().toString());
    values.put("signer", entered.signer());
    entered.findings().ifPresent(text -> values.put("findings", text));
    entered.condition().ifPresent(value -> values.put(AssetChoices.CONDITION, value));
    entered.risk().ifPresent(value -> values.put(AssetChoices.RISK, value));
    entered.nextDue().ifPresent(date -> values.put("nextDue", date.toString()));
    values.put("corrects", Long.toString(entry.id()));
    return FormShown.of(values);
  }
}
