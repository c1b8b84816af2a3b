package io.floodmark.e2e.api;

import io.floodmark.api.access.SecretToken;
import io.floodmark.plate.PlateCode;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A ward in which whatever is not for everybody has a name that stands nowhere else.
 *
 * @param treeId a tree with a plate, a care record and a history
 * @param houseId a house with a household
 * @param code of the tree's plate
 * @param reportNumber of a report that nobody has screened
 */
record MarkedWard(long treeId, long houseId, PlateCode code, String reportNumber) {
  static final String REF = "SOHIEUKIN";
  static final String NOTE = "GHICHUKIN";
  static final String HISTORY = "LYDOKIN";
  static final String SIGNER = "NGUOIKYKIN";
  static final String STAFF = "TENCANBOKIN";
  static final String IN_CHARGE = "TOTRUONGKIN";
  static final String IN_CHARGE_PHONE = "0900000001";
  static final String HEAD = "CHUHOKIN";
  static final String HEAD_PHONE = "0900000002";
  static final String REPORT_TEXT = "LOIPHANANHKIN";
  static final String REPORTER = "0900000003";
  static final String REPORT_NOTE = "GHICHUPHANANHKIN";
  static final String SENSOR = "diemdo-01";
  static final String GATEWAY = "TRAMTHUKIN";
  static final String SENSOR_STORY = "LYDODIEMDOKIN";
  static final String REJECTED_PAYLOAD = "BANTINKIN";

  static final List<String> HOUSEHOLD = List.of(HEAD, HEAD_PHONE);
  static final List<String> CONTACT = List.of(REPORTER);
  static final List<String> SENSORS_PAST = List.of(SENSOR_STORY, REJECTED_PAYLOAD);

  /** Of assets and reports of the one group; its staff and its sensors are everybody's. */
  static final List<String> OF_THE_GROUP =
      List.of(REF, NOTE, HISTORY, SIGNER, HEAD, HEAD_PHONE, REPORT_TEXT, REPORTER, REPORT_NOTE);

  static final List<String> FOR_STAFF =
      Stream.of(
              HOUSEHOLD,
              CONTACT,
              SENSORS_PAST,
              List.of(
                  GATEWAY,
                  REF,
                  NOTE,
                  HISTORY,
                  SIGNER,
                  STAFF,
                  IN_CHARGE,
                  IN_CHARGE_PHONE,
                  REPORT_TEXT,
                  REPORT_NOTE))
          .flatMap(List::stream)
          .toList();

  private static final long SEED = 7;
  private static final String SECRET = "a-link-that-only-its-reporter-has-0123456789";

  static MarkedWard plant(Database database, Instant at) throws SQLException {
    try (Connection connection = database.connect()) {
      PlateCode code = PlateCode.draw(new Random(SEED));
      long group =
          id(
              connection,
              "INSERT INTO residential_group (code, name) VALUES ('t1', 'Tổ 1') RETURNING id");
      id(
          connection,
          "INSERT INTO group_person (group_id, name, duty, phone) VALUES (%d, '%s', 'Tổ trưởng', '%s') RETURNING id"
              .formatted(group, IN_CHARGE, IN_CHARGE_PHONE));
      long staff =
          id(
              connection,
              """
              INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
              VALUES ('marked', '%s', 'operator', 'none', now(), now()) RETURNING id"""
                  .formatted(STAFF));
      long tree =
          asset(
              connection,
              "tree",
              group,
              "{\"species\":\"Delonix regia\",\"note\":\"" + NOTE + "\"}",
              REF,
              at);
      long house = asset(connection, "house", group, "{\"note\":\"" + NOTE + "\"}", REF, at);
      id(
          connection,
          """
          INSERT INTO asset_history (asset_id, version, at, staff_id, actor, action, reason)
          VALUES (%d, 1, now(), %d, 'marked', 'created', '%s') RETURNING id"""
              .formatted(tree, staff, HISTORY));
      id(
          connection,
          """
          INSERT INTO care_record (asset_id, kind, done_on, recorded_at, staff_id, actor, signer, findings)
          VALUES (%d, 'inspection', '2026-11-01', now(), %d, 'marked', '%s', '%s') RETURNING id"""
              .formatted(tree, staff, SIGNER, NOTE));
      id(
          connection,
          """
          INSERT INTO household (asset_id, head_name, phone, people, consent_on, consent_how, updated_at)
          VALUES (%d, '%s', '%s', 4, '2026-01-01', 'giấy', now()) RETURNING id"""
              .formatted(house, HEAD, HEAD_PHONE));
      try (PreparedStatement plate =
          connection.prepareStatement(
              "INSERT INTO plate (code, asset_id, state, made_at, mounted_at) VALUES (?, ?, 'mounted', now(), now())")) {
        plate.setString(1, code.value());
        plate.setLong(2, tree);
        plate.executeUpdate();
      }
      String number = report(connection, house, group, staff, at);
      sensor(connection);
      return new MarkedWard(tree, house, code, number);
    }
  }

