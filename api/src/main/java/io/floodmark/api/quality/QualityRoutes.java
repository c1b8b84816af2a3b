package io.floodmark.api.quality;

import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Guard;
import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Frame;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code /staff/quality} and {@code GET /api/v1/quality}: the scores and the worklist. */
public final class QualityRoutes {
  private static final String PAGE = "/staff/quality";

  private final DatabaseCalls database;
  private final PageKit kit;
  private final InstantSource clock;
  private final QualityRules rules = QualityRules.DEFAULT;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /** Routes that count in {@code database}. */
  public QualityRoutes(DatabaseCalls database, PageKit kit, InstantSource clock) {
    this.database = database;
    this.kit = kit;
    this.clock = clock;
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff", "quality"));
    }
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get(PAGE, Guard.of(Right.SEE_REGISTER), this::page);
    routes.get("/api/v1/quality", Guard.of(Right.SEE_REGISTER), this::data);
  }

  private void page(Visit visit) {
    QueryParameters query =
        new QueryParameters(visit.request().params(), "kind", "group", "aspect", "lang", "done");
    Texts words = texts.get(visit.language());
    Frame frame = kit.frame(visit, "quality.title", "quality", words);
    database
        .read(
            connection ->
                kit.page(
                    visit,
                    "quality/scores.jte",
                    frame,
                    Map.of("view", view(connection, visit, query, words))))
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private QualityView view(Connection connection, Visit visit, QueryParameters query, Texts words)
      throws SQLException {
    Instant now = clock.instant();
    Language language = visit.language();
    Caller caller = visit.caller();
    AssetKinds kinds = AssetKinds.load(connection);
    AssetGroups groups = AssetGroups.load(connection);
    Optional<AssetKind> kind = query.text("kind").map(code -> known(kinds, code));
    Optional<AssetGroups.Group> group =
        query.text("group").map(code -> known(groups, caller, code));
    Optional<Aspect> aspect =
        query.text("aspect").filter(key -> !key.isEmpty()).map(QualityRoutes::aspect);
    List<QualityView.Row> rows = new ArrayList<>();
    List<QualityView.Row> byGroup = new ArrayList<>();
    for (AssetKind each : kinds.all()) {
      List<Score> scores = Scores.of(connection, each, rules, now, caller.groups());
      scores.stream()
          .reduce(Score::plus)
          .ifPresent(
              sum ->
                  rows.add(
                      new QualityView.Row(
                          each.name(language), PAGE + "?kind=" + each.code(), sum)));
      if (kind.isPresent() && kind.get().code().equals(each.code())) {
        scores.forEach(score -> byGroup.add(row(score, groups, words)));
      }
    }
    if (caller.groups().isEmpty()) {
      Score sensors = Scores.ofSensors(connection, now);
      rows.add(
          new QualityView.Row(words.of("quality.sensors"), "/staff/sensors?lacks=any", sensors));
    }
    List<QualityView.TaskLine> tasks = new ArrayList<>();
    if (kind.isPresent()) {
      OptionalInt groupId = group.map(g -> OptionalInt.of(g.id())).orElse(OptionalInt.empty());
      for (Task task :
          Worklist.of(connection, kind.get(), rules, now, caller.groups(), groupId, aspect)) {
        tasks.add(line(task, kind.get(), language, words));
      }
    }
    return new QualityView(rows, kind, byGroup, group, aspect, tasks);
  }

  private static QualityView.Row row(Score score, AssetGroups groups, Texts words) {
    Optional<AssetGroups.Group> group = groups.of(score.groupId());
    return new QualityView.Row(
        group.map(AssetGroups.Group::name).orElse(words.of("quality.noGroup")),
        group.map(g -> PAGE + "?kind=" + score.kind() + "&group=" + g.code()).orElse(""),
        score);
  }

  private static QualityView.TaskLine line(
      Task task, AssetKind kind, Language language, Texts words) {
    String title =
        task.ref()
            .map(ref -> task.address().isEmpty() ? ref : ref + " · " + task.address())
            .orElse(
                task.address().isEmpty()
                    ? kind.name(language) + " " + task.assetId()
                    : task.address());
    Map<String, String> common =
        Map.of(
            "group", words.of("quality.field.group"),
            "number", words.of("quality.field.number"),
            "street", words.of("quality.field.street"));
    List<String> faults = new ArrayList<>();
    if (task.isTwin()) {
      faults.add(words.of("quality.fault.twin"));
    }
    if (!task.invalid().isEmpty()) {
      faults.add(
          words.of(
              "quality.fault.invalid", "fields", names(task.invalid(), kind, language, common)));
    }
    if (!task.missing().isEmpty()) {
      faults.add(
          words.of(
              "quality.fault.missing", "fields", names(task.missing(), kind, language, common)));
    }
    if (task.isUnchecked()) {
      faults.add(words.of("quality.fault.unchecked"));
    }
    if (task.isStale()) {
      faults.add(words.of("quality.fault.stale"));
    }
    return new QualityView.TaskLine(task, title, List.copyOf(faults));
  }

  private static String names(
      List<String> keys, AssetKind kind, Language language, Map<String, String> common) {
    return String.join(
        ", ",
        keys.stream().map(key -> QualityView.fieldName(kind, key, language, common)).toList());
  }

  private void data(Visit visit) {
    new QueryParameters(visit.request().params());
    Caller caller = visit.caller();
    database
        .read(
            connection -> {
              Instant now = clock.instant();
              AssetGroups groups = AssetGroups.load(connection);
              List<Score> scores = new ArrayList<>();
              for (AssetKind kind : AssetKinds.load(connection).all()) {
                scores.addAll(Scores.of(connection, kind, rules, now, caller.groups()));
              }
              if (caller.groups().isEmpty()) {
                scores.add(Scores.ofSensors(connection, now));
              }
              return Representation.computed(
                  "application/json", json(scores, groups, now), visit.acceptEncoding());
            })
        .onSuccess(visit::send)
        .onFailure(visit::fail);
  }

  private static byte[] json(List<Score> scores, AssetGroups groups, Instant now) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("at", Json.time(now));
          json.writeArrayFieldStart("scores");
          for (Score score : scores) {
            json.writeStartObject();
            json.writeStringField("kind", score.kind());
            Json.writeText(json, "group", groups.of(score.groupId()).map(AssetGroups.Group::code));
            json.writeNumberField("total", score.total());
            for (Aspect aspect : Aspect.values()) {
              json.writeNumberField(aspect.key(), score.good().get(aspect));
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static AssetKind known(AssetKinds kinds, String code) {
    return kinds
        .find(code)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.badParameter("kind", "There is no kind \"" + code + "\".")));
  }

  private static AssetGroups.Group known(AssetGroups groups, Caller caller, String code) {
    return groups.all().stream()
        .filter(group -> group.code().equals(code) && caller.covers(OptionalInt.of(group.id())))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.badParameter(
                        "group", "There is no group \"" + code + "\", or it is not yours.")));
  }

  private static Aspect aspect(String key) {
    return Aspect.find(key)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.badParameter(
                        "aspect", "aspect must be right, complete, clean or alive.")));
  }
}
