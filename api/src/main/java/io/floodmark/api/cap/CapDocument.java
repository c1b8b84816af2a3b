package io.floodmark.api.cap;

import io.floodmark.api.notify.Notice;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A CAP 1.2 message, from its facts to XML. Elements stand in the order of the schema's sequences,
 * which is part of the format. Pure.
 *
 * @param header who says what kind of thing when
 * @param hazard how bad it is
 * @param infos the same in each language, at least one
 * @param area where
 */
record CapDocument(Header header, Hazard hazard, List<Info> infos, Area area) {
  /** CAP 1.2 §3.3.2: with an offset in numbers, no fraction, and never {@code Z}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

  private static final String NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";

  /** Flooding is counted among what comes of the weather. */
  private static final String CATEGORY = "Met";

  /** CAP 1.2 §3.2.1: none of these in an identifier or a sender. */
  static final String FORBIDDEN = "[\\s,<&]";

  CapDocument {
    infos = List.copyOf(infos);
  }

  /** What a message does to those before it. */
  enum MsgType {
    ALERT("Alert"),
    UPDATE("Update"),
    CANCEL("Cancel");

    private final String word;

    MsgType(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * The element alert.
   *
   * @param identifier unique with the sender
   * @param sender who it is from
   * @param sent when, to the second
   * @param zone of the times, whose offset is written
   * @param status Actual, Exercise or Test
   * @param references of all earlier messages of the chain; none only for an Alert
   * @param incident what all messages about one event share
   */
  record Header(
      String identifier,
      String sender,
      Instant sent,
      ZoneId zone,
      String status,
      MsgType type,
      List<String> references,
      Optional<String> incident) {
    Header {
      if (type == MsgType.ALERT != references.isEmpty()) {
        throw new IllegalArgumentException("Update and Cancel refer to others, Alert does not.");
      }
      if (!sent.equals(sent.truncatedTo(ChronoUnit.SECONDS))) {
        throw new IllegalArgumentException("CAP has no fractions of seconds: " + sent);
      }
      references = List.copyOf(references);
    }

    /** How later messages call it (CAP 1.2 §3.2.1, references). */
    String reference() {
      return sender + "," + identifier + "," + time(sent, zone);
    }
  }

  /**
   * What each info says in words of the format.
   *
   * @param response what to do
   * @param urgency how soon
   * @param severity how bad
   * @param certainty how sure
   * @param onset when it began
   * @param expires until when this message holds
   * @param level ours, for programs that know it; empty in a test
   * @param depthMm at the lowest point or under the sensor
   */
  record Hazard(
      String response,
      String urgency,
      String severity,
      String certainty,
      Instant onset,
      Instant expires,
      OptionalInt level,
      OptionalInt depthMm) {
    /**
     * How our levels are said in CAP. What is told has been measured, so it is Observed; from level
     * 3 on one has to act at once. A message that ends another says Past, and AllClear only where
     * the water has gone: a level that fell below what the feed tells is no all-clear.
     *
     * @param level that holds, or for an end the one that held, 1 to 4
     * @param isEnd whether the warning is taken back
     * @param isOver whether the water has gone
     */
    static Hazard of(
        int level,
        boolean isEnd,
        boolean isOver,
        Instant onset,
        Instant expires,
        OptionalInt depthMm) {
      String severity =
          switch (level) {
            case 4 -> "Extreme";
            case 3 -> "Severe";
            case 2 -> "Moderate";
            default -> "Minor";
          };
      String urgency = isEnd ? "Past" : level >= 3 ? "Immediate" : "Expected";
      String response = isOver ? "AllClear" : isEnd || level == 1 ? "Monitor" : "Avoid";
      return new Hazard(
          response,
          urgency,
          severity,
          "Observed",
          onset,
          expires,
          OptionalInt.of(isOver ? 0 : level),
          depthMm);
    }

    /** Of a message that tries the way. */
    static Hazard test(Instant at, Duration validity) {
      return new Hazard(
          "None",
          "Future",
          "Minor",
          "Unlikely",
          at,
          at.plus(validity),
          OptionalInt.empty(),
          OptionalInt.empty());
    }
  }

  /** What people read, in one language. */
  record Info(
      String language, String event, String headline, String description, String instruction) {}

  /**
   * Where.
   *
   * @param description in words
   * @param senderName who warns, in words
   * @param contact whom to ask, if anybody
   * @param web where to read more, if anywhere
   * @param spots centres of circles
   * @param radiusM of each, 1 or more
   */
  record Area(
      String description,
      String senderName,
      Optional<String> contact,
      Optional<String> web,
      List<Notice.Spot> spots,
      int radiusM) {
    Area {
      spots = List.copyOf(spots);
    }
  }

  /** A time as CAP has it. */
  static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }

  /** The document. */
  String xml() {
    StringWriter text = new StringWriter(4 * 1024);
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
      out.writeStartElement("alert");
      out.writeDefaultNamespace(NAMESPACE);
      Elements alert = new Elements(out);
      alert
          .add("identifier", header.identifier())
          .add("sender", header.sender())
          .add("sent", time(header.sent(), header.zone()))
          .add("status", header.status())
          .add("msgType", header.type().word())
          .add("scope", "Public");
      if (!header.references().isEmpty()) {
        alert.add("references", String.join(" ", header.references()));
      }
      alert.add("incidents", header.incident());
      for (Info info : infos) {
        write(out, info);
      }
      out.writeEndElement();
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing XML into a text cannot fail.", e);
    }
    return text.toString();
  }

  private void write(XMLStreamWriter out, Info info) throws XMLStreamException {
    out.writeStartElement("info");
    new Elements(out)
        .add("language", info.language())
        .add("category", CATEGORY)
        .add("event", info.event())
        .add("responseType", hazard.response())
        .add("urgency", hazard.urgency())
        .add("severity", hazard.severity())
        .add("certainty", hazard.certainty())
        .add("effective", time(header.sent(), header.zone()))
        .add("onset", time(hazard.onset(), header.zone()))
        .add("expires", time(hazard.expires(), header.zone()))
        .add("senderName", area.senderName())
        .add("headline", info.headline())
        .add("description", info.description())
        .add("instruction", info.instruction())
        .add("web", area.web())
        .add("contact", area.contact());
    parameter(out, "floodmark:level", hazard.level());
    parameter(out, "floodmark:depthMm", hazard.depthMm());
    out.writeStartElement("area");
    Elements where = new Elements(out).add("areaDesc", area.description());
    for (Notice.Spot spot : area.spots()) {
      // Latitude first, unlike GeoJSON; the radius in kilometres.
      where.add(
          "circle",
          String.format(
              Locale.ROOT, "%.6f,%.6f %.3f", spot.lat(), spot.lon(), area.radiusM() / 1000.0));
    }
    out.writeEndElement();
    out.writeEndElement();
  }

  private static void parameter(XMLStreamWriter out, String name, OptionalInt value)
      throws XMLStreamException {
    if (value.isPresent()) {
      out.writeStartElement("parameter");
      new Elements(out).add("valueName", name).add("value", Integer.toString(value.getAsInt()));
      out.writeEndElement();
    }
  }
}
