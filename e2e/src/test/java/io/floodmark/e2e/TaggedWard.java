package io.floodmark.e2e;

import io.floodmark.plate.PlateCode;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;

/** Writes tagged things, their plates and the water beside them, as the register leaves them. */
public final class TaggedWard {
  /** Personal data and internal notes that no public page may hold. */
  public static final String SECRET = "Bí mật";

  private final Database database;
  private final Random random = new Random(4669);
  private final int group;

  /** A ward with one residential group, whose head has a telephone. */
  public TaggedWard(Database database) throws SQLException {
    this.database = database;
    this.group =
        (int)
            insert(
                "INSERT INTO residential_group (code, name) VALUES ('tdp-3', 'Tổ dân phố 3')"
                    + " RETURNING id");
    insert(
        """
        INSERT INTO group_person (group_id, name, duty, phone)
        VALUES (?, 'Bí mật Tổ trưởng', 'Tổ trưởng', '0912345678') RETURNING id
        """,
        group);
  }

  /** A house in Nguyễn Văn Linh, with people in it. */
  public long house() throws SQLException {
    long id =
        insert(
            """
            INSERT INTO asset (kind, lon, lat, number, street, group_id, details, created_at, updated_at)
            VALUES ('house', 106.0715, 20.9413, '12/5A', 'Nguyễn Văn Linh', ?,
                    '{"digitalAddress":"17915-8GQ4VP","floors":3,"use":"dwelling","note":"Bí mật, vắng nhà"}',
                    now(), now())
            RETURNING id
            """,
            group);
    insert(
        """
        INSERT INTO household (asset_id, head_name, phone, people, needs_help, note, consent_on, consent_how, updated_at)
        VALUES (?, 'Bí mật Chủ hộ', '0987654321', 4, true, 'Bí mật', '2026-01-01', 'Bí mật', now()) RETURNING id
        """,
        id);
    return id;
  }

  /** A tree of that decree's category, inspected and watered. */
  public long tree(String decreeCategory) throws SQLException {
    long id =
        insert(
            """
            INSERT INTO asset (kind, ref, lon, lat, street, place, group_id, details, created_at, updated_at)
            VALUES ('tree', NULL, 106.0712, 20.9420, 'Nguyễn Văn Linh', 'Trước cổng trường Bần', ?,
                    jsonb_build_object('species', 'Delonix regia', 'commonName', 'Phượng vĩ',
                      'trunkDiameterMm', 425, 'heightMm', 9500, 'crownMm', 7000, 'plantedYear', 1998,
                      'condition', 'fair', 'risk', 'high', 'decreeCategory', ?::text,
                      'decreeUse', 'public', 'note', 'Bí mật'), now(), now())
            RETURNING id
            """,
            group,
            decreeCategory);
    care(id, "inspection", "2026-10-02");
    care(id, "pruning", "2026-09-01");
    care(id, "watering", "2026-11-10");
    return id;
  }

  /** A thing of another kind. */
  public long thing(String kind, String details) throws SQLException {
    return insert(
        """
        INSERT INTO asset (kind, name, lon, lat, group_id, details, created_at, updated_at)
        VALUES (?, 'Vật thử', 106.0712, 20.9420, ?, ?::jsonb, now(), now()) RETURNING id
        """,
        kind,
        group,
        details);
  }

  /** An entry in a thing's record of care. */
  public void care(long assetId, String kind, String day) throws SQLException {
    insert(
        """
        INSERT INTO care_record (asset_id, kind, done_on, recorded_at, actor, signer, findings, seal)
        VALUES (?, ?, ?::date, now(), 'Bí mật cán bộ', 'Bí mật người ký', 'Bí mật', '') RETURNING id
        """,
        assetId,
        kind,
        day);
  }

  /** A photo of a thing, of which only the name in its address matters. */
  public void photo(long assetId, String key, boolean isPublic) throws SQLException {
    long photo =
        insert(
            """
            INSERT INTO photo (key, jpeg, preview, width, height, created_at)
            VALUES (?, '\\xffd8', '\\xffd8', 1600, 1200, now()) RETURNING id
            """,
            key);
    insert(
        "INSERT INTO asset_photo (asset_id, photo_id, caption, is_public)"
            + " VALUES (?, ?, 'Cây nhìn từ cổng trường', ?) RETURNING 1",
        assetId,
        photo,
        isPublic);
  }

  /** A new plate on a thing, in that state. */
  public PlateCode plate(Long assetId, String state) throws SQLException {
    PlateCode code = PlateCode.draw(random);
    insert(
        "INSERT INTO plate (code, asset_id, state, made_at) VALUES (?, ?::bigint, ?, now())"
            + " RETURNING 1",
        code.value(),
        assetId,
        state);
    return code;
  }

  /** A code that no plate has. */
  public PlateCode unused() {
    return PlateCode.draw(random);
  }

  /** A sensor some 30 m from the house. */
  public int sensor(String code, String name, int lowPointDeltaMm) throws SQLException {
    return (int)
        insert(
            """
            INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, low_point_delta_mm, token_sha256)
            VALUES (?, ?, 'distance', 106.0712, 20.9411, 3000, ?, decode(repeat('00', 32), 'hex'))
            RETURNING id
            """,
            code,
            name,
            lowPointDeltaMm);
  }

  /** Its newest reading. A depth under 30 mm leaves the low point unknown. */
  public void reading(int sensorId, Instant at, int depthMm, int level, double trendMmPerMin)
      throws SQLException {
    insert(
        """
        UPDATE sensor_state st
        SET version = version + 1, last_arrival_at = ?, evaluated_at = ?, evaluated_arrival_at = ?, observed_at = ?,
            depth_mm = ?, low_point_depth_mm = CASE WHEN ? >= 30 THEN ? + s.low_point_delta_mm END, qc = 1,
            level = ?, trend_mm_per_min = ?
        FROM sensor s WHERE s.id = st.sensor_id AND st.sensor_id = ? RETURNING 1
        """,
        at,
        at,
        at,
        at,
        depthMm,
        depthMm,
        depthMm,
        level,
        (float) trendMmPerMin,
        sensorId);
  }

  /** Runs a statement that returns a number. */
  public long insert(String sql, Object... parameters) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        Object value = parameters[i];
        statement.setObject(
            i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