  /** The addresses that a route has in this ward. */
  List<String> addresses(String route) {
    List<String> paths = new ArrayList<>();
    for (long asset : List.of(treeId, houseId)) {
      paths.add(
          route
              .replace(":id", Long.toString(asset))
              .replace(":number", reportNumber)
              .replace(":secret", "not-" + SECRET)
              .replace(":key", "AAAAAAAAAAAAAAAAAAAAAA")
              .replace(":code", route.contains("/sensors/") ? SENSOR : code.value()));
    }
    if (route.equals("/api/v1/assets")) {
      paths.replaceAll(path -> path + "?bbox=106,20.9,106.1,21&zoom=18");
    }
    if (route.equals("/report")) {
      paths.add(route + "?code=" + code.value());
    }
    return paths.stream().distinct().toList();
  }

  /** Which marks stand in what a path answered; a code that was asked for may be in its answer. */
  List<String> found(String body, String path, List<String> marks) {
    List<String> found = new ArrayList<>();
    for (String mark : marks) {
      // The ward's number of a tree stands on its plate, for people to quote.
      boolean printed = mark.equals(REF) && path.contains(code.value());
      if (!printed && body.contains(mark)) {
        found.add(path + " shows " + mark);
      }
    }
    if (!path.contains(code.value())
        && (body.contains(code.value()) || body.contains(code.printed()))
        && marks == FOR_STAFF) {
      found.add(path + " shows the code of a plate");
    }
    return found;
  }

  private static void sensor(Connection connection) throws SQLException {
    long sensor =
        id(
            connection,
            """
            INSERT INTO sensor (code, name, kind, lon, lat, gateway, token_sha256)
            VALUES ('%s', 'Ngã tư Bần', 'depth', 106.07, 20.94, '%s', decode(repeat('00', 32), 'hex'))
            RETURNING id"""
                .formatted(SENSOR, GATEWAY));
    id(
        connection,
        """
        INSERT INTO rejected_message (received_at, sensor_id, topic, reason, detail, size_bytes, payload)
        VALUES (now(), %d, 'sensors/%s/readings', 'syntax', 'not JSON', 9, convert_to('%s', 'UTF8'))
        RETURNING id"""
            .formatted(sensor, SENSOR, REJECTED_PAYLOAD));
    id(
        connection,
        """
        INSERT INTO audit_entry (at, actor, action, subject, detail)
        VALUES (now(), 'marked', 'sensor.retire', 'sensor:%s', '{"reason":"%s"}') RETURNING id"""
            .formatted(SENSOR, SENSOR_STORY));
  }

  private static String report(
      Connection connection, long asset, long group, long staff, Instant at) throws SQLException {
    String number = "40400404";
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO report (number, secret_sha256, category, text, contact, asset_id, lon, lat, group_id, language,
                                state, state_since, created_at, due_at)
            VALUES (?, ?, 'tree', ?, ?, ?, 106.07, 20.94, ?, 'vi', 'received', ?, ?, ?)
            RETURNING id
            """)) {
      var moment = at.atOffset(ZoneOffset.UTC);
      insert.setString(1, number);
      insert.setBytes(2, SecretToken.sha256(SECRET));
      insert.setString(3, REPORT_TEXT);
      insert.setString(4, REPORTER);
      insert.setLong(5, asset);
      insert.setLong(6, group);
      insert.setObject(7, moment);
      insert.setObject(8, moment);
      insert.setObject(9, moment);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        id(
            connection,
            """
            INSERT INTO report_event (report_id, at, kind, staff_id, actor, note)
            VALUES (%d, now(), 'note', %d, 'marked', '%s') RETURNING id"""
                .formatted(row.getLong(1), staff, REPORT_NOTE));
      }
    }
    return number;
  }

  private static long asset(
      Connection connection, String kind, long group, String details, String ref, Instant at)
      throws SQLException {
    return id(
        connection,
        """
        INSERT INTO asset (kind, ref, number, street, lon, lat, group_id, details, created_at, updated_at)
        VALUES ('%s', '%s', '12', 'Nguyễn Văn Linh', 106.07, 20.94, %d, '%s', timestamptz '%s', timestamptz '%5$s')
        RETURNING id"""
            .formatted(kind, ref, group, details, at));
  }

  private static long id(Connection connection, String sql) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql);
        ResultSet row = insert.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
