package io.floodmark.api.staff;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Json;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code /api/v1/staff}: accounts, for programs of administrators. */
final class PeopleJsonRoutes {
  private static final String LIST = "/api/v1/staff";
  private static final Guard ADMIN = Guard.of(Right.MANAGE_STAFF);

  private final StaffParts parts;
  private final People people;

  PeopleJsonRoutes(StaffParts parts) {
    this.parts = parts;
    this.people = new People(parts);
  }

  void addTo(Routes routes) {
    routes.get(LIST, ADMIN, this::list);
    routes.get(LIST + "/:id", ADMIN, this::one);
    routes.data(HttpMethod.POST, LIST, ADMIN, BodyLimit.FIELDS, this::add);
    routes.data(HttpMethod.PUT, LIST + "/:id", ADMIN, BodyLimit.FIELDS, this::change);
    routes.data(HttpMethod.DELETE, LIST + "/:id", ADMIN, BodyLimit.FIELDS, this::disable);
    routes.data(
        HttpMethod.POST, LIST + "/:id/password", ADMIN, BodyLimit.FIELDS, this::resetPassword);
  }

  private void list(Visit visit) {
    parts
        .database()
        .read(StaffStore::list)
        .onSuccess(
            members ->
                parts.sendJson(
                    visit,
                    200,
                    json -> {
                      json.writeStartObject();
                      json.writeArrayFieldStart("staff");
                      for (StaffMember member : members) {
                        write(json, member, Optional.empty());
                      }
                      json.writeEndArray();
                      json.writeEndObject();
                    }))
        .onFailure(visit::fail);
  }

  private void one(Visit visit) {
    long id = visit.id("id");
    parts
        .database()
        .read(connection -> People.member(connection, id))
        .onSuccess(
            member -> parts.sendJson(visit, 200, json -> write(json, member, Optional.empty())))
        .onFailure(visit::fail);
  }

  private void add(Visit visit, Buffer body) {
    JsonNode object = StaffParts.object(body);
    people
        .add(visit, () -> entry(object, StaffParts.text(object, "login")))
        .onSuccess(handed -> sendHanded(visit, 201, handed))
        .onFailure(failure -> visit.fail(parts.forPrograms(failure)));
  }

  private void change(Visit visit, Buffer body) {
    JsonNode object = StaffParts.object(body);
    long id = visit.id("id");
    parts
        .database()
        .read(
            connection -> entry(object, Optional.of(People.member(connection, id).entry().login())))
        .compose(entry -> people.change(visit, id, entry))
        .onSuccess(
            member -> parts.sendJson(visit, 200, json -> write(json, member, Optional.empty())))
        .onFailure(failure -> visit.fail(parts.forPrograms(failure)));
  }

  /** Accounts stand in histories: none is ever deleted. */
  private void disable(Visit visit, Buffer body) {
    people
        .disable(visit, visit.id("id"))
        .onSuccess(member -> visit.request().response().setStatusCode(204).end())
        .onFailure(failure -> visit.fail(parts.forPrograms(failure)));
  }

  private void resetPassword(Visit visit, Buffer body) {
    people
        .resetPassword(visit, visit.id("id"))
        .onSuccess(handed -> sendHanded(visit, 200, handed))
        .onFailure(failure -> visit.fail(parts.forPrograms(failure)));
  }

  private void sendHanded(Visit visit, int status, People.Handed handed) {
    parts.sendJson(
        visit, status, json -> write(json, handed.member(), Optional.of(handed.password())));
  }

  private static StaffEntry entry(JsonNode object, Optional<String> login) {
    Set<Integer> groups = new HashSet<>();
    for (JsonNode group : object.path("groups")) {
      if (!group.canConvertToInt() || !group.isIntegralNumber()) {
        throw new StaffRefusal("groups", "people.groups.bad");
      }
      groups.add(group.asInt());
    }
    return StaffEntry.of(
        login,
        StaffParts.text(object, "name"),
        StaffParts.text(object, "role"),
        object.path("seesHouseholds").asBoolean(false),
        groups);
  }

  private static void write(JsonGenerator json, StaffMember member, Optional<String> password)
      throws IOException {
    StaffEntry entry = member.entry();
    json.writeStartObject();
    json.writeNumberField("id", member.id());
    json.writeStringField("login", entry.login());
    json.writeStringField("name", entry.name());
    json.writeStringField("role", entry.role().key());
    json.writeBooleanField("seesHouseholds", entry.seesHouseholds());
    json.writeArrayFieldStart("groups");
    for (int group : new TreeSet<>(entry.groups())) {
      json.writeNumber(group);
    }
    json.writeEndArray();
    json.writeBooleanField("mustChangePassword", member.mustChange());
    json.writeStringField("createdAt", Json.time(member.createdAt()));
    Json.writeTime(json, "disabledAt", member.disabledAt());
    Json.writeTime(json, "seenAt", member.seenAt());
    if (password.isPresent()) {
      json.writeStringField("password", password.get());
    }
    json.writeEndObject();
  }
}
