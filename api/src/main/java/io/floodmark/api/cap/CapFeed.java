package io.floodmark.api.cap;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The Atom feed (RFC 4287) that leads to each document. Pure. */
final class CapFeed {
  static final String CONTENT_TYPE = "application/atom+xml; charset=utf-8";
  static final String CAP_TYPE = "application/cap+xml; charset=utf-8";
  static final String PATH = "/cap/feed.atom";

  private static final String NAMESPACE = "http://www.w3.org/2005/Atom";
  private static final String TITLE = "Floodmark CAP 1.2";

  private CapFeed() {}

  /**
   * The feed.
   *
   * @param newest first
   * @param publicUrl what links begin with; without one they are relative to the feed
   * @param otherwise when it was last changed, where nothing is in it
   */
  static String of(
      List<CapStore.Entry> newest, Optional<String> publicUrl, ZoneId zone, Instant otherwise) {
    StringWriter text = new StringWriter(16 * 1024);
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
      out.writeStartElement("feed");
      out.writeDefaultNamespace(NAMESPACE);
      Elements feed = new Elements(out);
      feed.add("id", publicUrl.map(url -> url + PATH).orElse("urn:floodmark:cap"))
          .add("title", TITLE)
          .add(
              "updated",
              CapDocument.time(newest.isEmpty() ? otherwise : newest.get(0).sent(), zone));
      out.writeStartElement("author");
      feed.add("name", "Floodmark");
      out.writeEndElement();
      link(out, "self", CONTENT_TYPE, publicUrl.map(url -> url + PATH).orElse("feed.atom"));
      for (CapStore.Entry entry : newest) {
        write(out, entry, publicUrl, zone);
      }
      out.writeEndElement();
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Writing XML into a text cannot fail.", e);
    }
    return text.toString();
  }

  private static void write(
      XMLStreamWriter out, CapStore.Entry entry, Optional<String> publicUrl, ZoneId zone)
      throws XMLStreamException {
    out.writeStartElement("entry");
    new Elements(out)
        .add("id", "urn:floodmark:cap:" + entry.identifier())
        .add("title", entry.headline())
        .add("updated", CapDocument.time(entry.sent(), zone))
        .add("summary", entry.status() + " " + entry.type().word());
    String file = entry.identifier() + ".xml";
    link(out, "alternate", CAP_TYPE, publicUrl.map(url -> url + "/cap/" + file).orElse(file));
    out.writeEndElement();
  }

  private static void link(XMLStreamWriter out, String relation, String type, String address)
      throws XMLStreamException {
    out.writeEmptyElement("link");
    out.writeAttribute("rel", relation);
    out.writeAttribute("type", type.split(";", 2)[0]);
    out.writeAttribute("href", address);
  }
}
