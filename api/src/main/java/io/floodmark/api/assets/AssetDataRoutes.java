package io.floodmark.api.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code /api/v1/assets}: the map's features for all, the register for staff and programs. */
public final class AssetDataRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ZOOM_MAX = 24;
  private static final int SEARCH_MAX = 100;
  private static final BodyLimit BODY = new BodyLimit(64 * 1024, 0);

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final Texts sentences = Texts.load(Language.EN, "assets");

  /** Routes over {@code database}. */
  public AssetDataRoutes(DatabaseCalls database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    Guard edit = Guard.of(Right.EDIT_REGISTER);
    routes.get("/api/v1/assets", Guard.EVERYBODY, this::map);
    routes.get("/api/v1/assets/:id", Guard.of(Right.SEE_REGISTER), this::one);
    routes.data(HttpMethod.POST, "/api/v1/assets", edit, BODY, this::create);
    routes.data(HttpMethod.PUT, "/api/v1/assets/:id", edit, BODY, this::replace);
    routes.data(HttpMethod.DELETE, "/api/v1/assets/:id", edit, BODY, this::remove);
    routes.data(HttpMethod.POST, "/api/v1/assets/:id/verify", edit, BODY, this::verify);
    routes.data(HttpMethod.POST, "/api/v1/assets/:id/merge", edit, BODY, this::merge);
  }

  private void map(Visit visit) {
    QueryParameters query =
        new QueryParameters(
            visit.context().queryParams(), "bbox", "kind", "zoom", "group", "condition", "q");
    Caller caller = visit.caller();
    // The route is open to all, so no guard has held up a session that needs a password first.
    boolean staff = caller.may(Right.SEE_REGISTER) && !caller.mustChangePassword();
    Optional<String> condition = query.text("condition");
    if (condition.isPresent() && !staff) {
      throw new ProblemException(
          Problem.forbidden("Only staff can filter by condition. Leave the parameter out."));
    }
    String search = query.text("q").orElse("");
    if (search.length() > SEARCH_MAX) {
      throw new ProblemException(
          Problem.badParameter("q", "Parameter \"q\" must have at most 100 characters."));
    }
    AssetFilter filter =
        new AssetFilter(
            Optional.of(Bounds.parse(query.text("bbox").orElse(""))),
            clean("kind", query.text("kind")),
            clean("group", query.text("group")),
            clean("condition", condition),
            Optional.empty(),
            search,
            staff ? List.of(AssetScope.groups(caller)) : List.of(),
            !staff);
    OptionalInt zoom = query.integer("zoom", 0, ZOOM_MAX);
    Optional<String> acceptEncoding = visit.acceptEncoding();
    database
        .read(
            connection ->
                Representation.computed(
                    AssetMap.CONTENT_TYPE,
                    AssetMap.bytes(connection, filter, zoom, staff),
                    acceptEncoding))
        .onSuccess(
            answer -> {
              visit.request().response().headers().add("Vary", "Cookie, Authorization");
              answer.send(visit.request(), staff ? "private, no-cache" : "no-cache");
            })
        .onFailure(visit::fail);
  }

  /** PostgreSQL takes a zero byte for a fault of ours. */
  private static Optional<String> clean(String name, Optional<String> text) {
    if (text.isPresent() && !text.get().matches("[A-Za-z0-9_-]{1,64}")) {
      throw new ProblemException(
          Problem.badParameter(
              name, "Parameter \"" + name + "\" must hold only letters, digits, - and _."));
    }
    return text;
  }

  private void one(Visit visit) {
    long id = visit.id("id");
    database
        .read(connection -> feature(connection, visit, id))
        .onSuccess(answer -> answer.send(visit.request(), "private, no-cache"))
        .onFailure(visit::fail);
  }

  private static Representation feature(Connection connection, Visit visit, long id)
      throws SQLException {
    Asset asset = AssetScope.get(connection, visit.caller(), id);
    return Representation.computed(
        AssetMap.CONTENT_TYPE,
        AssetFeature.bytes(asset, AssetGroups.load(connection)),
        visit.acceptEncoding());
  }

  private void create(Visit visit, Buffer body) {
    JsonNode json = object(body);
    String kindCode = json.path("kind").asText("");
    answer(
        visit,
        201,
        connection -> {
          AssetKind kind =
              AssetKinds.load(connection)
                  .find(kindCode)
                  .filter(AssetKind::enabled)
                  .orElseThrow(
                      () ->
                          invalid(
                              new FieldProblem(
                                  "kind", "assets.problem.noKind", Map.of("kind", kindCode))));
          AssetContent content = content(connection, visit, kind, json);
          OptionalLong id = new AssetStore(connection).insert(content, false, change(visit, json));
          return id.orElseThrow(AssetDataRoutes::refTaken);
        });
  }

  private void replace(Visit visit, Buffer body) {
    JsonNode json = object(body);
    long id = visit.id("id");
    int version = version(visit, json);
    Change change = change(visit, json);
    answer(
        visit,
        200,
        connection -> {
          Asset asset = AssetScope.get(connection, visit.caller(), id);
          AssetKind kind = AssetKinds.load(connection).get(asset.kind());
          AssetContent content = content(connection, visit, kind, json);
          require(new AssetStore(connection).update(id, version, content, change));
          return id;
        });
  }

  private void remove(Visit visit, Buffer body) {
    JsonNode json = object(body);
    long id = visit.id("id");
    int version = version(visit, json);
    Change change = change(visit, json);
    if (change.reason().isEmpty()) {
      throw invalid(new FieldProblem("reason", "assets.problem.noReason", Map.of()));
    }
    answer(
        visit,
        200,
        connection -> {
          AssetScope.get(connection, visit.caller(), id);
          require(new AssetStore(connection).remove(id, version, change));
          return id;
        });
  }

  private void verify(Visit visit, Buffer body) {
    JsonNode json = object(body);
    long id = visit.id("id");
    int version = version(visit, json);
    Change change = change(visit, json);
    answer(
        visit,
        200,
        connection -> {
          AssetScope.get(connection, visit.caller(), id);
          require(new AssetStore(connection).verify(id, version, change));
          return id;
        });
  }

  private void merge(Visit visit, Buffer body) {
    JsonNode json = object(body);
    AssetMerge.Side stays = new AssetMerge.Side(visit.id("id"), version(visit, json));
    AssetMerge.Side goes =
        new AssetMerge.Side(json.path("from").asLong(), json.path("fromVersion").asInt());
    Change change = change(visit, json);
    answer(
        visit,
        200,
        connection -> {
          AssetScope.get(connection, visit.caller(), stays.id());
          AssetScope.get(connection, visit.caller(), goes.id());
          require(AssetMerge.merge(connection, stays, goes, change));
          return stays.id();
        });
  }

  private void answer(Visit visit, int status, DatabaseCalls.Read<Long> work) {
    database
        .transaction(connection -> feature(connection, visit, work.from(connection)))
        .onSuccess(
            done -> {
              visit.request().response().setStatusCode(status);
              visit.send(done);
            })
        .onFailure(visit::fail);
  }

  private AssetContent content(Connection connection, Visit visit, AssetKind kind, JsonNode json)
      throws SQLException {
    Map<String, String> texts = new HashMap<>();
    json.path("details")
        .fields()
        .forEachRemaining(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    for (String key : AssetKind.COMMON) {
      texts.put(key, json.path(key).isNull() ? "" : json.path(key).asText(""));
    }
    AssetCheck.Result result =
        new AssetCheck(kind, AssetGroups.load(connection))
            .check(new AssetDraft(texts, Optional.of(Length.MM)));
    if (result.content().isEmpty()) {
      throw invalid(result.problems().get(0));
    }
    AssetScope.requireOwn(visit.caller(), result.content().get());
    return result.content().get();
  }

  private Change change(Visit visit, JsonNode json) {
    return new Change(
        visit.caller(),
        clock.instant(),
        Optional.of(visit.address()),
        Optional.of(json.path("reason").asText("").strip()).filter(text -> !text.isEmpty()));
  }

  /** From {@code version} in the body, or from If-Match as {@code "3"}. */
  private static int version(Visit visit, JsonNode json) {
    String match = visit.request().getHeader("If-Match");
    String text = match == null ? json.path("version").asText("") : match.replace("\"", "").strip();
    if (!text.matches("\\d{1,9}")) {
      throw new ProblemException(
          Problem.invalid(
              "version",
              "Send the version that you have seen, in the body as \"version\" or as If-Match, so"
                  + " that nobody's change is lost."));
    }
    return Integer.parseInt(text);
  }

  private static JsonNode object(Buffer body) {
    try {
      JsonNode json = JSON.readTree(body.getBytes());
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.badRequest("The body is no JSON: " + e.getOriginalMessage()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    throw new ProblemException(Problem.badRequest("The body must be an object of JSON, { ... }."));
  }

  private ProblemException invalid(FieldProblem problem) {
    return new ProblemException(Problem.invalid(problem.field(), problem.sentence(sentences)));
  }

  private static ProblemException refTaken() {
    return new ProblemException(
        Problem.invalid("ref", "Another asset of this kind has this number. Choose another."));
  }

  private static void require(AssetStore.Written written) {
    if (written == AssetStore.Written.REF_TAKEN) {
      throw refTaken();
    }
    if (written == AssetStore.Written.STALE) {
      throw new ProblemException(
          Problem.conflict(
              "Somebody else changed this asset meanwhile, or it was merged. Read it again, then"
                  + " send your change with its version."));
    }
  }
}
