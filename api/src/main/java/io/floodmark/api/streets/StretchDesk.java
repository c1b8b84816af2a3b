package io.floodmark.api.streets;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.api.sensors.SensorView;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What staff do with stretches, each step in the transaction of its connection and in the audit
 * log. Made for one request, used by its database thread.
 */
final class StretchDesk {
  /** A page that draws more would be slow on an old phone. */
  static final int POSITIONS_MAX = 60_000;

  private static final Duration DRAFT_KEPT = Duration.ofDays(1);

  private final Connection connection;
  private final StretchStore store;
  private final Caller caller;
  private final String address;
  private final Instant at;

  /** Read once, for one transaction; null before. */
  private Map<String, SensorView> sensors;

  /**
   * A desk for {@code visit}.
   *
   * @throws ProblemException with 403 for whoever is limited to residential groups: a street
   *     belongs to none
   */
  StretchDesk(Connection connection, Visit visit, Instant at) {
    if (!visit.caller().covers(OptionalInt.empty())) {
      throw new ProblemException(
          Problem.forbidden(
              "Streets belong to the whole ward: only those who see all of it change them."));
    }
    this.connection = connection;
    this.store = new StretchStore(connection);
    this.caller = visit.caller();
    this.address = visit.address();
    this.at = at;
  }

  /**
   * A file after it was held against the ward.
   *
   * @param fresh what would be added
   * @param known how many are there already, by name and course
   * @param faults why nothing of it can be taken in; empty where all of it can
   */
  record Checked(List<StretchDraft> fresh, int known, List<StretchFault> faults) {
    Checked {
      fresh = List.copyOf(fresh);
      faults = List.copyOf(faults);
    }

    boolean isGood() {
      return faults.isEmpty();
    }
  }

  /** Reads and checks a file; nothing is written. */
  Checked check(byte[] file) throws SQLException {
    StretchFile.Content content = StretchFile.read(file, store.area());
    Checked checked = check(content.drafts());
    List<StretchFault> faults = new ArrayList<>(content.faults());
    faults.addAll(checked.faults());
    faults.sort(Comparator.comparingInt(StretchFault::feature));
    return new Checked(checked.fresh(), checked.known(), faults);
  }

  private Checked check(List<StretchDraft> drafts) throws SQLException {
    store.lock();
    Map<String, SensorView> sensors = sensors();
    List<StretchDraft> fresh = new ArrayList<>();
    List<StretchFault> faults = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int known = 0;
    for (StretchDraft draft : drafts) {
      Optional<StretchFault> fault = sensorFault(draft, sensors);
      if (fault.isPresent()) {
        faults.add(fault.get());
      } else if (store.isKnown(draft)
          || !seen.add(draft.name() + ' ' + StretchStore.text(draft.lines()))) {
        known++;
      } else {
        fresh.add(draft);
      }
    }
    StretchStore.Size there = store.size();
    int positions = fresh.stream().mapToInt(draft -> draft.lines().positions()).sum();
    if (there.stretches() + fresh.size() > StretchFile.STRETCHES_MAX
        || there.positions() + positions > POSITIONS_MAX) {
      faults.add(
          StretchFault.ofFile(
              "full",
              Map.of("most", "" + StretchFile.STRETCHES_MAX, "positions", "" + POSITIONS_MAX)));
    }
    return new Checked(fresh, known, faults);
  }

  private static Optional<StretchFault> sensorFault(
      StretchDraft draft, Map<String, SensorView> sensors) {
    for (String code : draft.sensors().orElse(List.of())) {
      SensorView sensor = sensors.get(code);
      if (sensor == null || !StretchProposal.measuresWater(sensor)) {
        String key = sensor == null ? "unknownSensor" : "deafSensor";
        return Optional.of(
            new StretchFault(draft.number(), draft.name(), key, Map.of("sensor", code)));
      }
    }
    return Optional.empty();
  }

  private Map<String, SensorView> sensors() throws SQLException {
    if (sensors == null) {
      sensors = byCode(SensorRows.all(connection));
    }
    return sensors;
  }

  static Map<String, SensorView> byCode(List<SensorView> sensors) {
    return sensors.stream().collect(Collectors.toMap(SensorView::code, Function.identity()));
  }

  /** Adds all of a good file; gives back the numbers. */
  List<Integer> take(Checked checked) throws SQLException {
    List<Integer> ids = new ArrayList<>();
    for (StretchDraft draft : checked.fresh()) {
      ids.add(store.add(draft.name(), draft.lines(), draft.sensors(), false, caller.actor(), at));
    }
    if (!ids.isEmpty()) {
      audit(
          "street.import",
          "street:" + ids.get(0),
          Map.of("rows", Integer.toString(ids.size()), "name", checked.fresh().get(0).name()));
    }
    return ids;
  }

