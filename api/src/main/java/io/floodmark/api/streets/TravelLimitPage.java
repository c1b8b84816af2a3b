package io.floodmark.api.streets;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.records.Days;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.passability.TravelLimits;
import io.floodmark.passability.TravelMode;
import io.floodmark.staff.Right;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code /staff/travel-limits}: from which depths on who does not get through. */
public final class TravelLimitPage {
  private static final String PAGE = "/staff/travel-limits";

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Pages pages;

  TravelLimitPage(DatabaseCalls database, InstantSource clock, ZoneId zone, Pages pages) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    this.pages = pages;
  }

  void addTo(Routes routes) {
    routes.get(PAGE, Guard.of(Right.SEE_REGISTER), visit -> show(visit, Optional.empty()));
    routes.form(PAGE, Guard.of(Right.MANAGE_SENSORS), BodyLimit.FIELDS, this::save);
  }

  /**
   * A way of travelling on the page.
   *
   * @param key on the wire, and in the names of its fields
   * @param limits in force
   * @param standard by default
   * @param changed who changed them and when, in words; empty for the default
   */
  public record Row(String key, TravelLimits limits, TravelLimits standard, String changed) {
    /** Whether it is as it comes. */
    public boolean isStandard() {
      return changed.isEmpty();
    }
  }

  private void show(Visit visit, Optional<FormShown> sent) {
    database
        .read(
            connection -> {
              Map<TravelMode, TravelLimitStore.Held> held = TravelLimitStore.held(connection);
              List<Row> rows = new ArrayList<>();
              Map<String, String> values = new HashMap<>();
              for (TravelMode mode : TravelMode.values()) {
                Optional<TravelLimitStore.Held> own = Optional.ofNullable(held.get(mode));
                TravelLimits limits = own.map(TravelLimitStore.Held::limits).orElse(mode.limits());
                rows.add(
                    new Row(
                        mode.key(),
                        limits,
                        mode.limits(),
                        own.map(o -> changed(visit, o)).orElse("")));
                values.put(caution(mode), Integer.toString(limits.cautionFromMm()));
                values.put(no(mode), Integer.toString(limits.noFromMm()));
              }
              return pages.page(
                  visit,
                  "travel.title",
                  "streets/limits.jte",
                  Map.of("rows", rows, "form", sent.orElseGet(() -> FormShown.of(values))));
            })
        .onSuccess(page -> Pages.send(visit, page, sent.isPresent()))
        .onFailure(visit::fail);
  }

  private String changed(Visit visit, TravelLimitStore.Held held) {
    return pages
        .texts(visit)
        .of(
            "travel.changed",
            "who",
            held.by(),
            "when",
            Days.shown(held.at(), zone, visit.language()));
  }

  private static String caution(TravelMode mode) {
    return "caution-" + mode.key();
  }

  private static String no(TravelMode mode) {
    return "no-" + mode.key();
  }

  private void save(Visit visit, Form form) {
    FormReading reading = new FormReading(form);
    Optional<TravelMode> back = form.text("default").flatMap(TravelMode::find);
    Map<TravelMode, TravelLimits> limits =
        back.map(mode -> Map.of(mode, mode.limits())).orElseGet(() -> read(form, reading));
    if (!reading.isGood()) {
      show(visit, Optional.of(reading.shown()));
      return;
    }
    Instant now = clock.instant();
    database
        .transaction(
            connection -> {
              for (Map.Entry<TravelMode, TravelLimits> one : limits.entrySet()) {
                TravelLimitStore.set(connection, visit, now, one.getKey(), one.getValue());
              }
              return limits.size();
            })
        .onSuccess(
            done -> visit.seeOther(PAGE + "?done=" + (back.isPresent() ? "standard" : "limits")))
        .onFailure(visit::fail);
  }

  private static Map<TravelMode, TravelLimits> read(Form form, FormReading reading) {
    Map<TravelMode, TravelLimits> limits = new EnumMap<>(TravelMode.class);
    for (TravelMode mode : TravelMode.values()) {
      OptionalInt caution = depth(form, reading, caution(mode));
      OptionalInt no = depth(form, reading, no(mode));
      if (caution.isPresent() && no.isPresent() && caution.getAsInt() > no.getAsInt()) {
        reading.wrong(caution(mode), "problem.cautionAfterNo");
      } else if (caution.isPresent() && no.isPresent()) {
        // What the form shows as it was is no change, and must not undo somebody else's.
        String typed = caution.getAsInt() + "/" + no.getAsInt();
        if (!form.text("seen-" + mode.key()).equals(Optional.of(typed))) {
          limits.put(mode, new TravelLimits(caution.getAsInt(), no.getAsInt()));
        }
      }
    }
    return limits;
  }

  /** A depth in its range; empty, and remembered, where it is none. */
  private static OptionalInt depth(Form form, FormReading reading, String field) {
    if (form.text(field).isEmpty()) {
      reading.wrong(field, "problem.missing");
    }
    OptionalInt depth = reading.number(field, 0, TravelLimits.MOST_MM);
    return depth.isPresent() && depth.getAsInt() <= TravelLimits.MOST_MM
        ? depth
        : OptionalInt.empty();
  }
}
