package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.Needs;
import io.floodmark.staff.Role;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos of assets: who sees them, for how long, and what is in them. */
final class AssetPhotosHttpTest extends ApiOnEachEngine {
  private long tree;

  @BeforeEach
  void prepare() throws Exception {
    tree = register.asset("tree", 0);
  }

  private static byte[] jpeg() throws Exception {
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.GREEN);
    pen.fillOval(100, 80, 300, 300);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }

  private HttpResponse<String> upload(StaffClient staff, String isPublic, byte[]... files)
      throws Exception {
    List<StaffClient.Part> parts = new ArrayList<>();
    for (byte[] file : files) {
      parts.add(new StaffClient.Part("photos", "IMG_1.jpg", file));
    }
    return staff.postFiles(
        "/staff/assets/" + tree + "/photos",
        Map.of("caption", "Từ phía đường", "public", isPublic),
        parts);
  }

  private String address() throws Exception {
    return "/photos/" + register.text("SELECT key FROM photo ORDER BY id DESC LIMIT 1");
  }

  @Test
  void aPhotoIsForStaffUntilItIsMadePublicAndAgainWhenItIsTakenBack() throws Exception {
    StaffClient staff = api.signIn(Role.OPERATOR);
    assertEquals(303, upload(staff, "no", jpeg()).statusCode());
    String photo = address();
    for (String size : List.of("", "/preview")) {
      assertEquals(404, api.get(photo + size).statusCode());
      HttpResponse<byte[]> seen = staff.getBytes(photo + size);
      assertEquals(200, seen.statusCode());
      assertEquals("private, no-store", seen.headers().firstValue("Cache-Control").orElse(""));
    }
    String change =
        "/staff/assets/" + tree + "/photos/" + register.text("SELECT id FROM photo") + "/public";
    assertEquals(303, staff.post(change, Map.of("public", "yes")).statusCode());
    HttpResponse<byte[]> open = api.getBytes(photo);
    assertEquals(200, open.statusCode());
    assertEquals("image/jpeg", open.headers().firstValue("Content-Type").orElse(""));
    assertEquals("nosniff", open.headers().firstValue("X-Content-Type-Options").orElse(""));
    assertEquals("inline", open.headers().firstValue("Content-Disposition").orElse(""));
    assertEquals(
        "public, max-age=300, immutable", open.headers().firstValue("Cache-Control").orElse(""));
    String etag = open.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, api.get(photo, "If-None-Match", etag).statusCode());
    staff.post(change, Map.of("public", "no"));
    assertEquals(404, api.get(photo, "If-None-Match", etag).statusCode());
    assertEquals("3", register.text("SELECT count(*) FROM asset_history WHERE action = 'photo'"));
    assertEquals(
        "3", register.text("SELECT count(*) FROM audit_entry WHERE action = 'asset.photo'"));
  }

  @Test
  void aRemovedPhotoIsGoneUnlessTheCareRecordShowsIt() throws Exception {
    StaffClient staff = api.signIn(Role.OPERATOR);
    upload(staff, "yes", jpeg());
    String photo = address();
    String remove =
        "/staff/assets/" + tree + "/photos/" + register.text("SELECT id FROM photo") + "/remove";
    assertEquals(422, staff.post(remove, Map.of()).statusCode());
    assertEquals(303, staff.post(remove, Map.of("sure", "on")).statusCode());
    assertEquals(404, staff.getBytes(photo).statusCode());
    assertEquals("0", register.text("SELECT count(*) FROM photo"));
    assertEquals(404, staff.post(remove, Map.of("sure", "on")).statusCode());

    staff.postFiles(
        "/staff/assets/" + tree + "/care",
        Map.of("kind", "pruning", "doneOn", "2026-11-20", "signer", "Lan"),
        List.of(new StaffClient.Part("photo", "a.jpg", jpeg())));
    assertEquals(404, api.get(address()).statusCode());
    assertEquals(200, staff.getBytes(address()).statusCode());
  }

  @Test
  void otherGroupsViewersAndStrangersAreKeptOut() throws Exception {
    upload(api.signIn(Role.OPERATOR), "no", jpeg());
    String photo = address();
    StaffClient limited = api.signIn(Role.OPERATOR);
    register.limit(limited, register.group("tdp-01"));
    assertEquals(404, limited.getBytes(photo).statusCode());
    assertEquals(404, upload(limited, "yes", jpeg()).statusCode());
    StaffClient viewer = api.signIn(Role.VIEWER);
    assertEquals(200, viewer.getBytes(photo).statusCode());
    assertEquals(403, upload(viewer, "yes", jpeg()).statusCode());
    StaffClient newcomer = api.signIn(Role.ADMIN);
    register.execute("UPDATE staff SET must_change = true WHERE id = " + newcomer.staffId);
    assertEquals(404, newcomer.getBytes(photo).statusCode());
    assertEquals(404, api.get("/photos/nothing").statusCode());
    assertEquals(404, api.get("/photos/" + "a".repeat(22)).statusCode());
  }

  @Test
  void whatIsNoPhotoIsRefusedInWordsAndNothingOfTheFormIsKept() throws Exception {
    StaffClient staff = api.signIn(Role.OPERATOR);
    HttpResponse<String> refused =
        upload(staff, "no", jpeg(), "no photo".getBytes(StandardCharsets.UTF_8));
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("Tệp này không phải là ảnh."), refused.body());
    assertTrue(refused.body().contains("Từ phía đường"), "what was typed comes back");
    assertEquals(422, upload(staff, "no").statusCode());
    assertEquals(413, upload(staff, "no", jpeg(), jpeg(), jpeg(), jpeg()).statusCode());
    assertEquals("0", register.text("SELECT count(*) FROM photo"));
    assertEquals(303, upload(staff, "no", jpeg(), jpeg(), jpeg()).statusCode());
    assertEquals("3", register.text("SELECT count(*) FROM asset_photo"));
  }

  @Test
  void exiftoolFindsNoPositionOrDeviceInAnythingServed(@TempDir Path folder) throws Exception {
    Path exiftool = Needs.exiftool();
    Path sent = Files.write(folder.resolve("sent.jpg"), jpeg());
    run(
        exiftool,
        "-overwrite_original",
        "-Make=PhoneMaker",
        "-Model=PhoneModel",
        "-SerialNumber=4711",
        "-DateTimeOriginal=2026:11:20 06:30:15",
        "-GPSLatitude=20.9411",
        "-GPSLatitudeRef=N",
        "-GPSLongitude=106.0712",
        "-GPSLongitudeRef=E",
        "-XMP:CreatorTool=PhoneMaker app",
        "-Comment=PhoneMaker",
        sent.toString());
    String before = run(exiftool, "-a", "-G1", "-s", sent.toString());
    assertTrue(before.contains("GPSLatitude") && before.contains("PhoneModel"), before);

    StaffClient staff = api.signIn(Role.OPERATOR);
    byte[] file = Files.readAllBytes(sent);
    upload(staff, "yes", file);
    String open = address();
    upload(staff, "no", file);
    String closed = address();
    staff.postFiles(
        "/staff/assets/" + tree + "/care",
        Map.of("kind", "pruning", "doneOn", "2026-11-20", "signer", "Lan"),
        List.of(new StaffClient.Part("photo", "a.jpg", file)));
    String care = address();
    for (String path : List.of(open, closed, care)) {
      for (String size : List.of("", "/preview")) {
        HttpResponse<byte[]> served = staff.getBytes(path + size);
        assertEquals(200, served.statusCode(), path);
        Path got = Files.write(folder.resolve("got.jpg"), served.body());
        // Without what exiftool says of the file's place and times: a folder's name is chance.
        String found = run(exiftool, "-a", "-G1", "-s", "-ee", "--System:all", got.toString());
        assertTrue(found.contains("ImageWidth"), found);
        for (String trace :
            List.of("GPS", "Phone", "[IFD0]", "[ExifIFD]", "XMP", "Comment", "4711")) {
          assertFalse(found.contains(trace), found);
        }
      }
    }
  }

  private static String run(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
