package io.floodmark.api.cap;

import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements that hold text alone. Used by one thread. */
final class Elements {
  private final XMLStreamWriter out;

  Elements(XMLStreamWriter out) {
    this.out = out;
  }

  Elements add(String name, String text) throws XMLStreamException {
    out.writeStartElement(name);
    out.writeCharacters(readable(text));
    out.writeEndElement();
    return this;
  }

  Elements add(String name, Optional<String> text) throws XMLStreamException {
    return text.isPresent() ? add(name, text.get()) : this;
  }

  /** Without the characters that XML 1.0 §2.2 has no way to write. */
  private static String readable(String text) {
    return text.codePoints()
        .filter(
            c ->
                c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || (c >= 0x20 && c <= 0xD7FF)
                    || (c >= 0xE000 && c <= 0xFFFD)
                    || c >= 0x10000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
