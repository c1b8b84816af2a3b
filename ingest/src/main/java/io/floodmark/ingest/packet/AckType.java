package io.floodmark.ingest.packet;

/** The packets that carry a publish on, by their first byte (§2.2.1, §2.2.2). */
public enum AckType {
  PUBACK(0x40),
  PUBREC(0x50),
  PUBREL(0x62),
  PUBCOMP(0x70);

  private final int firstByte;

  AckType(int firstByte) {
    this.firstByte = firstByte;
  }

  int firstByte() {
    return firstByte;
  }
}
