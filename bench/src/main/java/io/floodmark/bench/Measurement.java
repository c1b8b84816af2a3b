package io.floodmark.bench;

import java.io.IOException;
import java.util.Map;

/** Something measured on a server that is prepared for it. */
@FunctionalInterface
interface Measurement {
  /** Measures once; figures by name, with their unit at its end. */
  Map<String, Double> run() throws IOException, InterruptedException;
}
