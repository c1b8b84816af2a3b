package io.floodmark.api.cap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.cap.CapDocument.MsgType;
import io.floodmark.api.notify.Notice;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

final class CapDocumentTest {
  /** On the whole minute: where other writers of times leave the seconds out. */
  private static final Instant SENT = Instant.parse("2026-11-21T13:05:00Z");

  private static final ZoneId WARD = ZoneId.of("Asia/Ho_Chi_Minh");

  @ParameterizedTest
  @EnumSource
  void everyTypeOfMessageFitsTheSchema(MsgType type) throws Exception {
    validate(document(type, "Ngã tư Bần, Nguyễn Văn Linh", 3).xml());
  }

  @Test
  void aTestFitsTheSchema() throws Exception {
    CapDocument plain = document(MsgType.ALERT, "Phường", 1);
    validate(
        new CapDocument(
                plain.header(),
                CapDocument.Hazard.test(SENT, Duration.ofHours(1)),
                plain.infos(),
                new CapDocument.Area(
                    "Phường", "UBND phường", Optional.empty(), Optional.empty(), List.of(), 300))
            .xml());
  }

  @Test
  void namesWithMarkupAndControlCharactersFitTheSchema() throws Exception {
    String xml = document(MsgType.UPDATE, "Cầu <Bần> & \"chợ\" \u0001]]>", 4).xml();
    validate(xml);
    assertTrue(xml.contains("Cầu &lt;Bần"), xml);
    assertFalse(xml.contains("\u0001"), xml);
  }

  @Test
  void timesHaveSecondsAndAnOffsetInNumbers() {
    String xml = document(MsgType.ALERT, "Bần", 2).xml();
    assertTrue(xml.contains("<sent>2026-11-21T20:05:00+07:00</sent>"), xml);
    assertEquals("2026-11-21T13:05:00+00:00", CapDocument.time(SENT, ZoneId.of("UTC")));
  }

  @Test
  void aCircleHasLatitudeFirstAndKilometres() {
    assertTrue(
        document(MsgType.ALERT, "Bần", 2)
            .xml()
            .contains("<circle>20.941100,106.071200 0.300</circle>"));
  }

  @Test
  void whatTheSchemaForbidsItRefuses() {
    String good = document(MsgType.UPDATE, "Bần", 2).xml();
    List<String> bad =
        List.of(
            good.replace("20:05:00+07:00</sent>", "13:05:00Z</sent>"),
            good.replace("20:05:00+07:00</sent>", "20:05:00.5+07:00</sent>"),
            good.replace("<scope>Public</scope>", ""),
            good.replace("<circle>20.941100,106.071200", "<circle>106.071200,20.941100"),
            good.replaceFirst("(<urgency>\\w+</urgency>)(<severity>\\w+</severity>)", "$2$1"));
    for (String xml : bad) {
      assertFalse(xml.equals(good));
      assertThrows(SAXException.class, () -> validate(xml));
    }
  }

  @Test
  void anUpdateRefersToOthersAndAnAlertToNone() {
    assertTrue(
        document(MsgType.CANCEL, "Bần", 2)
            .xml()
            .contains(
                "<references>canhbao.example.vn,fm-1,2026-11-21T20:00:00+07:00"
                    + " canhbao.example.vn,fm-2,2026-11-21T20:02:00+07:00</references>"));
    assertThrows(IllegalArgumentException.class, () -> header(MsgType.UPDATE, List.of(), SENT));
    assertThrows(
        IllegalArgumentException.class, () -> header(MsgType.ALERT, List.of("a,b,c"), SENT));
    assertThrows(
        IllegalArgumentException.class, () -> header(MsgType.ALERT, List.of(), SENT.plusMillis(1)));
  }

  @Test
  void levelsBecomeSeveritiesAndOnlyGoneWaterIsAnAllClear() {
    List<String> severities = new ArrayList<>();
    for (int level = 1; level <= 4; level++) {
      severities.add(hazard(level, false, false).severity());
    }
    assertEquals(List.of("Minor", "Moderate", "Severe", "Extreme"), severities);
    assertEquals("Expected", hazard(2, false, false).urgency());
    assertEquals("Immediate", hazard(3, false, false).urgency());
    assertEquals("AllClear", hazard(2, true, true).response());
    assertEquals("Monitor", hazard(2, true, false).response());
    assertEquals("Past", hazard(2, true, false).urgency());
  }

  @Test
  void aFeedWithoutEntriesIsWellFormed() {
    String feed = CapFeed.of(List.of(), Optional.empty(), WARD, Instant.EPOCH);
    assertTrue(feed.contains("<updated>1970-01-01T08:00:00+08:00</updated>"), feed);
    assertDoesNotThrow(
        () ->
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(feed))));
  }

  private static CapDocument.Hazard hazard(int level, boolean isEnd, boolean isOver) {
    return CapDocument.Hazard.of(
        level, isEnd, isOver, SENT, SENT.plusSeconds(60), OptionalInt.of(322));
  }

  private static CapDocument.Header header(MsgType type, List<String> references, Instant sent) {
    return new CapDocument.Header(
        "fm-3", "canhbao.example.vn", sent, WARD, "Actual", type, references, Optional.of("a-1"));
  }

  private static CapDocument document(MsgType type, String place, int level) {
    List<String> references =
        type == MsgType.ALERT
            ? List.of()
            : List.of(
                "canhbao.example.vn,fm-1,2026-11-21T20:00:00+07:00",
                "canhbao.example.vn,fm-2,2026-11-21T20:02:00+07:00");
    return new CapDocument(
        header(type, references, SENT),
        hazard(level, type == MsgType.CANCEL, type == MsgType.CANCEL),
        List.of(
            new CapDocument.Info("vi-VN", "Ngập đường", "Ngập: " + place, "Từ 20:05.", "Tránh."),
            new CapDocument.Info("en-US", "Street flood", "Flood: " + place, "Since.", "Avoid.")),
        new CapDocument.Area(
            place,
            "UBND phường",
            Optional.of("0221 000 000"),
            Optional.of("https://ngap.example.vn/#/sensor/bvd-03"),
            List.of(new Notice.Spot(106.0712, 20.9411)),
            300));
  }

  /** Against our own schema, and where somebody has it, that of OASIS. */
  private static void validate(String xml) throws SAXException, IOException {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    List<Schema> schemas = new ArrayList<>();
    schemas.add(factory.newSchema(CapDocumentTest.class.getResource("cap-1.2-as-documented.xsd")));
    String others = System.getenv("FLOODMARK_TEST_CAP_XSD");
    if (others != null) {
      schemas.add(factory.newSchema(new File(others)));
    }
    for (Schema schema : schemas) {
      schema.newValidator().validate(new StreamSource(new StringReader(xml)));
    }
  }
}
