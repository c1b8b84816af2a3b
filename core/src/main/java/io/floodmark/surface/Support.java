package io.floodmark.surface;

/** What is known, beside the sensor's own readings, of water on its street. */
public enum Support {
  /** It has rained, a neighbour stands in water, or residents say so. */
  FOR,
  /** A rain gauge nearby works and has seen no rain, and nobody reports water. */
  AGAINST,
  /** There is no rain gauge, or it is silent. */
  UNKNOWN
}