  /**
   * Keeps a good file for a day, in place of the caller's last one, so that it can be looked at
   * before it is taken in.
   */
  long keep(String fileName, Checked checked) throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM street_draft WHERE made_at < ? OR made_by = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO street_draft (made_by, made_at, file_name, stretches)
                VALUES (?, ?, ?, ?::jsonb) RETURNING id
                """)) {
      delete.setObject(1, at.minus(DRAFT_KEPT).atOffset(ZoneOffset.UTC));
      delete.setString(2, caller.actor());
      delete.executeUpdate();
      insert.setString(1, caller.actor());
      insert.setObject(2, at.atOffset(ZoneOffset.UTC));
      insert.setString(3, fileName);
      insert.setString(4, StretchDraftJson.text(checked.fresh()));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Takes in a file that was kept, if it is still good.
   *
   * @throws ProblemException with 404 if it was not kept, or not by this caller
   */
  Checked takeKept(long draft) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            DELETE FROM street_draft WHERE id = ? AND made_by = ? AND made_at >= ?
            RETURNING stretches
            """)) {
      delete.setLong(1, draft);
      delete.setString(2, caller.actor());
      delete.setObject(3, at.minus(DRAFT_KEPT).atOffset(ZoneOffset.UTC));
      try (ResultSet row = delete.executeQuery()) {
        if (!row.next()) {
          throw new ProblemException(
              Problem.notFound(
                  "This file is not kept any more, or was taken in already. Upload it again."));
        }
        Checked checked = check(StretchDraftJson.drafts(row.getString(1)));
        if (checked.isGood()) {
          take(checked);
        }
        return checked;
      }
    }
  }

  /** Whether all of these are in service and measure water. */
  boolean canSpeak(List<String> codes) throws SQLException {
    Map<String, SensorView> there = sensors();
    return codes.stream()
        .allMatch(
            code -> there.containsKey(code) && StretchProposal.measuresWater(there.get(code)));
  }

  /**
   * Renames a stretch and says which sensors speak for it.
   *
   * @throws ProblemException with 404, 409 where somebody else was faster, or 422 for a sensor that
   *     cannot speak for it
   */
  void change(long id, int version, String name, List<String> codes) throws SQLException {
    Stretch before = get(id);
    Map<String, SensorView> sensors = sensors();
    for (String code : codes) {
      SensorView sensor = sensors.get(code);
      boolean stays = before.sensors().contains(code);
      if (sensor == null || !(stays || StretchProposal.measuresWater(sensor))) {
        throw new ProblemException(
            Problem.invalid(
                "sensors",
                "There is no sensor " + code + " in service that measures water. Leave it out."));
      }
    }
    if (!store.change(id, version, name, codes, caller.actor(), at)) {
      throw new ProblemException(
          Problem.conflict("Somebody else changed this stretch meanwhile. Read it again."));
    }
    audit("street.edit", "street:" + id, Map.of("name", name, "sensors", String.join(" ", codes)));
  }

  /** Takes a stretch away. */
  void remove(long id) throws SQLException {
    Stretch before = get(id);
    store.remove(id);
    audit("street.remove", "street:" + id, Map.of("name", before.name()));
  }

  /** A stretch; 404 if there is none. */
  Stretch get(long id) throws SQLException {
    return store.find(id).orElseThrow(StretchDesk::unknown);
  }

  static ProblemException unknown() {
    return new ProblemException(
        Problem.notFound("There is no stretch of this number; /api/v1/streets lists them."));
  }

  private void audit(String action, String subject, Map<String, String> detail)
      throws SQLException {
    AuditLog.add(connection, at, caller, action, subject, Optional.of(address), detail);
  }

  /** Stretches as they wait in the database. Pure. */
  private static final class StretchDraftJson {
    private StretchDraftJson() {}

    static String text(List<StretchDraft> drafts) {
      byte[] bytes =
          Json.bytes(
              json -> {
                json.writeStartArray();
                for (StretchDraft draft : drafts) {
                  json.writeStartObject();
                  json.writeNumberField("number", draft.number());
                  json.writeStringField("name", draft.name());
                  json.writeFieldName("lines");
                  draft.lines().write(json);
                  json.writeFieldName("sensors");
                  if (draft.sensors().isEmpty()) {
                    json.writeNull();
                  } else {
                    json.writeStartArray();
                    for (String code : draft.sensors().get()) {
                      json.writeString(code);
                    }
                    json.writeEndArray();
                  }
                  json.writeEndObject();
                }
                json.writeEndArray();
              });
      return new String(bytes, StandardCharsets.UTF_8);
    }

    static List<StretchDraft> drafts(String json) {
      List<StretchDraft> drafts = new ArrayList<>();
      for (var draft : StretchStore.parsed(json)) {
        List<String> sensors = new ArrayList<>();
        draft.path("sensors").forEach(code -> sensors.add(code.asText()));
        drafts.add(
            new StretchDraft(
                draft.path("number").asInt(),
                draft.path("name").asText(),
                StretchLines.stored(draft.path("lines")),
                draft.path("sensors").isNull() ? Optional.empty() : Optional.of(sensors)));
      }
      return drafts;
    }
  }
}
